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

WORDS = re.compile(r"\s+|\d+(?:[.,:]\d+)*|\w+(?:[-‐’']\w+)*|[^\w\s]")
SENTENCES = re.compile(r"\s+|[^\s.;:!?][^.;:!?\n]*[.;:!?]*|[.;:!?]+")
LINES = re.compile(r"\s*\n|[^\n]+")
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
    """This will compare two versions provision by provision, in the new order; raises ValueError on a key used twice."""
    earlier, later = _by_key(before), _by_key(after)
    shared = [provision.key for provision in after if provision.key in earlier]
    place = {provision.key: number for number, provision in enumerate(before)}
    kept = {shared[index] for index in _longest_increasing([place[key] for key in shared])}
    changes = [
        _change(
            earlier.get(provision.key), provision, out_of_order=provision.key in earlier and provision.key not in kept
        )
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


def _compared(before: str, after: str, coarser: tuple[re.Pattern[str], ...]) -> Iterator[tuple[RunKind, str]]:
    if before == after:
        yield "same", before
        return
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = _shared_start(old, new)
    end = _shared_start(old[: start - 1 if start else None : -1], new[: start - 1 if start else None : -1])
    head, tail = "".join(old[:start]), "".join(old[len(old) - end :])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    yield "same", head
    yield from _compared_middle(old, new, coarser)
    yield "same", tail


def _shared_start(old: Sequence[str], new: Sequence[str]) -> int:
    return next(
        (at for at, (left, right) in enumerate(zip(old, new, strict=False)) if left != right), min(len(old), len(new))
    )


def _compared_middle(
    old: list[str], new: list[str], coarser: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[RunKind, str]]:
    if _effort(old, new) <= EFFORT:
        yield from _matched(old, new, ())
        return
    before, after = "".join(old), "".join(new)
    for index, pattern in enumerate(coarser):
        old, new = pattern.findall(before), pattern.findall(after)
        if _effort(old, new) <= EFFORT:
            yield from _matched(old, new, coarser[index + 1 :])
            return
    yield "deleted", before
    yield "inserted", after


def _effort(old: list[str], new: list[str]) -> int:
    counts = Counter(piece for piece in new if not piece.isspace())
    return sum(counts[piece] for piece in old) + len(old) + len(new)


def _matched(old: list[str], new: list[str], finer: tuple[re.Pattern[str], ...]) -> Iterator[tuple[RunKind, str]]:
    words = WORDS.fullmatch
    # Space is never what two texts have in common; it only follows the words around it.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            yield "same", gone
        elif kind == "replace" and not all(words(piece) for piece in old[old_from:old_to] + new[new_from:new_to]):
            yield from _compared(gone, come, finer)
        else:
            yield "deleted", gone
            yield "inserted", come


def _tidy(runs: list[list[str]]) -> Iterator[Run]:
    blocks = _slid(_blocks(runs))
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
    return [_trimmed(block) for block in blocks]


def _trimmed(block: list[str]) -> list[str]:
    same, gone, come = block
    if gone == come:
        return [same + gone, "", ""]
    return block


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
    kept = [word for word in WORDS.findall(same) if not word.isspace()]
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
        left, edit, right = (WORDS.findall(text) for text in (same, gone or come, blocks[number + 1][0]))
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
