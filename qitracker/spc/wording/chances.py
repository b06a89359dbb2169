"""How often chance alone would show a pattern: exact counts of coin tosses, and normal tails."""

from functools import lru_cache
from math import comb, erfc, factorial, sqrt


def chance_outside() -> float:
    """Return the chance that a point of a normal process lies beyond 3 sigma on either side."""
    return erfc(3 / sqrt(2))


def chance_near() -> float:
    """Return the chance that three points show two near a limit and all on one side of the centre."""
    near = (erfc(2 / sqrt(2)) - erfc(3 / sqrt(2))) / 2
    return 2 * (3 * near**2 * (0.5 - near) + near**3)


def chance_trend(length: int) -> float:
    """Return the chance that `length` different values happen to stand in rising or in falling order."""
    return 2 / factorial(length)


def chance_run(length: int, points: int, share: float = 0.5) -> float:
    """Return the chance that `points` points hold a run of `length` or more on one side.

    share: of points that lie there by nature. 0.5 is a coin, and a run of either side counts; above it only runs of
    that side do.
    """
    return _chance_of_coins(length, points) if share == 0.5 else _chance_of_one_side(length, points, share)


@lru_cache(maxsize=4096)
def _chance_of_one_side(length: int, points: int, share: float) -> float:
    """Return the chance of a run of one side; without: w(n) = w(n - 1) - (1 - share) share^length w(n - length - 1).

    Source: Feller, An Introduction to Probability Theory and Its Applications, volume 1, XIII.7.
    """
    without = [1.0] * length + [1 - share**length]
    for at in range(length + 1, points + 1):
        without.append(without[at - 1] - (1 - share) * share**length * without[at - length - 1])
    return 1 - without[points]


@lru_cache(maxsize=4096)
def _chance_of_coins(length: int, points: int) -> float:
    """Return the chance that `points` tosses of a coin hold a run of `length` or more of one side.

    Counts the ways without one: a(n) = a(n - 1) + … + a(n - length + 1), where the first
    length - 1 numbers of tosses have no such run at all.

    Source: Schilling, College Mathematics Journal 21 (1990) 196.
    """
    if length <= 1:
        return float(points >= length)
    if points < length:
        return 0.0
    ways = [1 << (tosses - 1) for tosses in range(1, length)]  # with the first toss given
    for _ in range(length, points + 1):
        ways.append(sum(ways[-(length - 1) :]))
    return 1 - ways[points - 1] / (1 << (points - 1))


def chance_crossings(crossings: int, points: int) -> float:
    """Return the chance that `points` tosses of a coin change side `crossings` times or fewer."""
    tosses = points - 1
    return sum(comb(tosses, count) for count in range(crossings + 1)) / (1 << tosses)
