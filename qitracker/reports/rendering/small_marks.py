"""The small trend of a table cell, written as text: a tenth of a millisecond in place of 40."""

from collections.abc import Callable, Sequence

from qitracker.charts.style import PRINT
from qitracker.reports.kinds.measures import ValueRow
from qitracker.spc.analysis import Reading

WIDTH, HEIGHT, SHOWN = 96.0, 22.0, 24

Scale = Callable[[float], float]


def sparkline(rows: Sequence[ValueRow], reading: Reading) -> str:
    """Return the last 24 rows as a line over their usual range, the latest value in the shape of its reading."""
    shown = list(rows)[-SHOWN:]
    seen = [v for row in shown for v in (row.value, row.lower, row.upper, row.centre) if v is not None]
    low, high = min(seen), max(seen)
    step = (WIDTH - 8) / max(1, len(shown) - 1)

    def x(index: float) -> float:
        return round(3 + index * step, 1)

    def y(value: float) -> float:
        return round(HEIGHT / 2 if high == low else HEIGHT - 4 - (value - low) * (HEIGHT - 8) / (high - low), 1)

    parts = [*_bands(shown, x, y), _centres(shown, x, y), _trace(shown, x, y)]
    last = max(index for index, row in enumerate(shown) if row.value is not None)
    value = shown[last].value
    parts.append(_end(x(last), y(0.0 if value is None else value), reading))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}pt" height="{HEIGHT:g}pt" '
        f'viewBox="0 0 {WIDTH:g} {HEIGHT:g}">{"".join(parts)}</svg>'
    )


def _bands(shown: Sequence[ValueRow], x: Scale, y: Scale) -> list[str]:
    """Return one rectangle for each row with limits: the range steps as it does in the chart."""
    return [
        f'<path d="M{x(i - 0.5)} {y(row.upper)}H{x(i + 0.5)}V{y(row.lower)}H{x(i - 0.5)}z" fill="#e3e9ee"/>'
        for i, row in enumerate(shown)
        if row.lower is not None and row.upper is not None
    ]


def _centres(shown: Sequence[ValueRow], x: Scale, y: Scale) -> str:
    path = "".join(
        f"M{x(i - 0.5)} {y(row.centre)}H{x(i + 0.5)}" for i, row in enumerate(shown) if row.centre is not None
    )
    return f'<path d="{path}" fill="none" stroke="{PRINT.limit}" stroke-width="0.7"/>' if path else ""


def _trace(shown: Sequence[ValueRow], x: Scale, y: Scale) -> str:
    path, pen = "", "M"
    for index, row in enumerate(shown):
        if row.value is None:
            pen = "M"
            continue
        path += f"{pen}{x(index)} {y(row.value)}"
        pen = "L"
    return f'<path d="{path}" fill="none" stroke="{PRINT.line}" stroke-width="1"/>'


def _end(x: float, y: float, reading: Reading) -> str:
    match reading:
        case Reading.WORSE:
            return f'<path d="M{x - 3.4:.1f} {y}l3.4-3.4 3.4 3.4-3.4 3.4z" fill="{PRINT.concern}"/>'
        case Reading.BETTER:
            return f'<path d="M{x - 2.6:.1f} {y - 2.6:.1f}h5.2v5.2h-5.2z" fill="{PRINT.good}"/>'
        case Reading.CHANGED:
            return f'<path d="M{x - 3:.1f} {y + 2.4:.1f}l3-5.2 3 5.2z" fill="{PRINT.unsure}"/>'
        case _:
            return f'<circle cx="{x}" cy="{y}" r="2.2" fill="{PRINT.ink}"/>'
