"""What the making of a demonstration leaves in the trail, and the sentence that tells it."""

from qitracker.audit.events import tell

MADE = tell("demonstration.made", "{actor} made {points} invented results of {measures} measures.")
