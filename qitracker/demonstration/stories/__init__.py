"""All invented worksheets, with the actions that came of them."""

from qitracker.demonstration.stories.admission import ADMISSION
from qitracker.demonstration.stories.alone import ALONE
from qitracker.demonstration.stories.anticoagulant import ANTICOAGULANT
from qitracker.demonstration.stories.dialysis import DIALYSIS
from qitracker.demonstration.stories.fall import FALL
from qitracker.demonstration.stories.outline import Story

STORIES: tuple[Story, ...] = (ADMISSION, DIALYSIS, ANTICOAGULANT, FALL)

__all__ = ["ALONE", "STORIES"]
