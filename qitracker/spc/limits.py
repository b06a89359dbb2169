"""Centre line and sigma of one phase, and the lines that follow from them."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Limits:
    """What a chart type makes of a phase of n points.

    `line(k)` is the true k-sigma line, which the rules use; `drawn(k)` is the same line cut to
    what is possible (a proportion stays within 0 and 1), which the picture and the table show.
    A point without a sigma (no cases, or a run chart) has no line.
    """

    centre: float
    sigma: tuple[float | None, ...]
    floor: float | None = None
    ceiling: float | None = None
    screened: bool = False  # large moving ranges were left out once

    def line(self, k: float) -> tuple[float | None, ...]:
        """Return n values of centre + k sigma, before clipping."""
        return tuple(None if sigma is None else self.centre + k * sigma for sigma in self.sigma)

    def drawn(self, k: float) -> tuple[float | None, ...]:
        """Return n values of centre + k sigma, kept between floor and ceiling."""
        return tuple(None if value is None else self._possible(value) for value in self.line(k))

    def times(self, multiplier: float) -> "Limits":
        """Return the same limits in display units."""
        return replace(
            self,
            centre=self.centre * multiplier,
            sigma=tuple(None if sigma is None else sigma * multiplier for sigma in self.sigma),
            floor=None if self.floor is None else self.floor * multiplier,
            ceiling=None if self.ceiling is None else self.ceiling * multiplier,
        )

    def within(self, floor: float | None, ceiling: float | None) -> "Limits":
        """Return the same limits, drawn between `floor` and `ceiling` where the chart itself sets none."""
        return replace(
            self,
            floor=floor if self.floor is None else self.floor,
            ceiling=ceiling if self.ceiling is None else self.ceiling,
        )

    def _possible(self, value: float) -> float:
        if self.floor is not None:
            value = max(value, self.floor)
        return value if self.ceiling is None else min(value, self.ceiling)
