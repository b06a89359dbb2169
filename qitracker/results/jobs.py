"""What the worker does for results."""

from qitracker.jobs.registry import each_minute
from qitracker.results.commands.ended import judge_ended

each_minute("results.ended")(judge_ended)
