"""Pure statistics of process control: a series in, an Analysis out. No web, no database.

Importing it registers every chart type and rule set, so the registry is never found half full.
"""

from qitracker.spc import charts as charts
from qitracker.spc import rules as rules
