from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from tovholder.texts.fingerprint import canonical, canonical_line

RunKind = Literal["same", "inserted", "deleted"]
ChangeKind = Literal["same", "changed", "added", "removed", "moved"]

PIECES = re.compile(r"\s+|\d+(?:[.,:]\d+)*|\w+(?:[-‐’']\w+)*|[^\w\s]")
# Each unit is read with the space after it, for it is words that two texts have in common, and not space.
WORDS = re.compile(r"(\d+(?:[.,:]\d+)*|\w+(?:[-‐’']\w+)*|[^\w\s])(\s*)")
SENTENCES = re.compile(r"([^\s.;:!?][^.;:!?\n]*[.;:!?]*|[.;:!?]+)(\s*)")
LINES = re.compile(r"(\S[^\n]*)(\s*)")
Units = list[tuple[str, str]]
# Pairs of equal pieces one comparison may look at: a few tenths of a second at the worst.
EFFORT = 300_000


@dataclass(frozen=True)
class Run:
    kind: RunKind
    text: str


@dataclass(frozen=True)
class ProvisionText:
    key: str
    label: str
    heading: str
    body: str


@dataclass(frozen=True)
class Change:
    key: str
    kind: ChangeKind
    before: ProvisionText | None
    after: ProvisionText | None
    runs: tuple[Run, ...]
    heading_runs: tuple[Run, ...]
    moved: bool = False


def difference(before: str, after: str) -> tuple[Run, ...]:
    """This will compare two texts word by word: same + deleted is the text before, same + inserted the text after."""
    runs = [[kind, text] for kind, text in _compared(before, after, (LINES, SENTENCES))]
    return tuple(_tidy(runs))


def compare(before: Sequence[ProvisionText], after: Sequence[ProvisionText]) -> tuple[Change, ...]:
    """This will compare two versions provision by provision, in the new order; raises ValueError on a double key."""
    earlier, later = _by_key(before), _by_key(after)
    shared = [provision.key for provision in after if provision.key in earlier]
    place = {provision.key: number for number, provision in enumerate(before)}
    kept = {shared[index] for index in _longest_increasing([place[key] for key in shared])}
    changes = [
        _change(earlier.get(provision.key), provision, out_of_order=provision.key in earlier and provision.key not in kept)
        for provision in after
    ]
    position = {change.key: number for number, change in enumerate(changes)}
    removed: list[tuple[int, Change]] = []
    behind = -1
    for provision in before:
        if provision.key in later:
            behind = position[provision.key] if provision.key in kept else behind
        else:
            removed.append((behind, _change(provision, None, out_of_order=False)))
    # Sorting is stable: a removed provision follows the neighbour it stood behind, in its old order.
    placed = [(number, change) for number, change in enumerate(changes)] + removed
    return tuple(change for _, change in sorted(placed, key=lambda pair: pair[0]))


def _by_key(provisions: Sequence[ProvisionText]) -> dict[str, ProvisionText]:
    twice = [key for key, count in Counter(provision.key for provision in provisions).items() if count > 1]
    if twice:
        raise ValueError(f"Punktet {twice[0]} står to gange i samme version.")
    return {provision.key: provision for provision in provisions}


def _change(before: ProvisionText | None, after: ProvisionText | None, *, out_of_order: bool) -> Change:
    bodies = canonical(before.body if before else ""), canonical(after.body if after else "")
    headings = canonical_line(before.heading if before else ""), canonical_line(after.heading if after else "")
    kind: ChangeKind
    moved = False
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    else:
        moved = out_of_order or canonical_line(before.label) != canonical_line(after.label)
        same_words = bodies[0] == bodies[1] and headings[0] == headings[1]
        kind = ("moved" if moved else "same") if same_words else "changed"
    present = before or after
    assert present is not None
    return Change(present.key, kind, before, after, difference(*bodies), difference(*headings), moved)


def _longest_increasing(numbers: Sequence[int]) -> list[int]:
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    chain: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]


def _units(pattern: re.Pattern[str], text: str) -> Units:
    indent = len(text) - len(text.lstrip())
    return ([("", text[:indent])] if indent else []) + pattern.findall(text)


def _text(units: Units) -> str:
    return "".join(token + space for token, space in units)


def _compared(before: str, after: str, coarser: tuple[re.Pattern[str], ...]) -> Iterator[tuple[RunKind, str]]:
    if before == after:
        yield "same", before
        return
    old, new = _units(WORDS, before), _units(WORDS, after)
    start = _shared_start(old, new)
    end = _shared_start(old[start:][::-1], new[start:][::-1])
    yield "same", _text(old[:start])
    yield from _compared_middle(old[start : len(old) - end], new[start : len(new) - end], coarser)
    yield "same", _text(old[len(old) - end :])


def _shared_start(old: Units, new: Units) -> int:
    return next((at for at, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), min(len(old), len(new)))


def _compared_middle(old: Units, new: Units, coarser: tuple[re.Pattern[str], ...]) -> Iterator[tuple[RunKind, str]]:
    if _effort(old, new) <= EFFORT:
        yield from _matched(old, new, None)
        return
    if anchors := _anchors(old, new):
        old_from = new_from = 0
        for old_at, new_at in anchors:
            yield from _compared(_text(old[old_from:old_at]), _text(new[new_from:new_at]), coarser)
            yield from _same(old[old_at], new[new_at])
            old_from, new_from = old_at + 1, new_at + 1
        yield from _compared(_text(old[old_from:]), _text(new[new_from:]), coarser)
        return
    before, after = _text(old), _text(new)
    for index, pattern in enumerate(coarser):
        old, new = _units(pattern, before), _units(pattern, after)
        if _effort(old, new) <= EFFORT:
            yield from _matched(old, new, coarser[index + 1 :])
            return
    yield "deleted", before
    yield "inserted", after


def _anchors(old: Units, new: Units) -> list[tuple[int, int]]:
    """Words that stand once in each text, in the same order: safe places to cut a long comparison in two."""
    counts_old, counts_new = Counter(token for token, _ in old), Counter(token for token, _ in new)
    place = {token: at for at, (token, _) in enumerate(new) if counts_new[token] == 1}
    pairs = [(at, place[token]) for at, (token, _) in enumerate(old) if counts_old[token] == 1 and token in place]
    return [pairs[index] for index in _longest_increasing([new_at for _, new_at in pairs])]


def _effort(old: Units, new: Units) -> int:
    counts = Counter(token for token, _ in new)
    return sum(counts[token] for token, _ in old) + len(old) + len(new)


def _same(old: tuple[str, str], new: tuple[str, str]) -> Iterator[tuple[RunKind, str]]:
    yield "same", old[0]
    if old[1] == new[1]:
        yield "same", old[1]
    else:
        yield "deleted", old[1]
        yield "inserted", new[1]


def _matched(old: Units, new: Units, finer: tuple[re.Pattern[str], ...] | None) -> Iterator[tuple[RunKind, str]]:
    matcher = SequenceMatcher(None, [token for token, _ in old], [token for token, _ in new], autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            for left, right in zip(old[old_from:old_to], new[new_from:new_to], strict=True):
                yield from _same(left, right)
            continue
        gone, come = _text(old[old_from:old_to]), _text(new[new_from:new_to])
        if kind == "replace" and finer is not None:
            yield from _compared(gone, come, finer)
        else:
            yield "deleted", gone
            yield "inserted", come


def _tidy(runs: list[list[str]]) -> Iterator[Run]:
    blocks = _merged(_slid(_merged(_blocks(runs))))
    changed = True
    while changed:
        blocks, changed = _joined(blocks)
    for same, gone, come in blocks:
        for kind, text in (("same", same), ("deleted", gone), ("inserted", come)):
            if text:
                yield Run(kind, text)  # type: ignore[arg-type]


def _blocks(runs: list[list[str]]) -> list[list[str]]:
    """Rows of (same, deleted, inserted), each edit after the text it follows."""
    blocks = [["", "", ""]]
    for kind, text in runs:
        if kind == "same" and text:
            if blocks[-1][1] or blocks[-1][2]:
                blocks.append(["", "", ""])
            blocks[-1][0] += text
        elif text:
            blocks[-1][1 if kind == "deleted" else 2] += text
    return _trimmed(blocks)


def _trimmed(blocks: list[list[str]]) -> list[list[str]]:
    """Space that both sides of an edit begin or end with belongs to the text around it."""
    trimmed: list[list[str]] = []
    carried = ""
    for same, gone, come in blocks:
        start = _shared_space(gone, come)
        head, gone, come = gone[:start], gone[start:], come[start:]
        end = _shared_space(gone[::-1], come[::-1])
        tail = gone[len(gone) - end :]
        gone, come = gone[: len(gone) - end], come[: len(come) - end]
        trimmed.append([carried + same + head, gone, come])
        carried = tail
    return [*trimmed, [carried, "", ""]] if carried else trimmed


def _shared_space(left: str, right: str) -> int:
    length = 0
    while length < min(len(left), len(right)) and left[length] == right[length] and left[length].isspace():
        length += 1
    return length


def _merged(blocks: list[list[str]]) -> list[list[str]]:
    """Blocks with nothing between their edits, or no edit between their words, made into one."""
    merged: list[list[str]] = []
    for same, gone, come in blocks:
        if merged and not (merged[-1][1] or merged[-1][2]):
            merged[-1] = [merged[-1][0] + same, gone, come]
        elif merged and not same:
            merged[-1][1] += gone
            merged[-1][2] += come
        else:
            merged.append([same, gone, come])
    return merged


def _joined(blocks: list[list[str]]) -> tuple[list[list[str]], bool]:
    joined: list[list[str]] = []
    changed = False
    for same, gone, come in blocks:
        edited = bool(gone or come)
        if joined and edited and (joined[-1][1] or joined[-1][2]) and _is_confetti(same, joined[-1], (gone, come)):
            joined[-1][1] += same + gone
            joined[-1][2] += same + come
            changed = True
        else:
            joined.append([same, gone, come])
    return joined, changed


def _is_confetti(same: str, left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether so little is left between two edits that one longer edit reads better."""
    if "\n" in same:
        return False
    kept = [word for word in PIECES.findall(same) if not word.isspace()]
    around = min(max(len(left[-2]), len(left[-1])), max(len(right[-2]), len(right[-1])))
    if not any(word[0].isalnum() for word in kept):
        return bool(left[-2] and left[-1]) or bool(right[-2] and right[-1])
    return len(kept) <= 3 and len(same.strip()) <= min(around, 12)


def _slid(blocks: list[list[str]]) -> list[list[str]]:
    """Edits that could stand in several places, moved to where a sentence or a clause begins."""
    for number in range(len(blocks) - 1):
        same, gone, come = blocks[number]
        if bool(gone) == bool(come):
            continue
        left, edit, right = (PIECES.findall(text) for text in (same, gone or come, blocks[number + 1][0]))
        while left and edit and left[-1] == edit[-1]:
            right.insert(0, edit[-1])
            edit = [left.pop(), *edit[:-1]]
        best = (_boundary(left, edit, right), 0)
        steps = 0
        trial_left, trial, trial_right = list(left), list(edit), list(right)
        while trial_right and trial and trial[0] == trial_right[0]:
            trial_left.append(trial[0])
            trial = [*trial[1:], trial_right.pop(0)]
            steps += 1
            best = max(best, (_boundary(trial_left, trial, trial_right), steps))
        for _ in range(best[1]):
            left.append(edit[0])
            edit = [*edit[1:], right.pop(0)]
        text = "".join(edit)
        blocks[number] = ["".join(left), text if gone else "", text if come else ""]
        blocks[number + 1][0] = "".join(right)
    return blocks


def _boundary(left: list[str], edit: list[str], right: list[str]) -> int:
    begin = left[-1] if left else "\n"
    score = 0
    if "\n" in begin:
        score += 5
    elif begin.isspace() and len(left) > 1 and left[-2] in ".!?:;":
        score += 4
    elif begin.isspace():
        score += 2
    last = edit[-1] if edit else ""
    if "\n" in last or not right:
        score += 3
    elif last.isspace() or (right and not right[0][0].isalnum()):
        score += 1
    return score
