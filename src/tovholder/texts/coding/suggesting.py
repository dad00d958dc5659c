"""Suggestions: codes for an answer with the words that spoke for them, and candidate themes for answers nobody has coded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .choosing import next_to_ask
from .model import CodingModel, decide
from .solver import Floats
from .space import QUESTION_WEIGHT, Space, grams, tokens, unit

WORDS_SHOWN = 5
NOTE = "Forslag fundet af ord, der går igen. De er ikke kodning, før en person har bekræftet dem."


@dataclass(frozen=True)
class Word:
    """A word of the answer and how much it spoke for the code; below zero it spoke against."""

    word: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Suggested:
    """A code for an answer: how likely, whether it is among those to choose, and the words that spoke for it the most."""

    code: str
    likely: float
    is_chosen: bool
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Reasons:
    """A raw score in full: what each word of the answer gave, what the question gave, and what every answer starts from."""

    words: tuple[Word, ...]
    question: float
    start: float

    @property
    def total(self) -> float:
        return sum(word.weight for word in self.words) + self.question + self.start


def reasons(model: CodingModel, space: Space, text: str, code: str, *, question: str = "") -> Reasons:
    """This will divide the raw score of a code among the words of the answer, exactly; raises ValueError for an unknown code."""
    return _Divided(model, space, text, question).reasons(model.codes.index(code))


class _Divided:
    """One answer taken apart: which columns stand on which words, so that every code's score can be divided."""

    def __init__(self, model: CodingModel, space: Space, text: str, question: str):
        self.model, self.space = model, space
        self.found = tokens(text)
        standing: dict[str, Counter[int]] = defaultdict(Counter)
        for feature, on in grams(text, space.terms):
            for number in on:
                standing[feature][number] += 1
        weighed = space.counted([[feature for feature, _on in grams(text, space.terms)]])
        shift, self.parts = 0, []
        self.row = space.placed(weighed, [question])
        for block, row in zip(space.blocks, weighed):
            for column, value in zip(row.indices, row.data):
                stood = standing[block.names[column]]
                total = sum(stood.values())
                shares = tuple((number, times / total) for number, times in stood.items())
                self.parts.append((shift + int(column), float(value), shares))
            shift += block.size
        place = np.zeros(space.axes.shape[1])
        for column, value, _shares in self.parts:
            place += value * space.axes[column]
        self.length = float(np.sqrt((place * place).sum())) or 1.0
        self.asked = space.questions.index(question) if question in space.questions else -1

    def reasons(self, k: int) -> Reasons:
        weights, space = self.model.weights[:, k], self.space
        axes, words, plain = space.axes.shape[1], space.blocks[0].size, space.plain
        toward = weights[plain : plain + axes].copy()
        once_more, alone = -1, 0.0
        if self.asked >= 0:
            once_more = plain + axes + self.asked * (1 + words + axes)
            alone = QUESTION_WEIGHT * float(weights[once_more])
            toward += QUESTION_WEIGHT * weights[once_more + 1 + words : once_more + 1 + words + axes]
        spoke: dict[int, float] = defaultdict(float)
        for column, value, shares in self.parts:
            given = value * float(weights[column]) + value * float((space.axes[column] * toward).sum()) / self.length
            if once_more >= 0 and column < words:
                given += QUESTION_WEIGHT * value * float(weights[once_more + 1 + column])
            for number, share in shares:
                spoke[number] += given * share
        told = tuple(Word(token, start, end, spoke.get(number, 0.0)) for number, (token, start, end) in enumerate(self.found))
        return Reasons(told, alone, float(weights[-1]))


def suggest(model: CodingModel, space: Space, text: str, *, question: str = "", at_least: float = 0.2) -> tuple[Suggested, ...]:
    """This will suggest codes for one answer, the likeliest first: those to choose, and others at least so likely."""
    divided = _Divided(model, space, text, question)
    likely = model.likely(divided.row)
    chosen = decide(likely)[0][0]
    order = [int(k) for k in np.argsort(-likely[0], kind="stable") if chosen[k] or likely[0, k] >= at_least]
    spoke = {k: _strongest(divided.reasons(k).words, space) for k in order}
    return tuple(Suggested(model.codes[k], float(likely[0, k]), bool(chosen[k]), spoke[k]) for k in order)


def _strongest(words: Sequence[Word], space: Space) -> tuple[Word, ...]:
    """The words that spoke for it, each once, the strongest first."""
    best: dict[str, Word] = {}
    for word in words:
        # A word that carries grammar and no subject may have spoken, but tells a reader nothing.
        if word.weight <= 0 or not word.word[0].isalnum() or not (space.terms is None or space.terms(word.word)):
            continue
        if word.word not in best or word.weight > best[word.word].weight:
            best[word.word] = word
    most = sorted(best.values(), key=lambda word: (-word.weight, word.start))[:WORDS_SHOWN]
    # A word that gave a tenth of the strongest one explains nothing.
    return tuple(word for word in most if word.weight >= 0.1 * most[0].weight)


@dataclass(frozen=True)
class CandidateTheme:
    """Answers that share words: what to call it until a person has a better name, who is in it, and the most typical of them.

    together: mean likeness to the middle, 0 to 1. again: how much of it comes back when half of the answers are left out, 0 to 1.
    """

    words: tuple[str, ...]
    members: tuple[int, ...]
    typical: tuple[int, ...]
    together: float
    again: float


@dataclass(frozen=True)
class CandidateThemes:
    """The themes that are clear enough to show, the largest first; `alone` belongs to none. `note` must stand beside them."""

    themes: tuple[CandidateTheme, ...]
    alone: tuple[int, ...]
    note: str = NOTE


def candidate_themes(
    texts: Sequence[str], *, seed: int = 0, language: str = "da", most: int = 20, at_least: float = 0.35, comes_back: float = 0.5
) -> CandidateThemes:
    """This will gather answers that share words into candidate themes; most answers may well belong to none.

    Spherical k-means (Dhillon & Modha 2001) from spread starts; a theme is kept when it holds at least max(5, 1 in 1,000) answers
    whose mean likeness is `at_least`, at least `comes_back` of it (Jaccard) comes back on average in five halves of the answers, and
    three of them share a word that tells them from the rest.
    """
    from .space import space_of

    if len(texts) < 10:
        return CandidateThemes((), tuple(range(len(texts))))
    space, rows = space_of(texts, language=language, seed=seed, directions_wanted=50)
    places = space.places(rows)
    rng = np.random.default_rng(seed)
    count = min(most, max(2, len(texts) // 8))
    found = _gathered(places, np.arange(len(texts)), count, rng, at_least)
    back = np.zeros(len(found))
    for _ in range(5):
        half = np.sort(rng.permutation(len(texts))[: len(texts) // 2])
        others = [set(map(int, members)) for members in _gathered(places, half, count, rng, at_least)]
        here = set(map(int, half))
        for k, members in enumerate(found):
            mine = set(map(int, members)) & here
            back[k] += max((len(mine & other) / len(mine | other) for other in others), default=0.0) / 5
    fewest = max(5, len(texts) // 1_000)
    kept = [k for k in range(len(found)) if len(found[k]) >= fewest and back[k] >= comes_back]
    kept.sort(key=lambda k: (-len(found[k]), int(found[k][0])))
    gathered = (_theme(texts, space, rows, places, found[k], float(back[k])) for k in kept)
    # Answers that no word tells from the rest are alike in ways that no reader sees.
    themes = tuple(theme for theme in gathered if theme.words)
    inside = {member for theme in themes for member in theme.members}
    return CandidateThemes(themes, tuple(i for i in range(len(texts)) if i not in inside))


def _near(places: Floats, middles: Floats) -> Floats:
    return np.stack([(places * middle).sum(axis=1) for middle in middles], axis=1)


def _gathered(
    places: Floats, of: npt.NDArray[np.int64], count: int, rng: np.random.Generator, at_least: float
) -> list[npt.NDArray[np.int64]]:
    here = np.ascontiguousarray(places[of])
    starts = [one.position for one in next_to_ask(here, (), min(count, len(of)), rng=rng)]
    middles = here[starts]
    belongs = np.full(len(of), -1)
    for _ in range(30):
        near = _near(here, middles)
        now = np.where(near.max(axis=1) >= at_least, near.argmax(axis=1), -1)
        if (now == belongs).all():
            break
        belongs = now
        middles = unit(np.stack([here[belongs == k].sum(axis=0) if (belongs == k).any() else middles[k] for k in range(len(middles))]))
    return [of[belongs == k] for k in range(len(middles)) if (belongs == k).any()]


def _theme(texts: Sequence[str], space: Space, rows: Any, places: Floats, members: npt.NDArray[np.int64], again: float) -> CandidateTheme:
    middle = unit(places[members].sum(axis=0, keepdims=True))[0]
    near = (places[members] * middle).sum(axis=1)
    typical: list[int] = []
    for at in np.argsort(-near, kind="stable"):
        # The same words twice show no more than once.
        if texts[int(members[at])].casefold().split() not in [texts[one].casefold().split() for one in typical]:
            typical.append(int(members[at]))
        if len(typical) == 3:
            break
    return CandidateTheme(_words_of(texts, members, space), tuple(int(i) for i in members), tuple(typical), float(near.mean()), again)


def _words_of(texts: Sequence[str], members: npt.NDArray[np.int64], space: Space) -> tuple[str, ...]:
    """The words that tell the theme from the rest: the largest rise in the share of answers that use them, weighed by that share.

    A word that fewer than three used could be somebody's own, and is never shown.
    """
    inside, outside = set(map(int, members)), Counter[str]()
    within: Counter[str] = Counter()
    for number, text in enumerate(texts):
        used = {token for token, _start, _end in tokens(text) if token[0].isalpha() and len(token) > 2}
        used = {token for token in used if space.terms is None or space.terms(token)}
        (within if number in inside else outside).update(used)
    rest = max(len(texts) - len(inside), 1)
    score = {
        word: n / len(inside) * float(np.log((n + 0.5) / (len(inside) + 1) / ((outside[word] + 0.5) / (rest + 1))))
        for word, n in within.items()
        if n >= 3
    }
    return tuple(sorted(score, key=lambda word: (-score[word], word))[:4])
