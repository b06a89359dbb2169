"""A result against its target and against a benchmark, in words."""

from qitracker.foundation.words import Quantity, Sentence, say
from qitracker.spc.analysis import Analysis, Assurance, Direction
from qitracker.spc.assurance import assurance, usual_range
from qitracker.spc.wording.figures import Figures, filled, some


def target_sentence(
    analysis: Analysis, target: float | None, *, unit: str = "", decimals: int = 1, target_decimals: int = 0
) -> Sentence:
    """Return whether the target will be met as the process runs now; judged with the unrounded target.

    A target of 78.5 is not told as 79 where results have no decimals: `target_decimals` are those it was given in.
    """
    if target is None:
        return say("No target is set.")
    figures, aim = Figures(unit, decimals), Figures(unit, max(decimals, target_decimals))
    judged, (lower, upper) = assurance(analysis, target), usual_range(analysis)
    if analysis.direction is Direction.NONE:
        return say("The target of {target} is not judged: no direction is better.", target=aim(target))
    if judged is Assurance.NO_TARGET or lower is None or upper is None:
        return say("The target of {target} cannot be judged yet: this chart has no limits.", target=aim(target))
    texts = {
        Assurance.ALWAYS: say(
            "Expect the target of {target} to be met: the usual range of {lower} to {upper} lies on its good side."
        ),
        Assurance.NEVER: say(
            "The target of {target} cannot be met without a change in the process: "
            "the usual range is {lower} to {upper}."
        ),
        Assurance.SOMETIMES: say(
            "The target of {target} will be met in some {periods} and missed in others by chance: "
            "the usual range is {lower} to {upper}."
        ),
    }
    values = {"target": aim(target), "lower": figures.bare(lower), "upper": figures(upper)}
    return filled(texts[judged], **values, periods=some(analysis.frequency))


def benchmark_sentence(
    value: float | None,
    benchmark: float,
    direction: Direction,
    *,
    unit: str = "",
    decimals: int = 1,
    benchmark_decimals: int = 0,
    name: Sentence | str = "benchmark",
) -> Sentence:
    """Return how far a value lies from a benchmark, and on which side.

    Args:
        value: the latest result, display units; None where there is none.
        benchmark: in the same units, unrounded.
        direction: which way is better; decides "better side" or "worse side".
        benchmark_decimals: in which it was given; it and the distance are told with them where the measure has fewer.
        name: of the benchmark, as it follows "the": "national mean".
    """
    figures, other = Figures(unit, decimals), Figures(unit, max(decimals, benchmark_decimals))
    if value is None:
        words = say("There is no result to compare with the {name} of {benchmark}.")
        return filled(words, name=name, benchmark=other(benchmark))
    gap = abs(value - benchmark)
    if round(gap, other.decimals) == 0:
        words = say("{value} is at the {name} of {benchmark}.")
        return filled(words, value=figures(value), name=name, benchmark=other(benchmark))
    above = value > benchmark
    return filled(
        _GAPS[above, _side(above, direction)],
        value=figures(value),
        gap=_gap(gap, other),
        name=name,
        benchmark=other(benchmark),
    )


_GAPS = {
    (True, "good"): say("{value} is {gap} above the {name} of {benchmark}, on the better side."),
    (True, "bad"): say("{value} is {gap} above the {name} of {benchmark}, on the worse side."),
    (True, ""): say("{value} is {gap} above the {name} of {benchmark}."),
    (False, "good"): say("{value} is {gap} below the {name} of {benchmark}, on the better side."),
    (False, "bad"): say("{value} is {gap} below the {name} of {benchmark}, on the worse side."),
    (False, ""): say("{value} is {gap} below the {name} of {benchmark}."),
}


def _side(above: bool, direction: Direction) -> str:
    if direction is Direction.NONE:
        return ""
    return "good" if above == (direction is Direction.UP) else "bad"


def _gap(gap: float, figures: Figures) -> Sentence | Quantity:
    """Return a distance; between two percentages it is counted in points."""
    if figures.unit == "%":
        return say("{gap} points", gap=figures.bare(gap))
    return figures(gap)
