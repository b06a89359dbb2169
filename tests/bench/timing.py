"""Times of the work of this process and of the clock on the wall, the best of several turns, told as a table."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """Seconds of one turn."""

    work: float
    wall: float


def measured(deed: Callable[[], object]) -> Taken:
    """Return how long one turn takes."""
    wall, work = time.perf_counter(), time.process_time()
    deed()
    return Taken(time.process_time() - work, time.perf_counter() - wall)


def best(taken: Sequence[Taken]) -> Taken:
    """Return the shortest work and the shortest wait of several turns."""
    return Taken(min(one.work for one in taken), min(one.wall for one in taken))


def tell(title: str, rows: Sequence[tuple[str, Taken]]) -> None:
    """Print times and their ratio to the first of them."""
    first = rows[0][1]
    print(f"\n{title}\n{'':34}{'work':>12}{'wall':>12}{'ratio':>8}")
    for name, taken in rows:
        print(f"{name:34}{taken.work * 1000:9.1f} ms{taken.wall * 1000:9.1f} ms{taken.work / first.work:8.2f}")
