"""What a text is made of: words, pieces of words, and where it stands among all the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from .solver import Floats, Whole, directions

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]+")
LONGEST_PIECE = 5
LONGEST_TEXT = 20_000  # signs; what comes after is not read
DIRECTIONS = 100
QUESTION_WEIGHT = 0.5

Terms = Callable[[str], Sequence[str]]


def tokens(text: str) -> list[tuple[str, int, int]]:
    """This will give the words and signs of a text in small letters, each with where it starts and ends."""
    return [(match.group().casefold(), match.start(), match.end()) for match in TOKEN.finditer(text[:LONGEST_TEXT])]


@lru_cache(maxsize=65_536)
def pieces(token: str) -> tuple[str, ...]:
    """This will give the runs of one to five signs in a word, with the blank before and after it."""
    padded = f" {token} "
    longest = min(LONGEST_PIECE, len(padded))
    return tuple(padded[at : at + size] for size in range(1, longest + 1) for at in range(len(padded) - size + 1))


def grams(text: str, terms: Terms | None = None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """This will give each feature of a text with the numbers of the tokens it stands on; w words, t their terms, p pieces."""
    found = tokens(text)
    before = -1
    for number, (token, _start, _end) in enumerate(found):
        for piece in pieces(token):
            yield "p" + piece, (number,)
        if not token[0].isalnum():
            continue
        yield "w" + token, (number,)
        if before >= 0:
            yield f"w{found[before][0]} {token}", (before, number)
        if terms is not None:
            for term in terms(token):
                yield "t" + term, (number,)
        before = number


@dataclass(frozen=True, eq=False)
class Block:
    """One kind of feature: its names, and how much each weighs."""

    kind: str
    counter: Any
    weigher: Any

    @property
    def size(self) -> int:
        return len(self.names)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(map(str, self.counter.get_feature_names_out()))


@dataclass(frozen=True, eq=False)
class Space:
    """The features learned from all the answers, coded or not.

    Columns: the blocks (each text has length 1 in each), the directions, one for each question, and for each question the words
    and the directions once more, so that the same words may mean something else there.
    """

    blocks: tuple[Block, ...]
    axes: Floats
    questions: tuple[str, ...]
    terms: Terms | None

    @property
    def plain(self) -> int:
        """How many columns the blocks have together."""
        return sum(block.size for block in self.blocks)

    @property
    def columns(self) -> int:
        words, axes = self.blocks[0].size, self.axes.shape[1]
        return int(self.plain + axes + len(self.questions) * (1 + words + axes) + 1)

    def places(self, rows: Any) -> Floats:
        """This will give where the texts stand among all: [n, directions], each of length 1 or 0; alike texts are near each other."""
        return np.ascontiguousarray(rows[:, self.plain : self.plain + self.axes.shape[1]].toarray(), dtype=np.float64)

    def counted(self, features: Sequence[Sequence[str]]) -> list[Any]:
        """This will weigh the features of texts, block by block."""
        return [block.weigher.transform(block.counter.transform(features)) for block in self.blocks]

    def rows(self, texts: Sequence[str], questions: Sequence[str] | None = None) -> Any:
        """This will give the texts as rows of a sparse table, [n, columns], with a last column of ones."""
        weighed = self.counted([[feature for feature, _on in grams(text, self.terms)] for text in texts])
        return self.placed(weighed, questions)

    def placed(self, weighed: Sequence[Any], questions: Sequence[str] | None) -> Any:
        """This will put the weighed blocks beside the directions and the questions."""
        plain = sparse.hstack(weighed, format="csr")
        place = sparse.csr_matrix(unit(times(plain, self.axes)))
        parts = [plain, place]
        if self.questions:
            asked = questions if questions is not None else [""] * plain.shape[0]
            for question in self.questions:
                here = sparse.csr_matrix(np.array([[QUESTION_WEIGHT * (one == question)] for one in asked]))
                parts += [here, weighed[0].multiply(here), place.multiply(here)]
        return sparse.hstack([*parts, np.ones((plain.shape[0], 1))], format="csr")


def times(matrix: Any, dense: Floats) -> Floats:
    """This will multiply a sparse table by a dense one."""
    return np.asarray(matrix @ dense, dtype=np.float64)


def unit(matrix: Floats) -> Floats:
    """This will give every row length 1, and leave rows of zeros."""
    length = np.sqrt((matrix * matrix).sum(axis=1, keepdims=True))
    return matrix / np.where(length > 0, length, 1.0)


def arrays(matrix: Any) -> tuple[Whole, Whole, Floats]:
    """This will give a sparse table as start, column and value."""
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data.astype(np.float64)


def space_of(
    texts: Sequence[str],
    *,
    questions: Sequence[str] | None = None,
    language: str = "da",
    seed: int = 0,
    directions_wanted: int = DIRECTIONS,
) -> tuple[Space, Any]:
    """This will learn the features from all texts, coded or not, and give them with the texts' rows.

    questions: what each text answers; they count when there are 2 to 12. Raises ValueError when no text has a word in it.
    Latent semantic analysis: Deerwester et al. (1990), learned from these texts alone.
    """
    terms = _danish_terms() if language == "da" else None
    features = [[feature for feature, _on in grams(text, terms)] for text in texts]
    kinds = ["w", "p"] + (["t"] if terms else [])
    if not any(feature[0] == "w" for row in features for feature in row):
        raise ValueError("Der er ingen ord at lære af. Kontrollér, at kolonnen text er den rigtige.")
    blocks, weighed = [], []
    for kind in kinds:
        at_least = 2 if len(texts) >= 50 else 1
        counter = CountVectorizer(analyzer=_only(kind), min_df=at_least)
        try:
            counted = counter.fit_transform(features)
        except ValueError:
            # Short lists where no feature is shared: then all count.
            counted = (counter := CountVectorizer(analyzer=_only(kind))).fit_transform(features)
        weigher = TfidfTransformer(sublinear_tf=True)
        weighed.append(weigher.fit_transform(counted))
        blocks.append(Block(kind, counter, weigher))
    plain = sparse.hstack(weighed, format="csr")
    axes = directions(*arrays(plain), plain.shape[1], directions_wanted, np.random.default_rng(seed))
    asked = tuple(sorted({question for question in questions or () if question}))
    space = Space(tuple(blocks), axes, asked if 2 <= len(asked) <= 12 else (), terms)
    return space, space.placed(weighed, questions)


class _only:
    """Picks the features of one kind; a class, so that a space can be kept."""

    def __init__(self, kind: str):
        self.kind = kind

    def __call__(self, features: Sequence[str]) -> list[str]:
        return [feature for feature in features if feature[0] == self.kind]


def _danish_terms() -> Terms:
    from tovholder.texts.words import terms

    return terms
