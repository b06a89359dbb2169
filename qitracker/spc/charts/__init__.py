"""One chart type a file; importing this package registers them all."""

from qitracker.spc.charts import c as c
from qitracker.spc.charts import i as i
from qitracker.spc.charts import p as p
from qitracker.spc.charts import run as run
from qitracker.spc.charts import u as u
