"""The same votes less a few: which ones go is decided by their names and a seed, so it is the same tomorrow and with more votes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tovholder.evidence.opinion.votes import Votes

Mask = npt.NDArray[np.bool_]
Hash = npt.NDArray[np.uint64]


def lots(votes: Votes) -> Hash:
    """This will give every vote a number of its own from the names of its person and statement, (votes,)."""
    return _stirred(_marks(votes.participants)[votes.person] ^ _stirred(_marks(votes.statements))[votes.statement])


def drawn(lots_of: Hash, *, seed: int, draw: int, share: float) -> Mask:
    """This will mark about `share` of the votes, each by its lot, the seed and the number of the draw; raises ValueError."""
    if not 0.0 <= share < 1.0:
        raise ValueError("Andelen skal være mindst 0 og under 1.")
    return _stirred(lots_of ^ _key(seed, draw)) < np.uint64(int(share * 2.0**64))


def scatter(votes: Votes, columns: int, *, seed: int, run: int) -> npt.NDArray[np.float64]:
    """This will give each person numbers from 0 up to 1 by name, column, seed and run, (n, columns)."""
    steps: Hash = _stirred(np.arange(columns, dtype=np.uint64) ^ _key(seed, run))
    stirred = _stirred(_marks(votes.participants)[:, None] ^ steps) >> np.uint64(11)
    return stirred.astype(np.float64) * 2.0**-53


def folds(lots_of: Hash, count: int, *, seed: int) -> npt.NDArray[np.int64]:
    """This will deal every vote into one of `count` equal parts by its lot and the seed, (votes,)."""
    return (_stirred(lots_of ^ _key(seed, -1)) % np.uint64(count)).astype(np.int64)


def kept(votes: Votes, keep: Mask) -> Votes:
    """This will give the marked votes, with all participants and statements in their places even where nothing is left."""
    start = np.zeros(len(votes.participants) + 1, dtype=np.int64)
    np.cumsum(np.bincount(votes.person[keep], minlength=len(votes.participants)), out=start[1:])
    return replace(votes, start=start, statement=votes.statement[keep], answer=votes.answer[keep])


def _key(seed: int, number: int) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(f"{seed}/{number}".encode(), digest_size=8).digest(), "little"))


def _marks(names: Sequence[str]) -> Hash:
    raw = b"".join(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest() for name in names)
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


def _stirred(numbers: Hash) -> Hash:
    """Steele, Lea and Flood 2014: the last step of SplitMix64."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
