"""The dice of the demonstration: the same for the same seed and day, and never impossible."""

import subprocess
import sys
from random import Random
from statistics import mean

import pytest

from qitracker.demonstration.draw import binomial, draw, poisson
from qitracker.demonstration.plans import PLANS, plan_of
from qitracker.measures.rules import Frequency
from qitracker.results.rules import check_entry
from tests.unit.demonstration.stories import DAYS, TODAY, definition_of, entries, every_course

FINGERPRINT = """
from hashlib import sha256
from tests.unit.demonstration.stories import entries, every_course
print(sha256(repr([entries(plan, course) for plan, course in every_course()]).encode()).hexdigest())
"""


def fingerprint(hash_seed: str) -> str:
    command = [sys.executable, "-c", FINGERPRINT]
    done = subprocess.run(command, env={"PYTHONHASHSEED": hash_seed}, check=True, capture_output=True, text=True)
    return done.stdout


def test_two_processes_draw_equal_numbers():
    assert fingerprint("1") == fingerprint("2") != ""


def test_another_seed_draws_other_numbers():
    plan = plan_of("falls-all")
    assert entries(plan, plan.courses[0]) != entries(plan, plan.courses[0], seed="other")


def test_at_least_25_measures_are_in_use_and_some_are_left_to_adopt():
    assert 25 <= len({plan.code for plan in PLANS}) == len(PLANS) < 39
    frequencies = {definition_of(plan).frequency for plan in PLANS}
    assert frequencies == {Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.EVENT}


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_number_could_have_been_entered_by_hand(today):
    for plan, course in every_course():
        for entry in entries(plan, course, today=today):
            check_entry(entry, definition_of(plan), today=today)


def test_strata_add_up_to_the_whole():
    for code, of_numerator in (("hand-hygiene", False), ("surgery-cancelled", True)):
        plan = plan_of(code)
        drawn = draw(plan, plan.courses[0], definition_of(plan), today=TODAY)
        for whole, *parts in zip(drawn.total, *drawn.parts, strict=True):
            assert sum(part.numerator for part in parts) == whole.numerator
            sizes = [part.denominator for part in parts]
            assert set(sizes) == {whole.denominator} if of_numerator else sum(sizes) == whole.denominator
            assert all(part.numerator <= part.denominator for part in parts)


@pytest.mark.parametrize("size", [60, 4000])
def test_the_dice_keep_the_mean(size):
    dice = Random(1)
    assert mean(binomial(dice, size, 0.3) for _ in range(2000)) == pytest.approx(size * 0.3, rel=0.02)
    assert mean(poisson(dice, size / 50) for _ in range(4000)) == pytest.approx(size / 50, rel=0.05)
