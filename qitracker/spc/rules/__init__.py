"""One rule set a file; importing this package registers them all."""

from qitracker.spc.rules import anhoej as anhoej
from qitracker.spc.rules import making_data_count as making_data_count
