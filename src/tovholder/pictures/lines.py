"""A small line beside words: where a number was, and where it is."""

from collections.abc import Sequence

from .colours import FJORD, MUTED, STRONG_LINE, THREAD
from .elements import Markup, Picture, Table, decimal, drawing, element

MISSING = "Ingen måling"
_PAD = 6.0


def spark(
    values: Sequence[float | None],
    *,
    title: str,
    description: str = "",
    labels: Sequence[str] = (),
    unit: str = "",
    mark_at: int | None = None,
    mark_word: str = "Indsats begynder",
    width: float = 160,
    height: float = 60,
    id_prefix: str = "spark",
) -> Picture:
    """This will draw the values as one line with gaps where none was measured. Raises ValueError."""
    if labels and len(labels) != len(values):
        raise ValueError(f"Der er {len(values)} målinger, men {len(labels)} navne. Giv hver måling ét navn.")
    if mark_at is not None and not 0 <= mark_at < len(values):
        raise ValueError(f"Mærket står ved måling {mark_at + 1}, men der er kun {len(values)}.")
    names = list(labels) or [str(index + 1) for index in range(len(values))]
    known = [value for value in values if value is not None]
    told = _told(known, unit, names[mark_at] if mark_at is not None else "", mark_word)
    whole = f"{description} {told}".strip()
    svg = drawing(
        *(_drawn(values, known, mark_at, width, height) if known else _nothing(height)),
        width=width,
        height=height,
        title=title,
        description=whole,
        id_prefix=id_prefix,
        kind="spark",
    )
    rows = []
    for index, (name, value) in enumerate(zip(names, values, strict=True)):
        figure = MISSING if value is None else f"{decimal(value)} {unit}".strip()
        rows.append((name, figure, mark_word if index == mark_at else ""))
    headers = ("Periode", "Værdi", "Bemærkning")
    if mark_at is None:
        return Picture(svg, title, whole, Table(title, headers[:2], tuple(row[:2] for row in rows)))
    return Picture(svg, title, whole, Table(title, headers, tuple(rows)))


def _told(known: Sequence[float], unit: str, marked: str, mark_word: str) -> str:
    if not known:
        return f"{MISSING} endnu."
    path = f"Fra {decimal(known[0])} til {decimal(known[-1])} {unit}".strip(" .") + "."
    return f"{path} {mark_word}: {marked}." if marked else path


def _nothing(height: float) -> list[Markup]:
    return [element("text", f"{MISSING} endnu", x=0, y=height / 2 + 5, font_size=14, fill=MUTED)]


def _drawn(values: Sequence[float | None], known: Sequence[float], mark_at: int | None, width: float, height: float) -> list[Markup]:
    low, high = min(known), max(known)
    step = (width - 2 * _PAD) / max(len(values) - 1, 1)

    def spot(index: int, value: float) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.5
        return _PAD + index * step, height - _PAD - share * (height - 2 * _PAD)

    drawn: list[Markup] = []
    if mark_at is not None:
        before = [value for value in values[:mark_at] if value is not None]
        x = _PAD + mark_at * step
        if before:
            y = spot(0, sum(before) / len(before))[1]
            drawn.append(element("line", x1=_PAD, y1=y, x2=x, y2=y, stroke=STRONG_LINE, stroke_width=1, stroke_dasharray="2 3"))
        drawn.append(element("line", x1=x, y1=0, x2=x, y2=height, stroke=THREAD, stroke_width=2))
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(spot(index, value))
    for run in (run for run in runs if run):
        if len(run) == 1:
            drawn.append(element("circle", cx=run[0][0], cy=run[0][1], r=1.5, fill=FJORD))
        else:
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
            drawn.append(element("polyline", points=points, fill="none", stroke=FJORD, stroke_width=2, stroke_linejoin="round"))
    x, y = [run for run in runs if run][-1][-1]
    drawn.append(element("circle", cx=x, cy=y, r=4, fill=FJORD))
    return drawn
