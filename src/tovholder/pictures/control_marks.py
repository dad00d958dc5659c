"""What happened, over a control chart: each mark its line, sign and words; numbered with a list below where words have no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .colours import INK, MUTED, THREAD, WHITE
from .elements import Markup, element, joined
from .lettering import text_width, wrapped
from .measured_time import DECISION, DEFINITION, INITIATIVE, Mark
from .notes import LINE_HEIGHT, TEXT, Note, Room, cut

_AWAY = 9.0
_ROWS = 5
_LINES = 3
_NARROWEST = 76.0
_MOST_NUMBERED = 9
_DISC = 10.0
_COLOURS: Mapping[str, str] = {INITIATIVE: THREAD, DECISION: INK, DEFINITION: MUTED}


@dataclass(frozen=True)
class Flag:
    """A mark's place: where its line begins, and the words beside it (none where it carries a number instead)."""

    mark: Mark
    x: float
    row: int
    lines: tuple[str, ...]
    rightwards: bool
    number: int = 0


@dataclass(frozen=True)
class Flags:
    """All marks of a chart, the rows they need above it, and the list below when they are numbered."""

    flags: tuple[Flag, ...]
    rows: int
    below: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """This will tell how high the rows above the chart are."""
        return self.rows * LINE_HEIGHT


def flags_of(marks: Sequence[tuple[Mark, float, str]], left: float, right: float, width: float, words: Mapping[str, str]) -> Flags:
    """This will find room for (mark, place, when) between left and right, with words beside the lines if they can all stand there."""
    if not marks:
        return Flags((), 0)
    ordered = sorted(marks, key=lambda found: (found[1], found[0].text))
    direct = _direct(ordered, left, right) if len(ordered) <= _ROWS else None
    return direct or _numbered(ordered, left, right, width, words)


def drawn_flags(flags: Flags, top: float, bottom: float) -> Markup:
    """This will draw the lines, signs and words; top is where the rows begin, bottom the foot of the chart."""
    drawn: list[Markup] = []
    for flag in flags.flags:
        colour, start = _COLOURS.get(flag.mark.kind, INK), top + flag.row * LINE_HEIGHT + 7
        drawn.append(
            element(
                "line", x1=flag.x, y1=start, x2=flag.x, y2=bottom, stroke=colour,
                stroke_width=2 if flag.mark.kind == INITIATIVE else 1.5,
                stroke_dasharray={DECISION: "7 3", DEFINITION: "2 3"}.get(flag.mark.kind),
            )
        )  # fmt: skip
        drawn.append(_sign(flag, start, colour))
        drawn += [note.drawn() for note in _notes(flag, top)]
    return joined(drawn)


def _sign(flag: Flag, y: float, colour: str) -> Markup:
    x = flag.x
    if flag.number:
        disc = element("circle", cx=x, cy=y + 2, r=_DISC, fill=WHITE, stroke=colour, stroke_width=2)
        return joined([disc, Note(str(flag.number), x, y + 7, "middle", bold=True, fill=colour).drawn()])
    if flag.mark.kind == INITIATIVE:
        return element("circle", cx=x, cy=y, r=4.5, fill=colour)
    if flag.mark.kind == DECISION:
        corners = ((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y))
        return element("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), fill=WHITE, stroke=colour, stroke_width=1.5)
    strokes = [element("line", x1=x - 5, y1=y + 3 + dy, x2=x + 5, y2=y - 3 + dy, stroke=colour, stroke_width=1.5) for dy in (-2, 3)]
    return joined(strokes)


def _notes(flag: Flag, top: float) -> list[Note]:
    colour, bold = _COLOURS.get(flag.mark.kind, INK), flag.mark.kind != DEFINITION
    x, anchor = (flag.x + _AWAY, "start") if flag.rightwards else (flag.x - _AWAY, "end")
    return [
        Note(line, x, top + (flag.row + n) * LINE_HEIGHT + 12, anchor, bold=bold, fill=colour, halo=True)
        for n, line in enumerate(flag.lines)
    ]


def _direct(marks: Sequence[tuple[Mark, float, str]], left: float, right: float) -> Flags | None:
    """Words beside every line, in the order that needs the fewest rows; None when no order lets them all stand."""
    best: tuple[float, Flags] | None = None
    for order in (marks, marks[::-1]):
        placed: list[Flag] = []
        for mark, x, _ in order:
            flag = _first_place(mark, x, left, right, placed)
            if flag is None:
                break
            placed.append(flag)
        if len(placed) == len(marks):
            rows = max(flag.row + len(flag.lines) for flag in placed)
            worse = rows + 1.2 * sum(not flag.rightwards for flag in placed)
            if best is None or worse < best[0]:
                best = (worse, Flags(tuple(placed), rows))
    return best[1] if best else None


def _first_place(mark: Mark, x: float, left: float, right: float, placed: Sequence[Flag]) -> Flag | None:
    bold = mark.kind != DEFINITION
    choices: list[tuple[float, Flag]] = []
    for rightwards, room in ((True, right - x - _AWAY), (False, x - _AWAY - left)):
        if room < _NARROWEST and text_width(mark.text, TEXT, bold=bold) > room:
            continue
        lines = wrapped(mark.text, TEXT, room, bold=bold)
        if len(lines) > _LINES or any(text_width(line, TEXT, bold=bold) > room for line in lines):
            continue
        for row in range(_ROWS - len(lines) + 1):
            flag = Flag(mark, x, row, lines, rightwards)
            if not any(_clash(flag, other) or _clash(other, flag) for other in placed):
                # Words after their line read as what began there, so the other side has to save more than a row.
                choices.append((row + len(lines) + (0.0 if rightwards else 1.2), flag))
                break
    return min(choices, key=lambda choice: choice[0])[1] if choices else None


def _clash(one: Flag, other: Flag) -> bool:
    """Whether the words of one meet the words of the other, or are struck through by its line."""
    for note in _notes(one, 0.0):
        room = note.room
        line = Room(other.x - 6, other.row * LINE_HEIGHT, other.x + 6, 10_000.0)
        if room.meets(line) or any(room.meets(words.room, 4.0) for words in _notes(other, 0.0)):
            return True
    # Two lines that all but coincide would look like one.
    return abs(one.x - other.x) < 1.0 and one.row == other.row


def _numbered(marks: Sequence[tuple[Mark, float, str]], left: float, right: float, width: float, words: Mapping[str, str]) -> Flags:
    """A number on each of the first nine lines, on as many rows as keep the discs apart; the words stand below."""
    ends: list[float] = []
    flags: list[Flag] = []
    below: list[str] = []
    for n, (mark, x, when) in enumerate(marks[:_MOST_NUMBERED], start=1):
        centre = min(max(x, left + _DISC), right - _DISC)
        row = next((row for row, end in enumerate(ends) if centre - _DISC > end + 3), len(ends))
        ends[row : row + 1] = [centre + _DISC]
        flags.append(Flag(mark, x, row, (), rightwards=True, number=n))
        below += wrapped(cut(f"{n} {when}: {mark.text}", 3 * (width - 16)), TEXT, width - 8)
    if len(marks) > _MOST_NUMBERED:
        below += wrapped(words["marks_more"].format(count=len(marks) - _MOST_NUMBERED), TEXT, width - 8)
    # The discs are a little higher than a line of words, so their rows are counted with some air.
    return Flags(tuple(flags), len(ends) + 1, tuple(below))
