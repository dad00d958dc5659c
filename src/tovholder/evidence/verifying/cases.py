"""Case files: what a stranger's file of cases holds, and what an adapter gives back for one case."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Case = Mapping[str, Any]
LARGEST_FILE = 64_000_000
_SHOWN = 80


class Unusable(Exception):
    """A sentence about a file or folder of cases that cannot be read."""


@dataclass(frozen=True)
class Faults:
    """What an adapter found wrong with a case that is a property rather than figures; empty when it holds."""

    sentences: tuple[str, ...] = ()

    def __init__(self, sentences: tuple[str, ...] | list[str] = ()) -> None:
        object.__setattr__(self, "sentences", tuple(sentences))


Adapter = Callable[[Case], Mapping[str, Any] | Faults]


@dataclass(frozen=True)
class Failed:
    """One case that failed, and why."""

    file: str
    id: str
    fn: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id} ({self.fn}): {self.why}"


def read_cases(place: Path) -> list[tuple[str, Any]]:
    """This will read every case of a folder, its subfolders or one file, as (file name, case). Raises Unusable.

    A file is read whole before anything runs; what stands inside a case is judged when the case runs.
    """
    found: list[tuple[str, Any]] = []
    for path in _files(place):
        found.extend((path.name, case) for case in _cases_of(path))
    if not found:
        raise Unusable(f"Der er ingen tilfælde i »{place}«. Peg på en mappe med filer, der hver har nøglen »cases«.")
    return found


def plainly(text: object) -> str:
    """This will give a stranger's name on one line, without signs that steer a terminal."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in str(text))
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    if not place.is_dir():
        raise Unusable(f"Vi kan ikke finde »{place}«. Peg på en mappe med tilfælde eller på en enkelt fil.")
    found = sorted(path for path in place.rglob("*.json") if path.is_file())
    if not found:
        raise Unusable(f"Der er ingen json-filer i »{place}«. Peg på en mappe med tilfælde.")
    yield from found


def _cases_of(path: Path) -> list[Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unusable(f"»{path.name}« er større end {LARGEST_FILE // 1_000_000} MB. Del den i flere filer.")
        read = json.loads(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise Unusable(f"»{path.name}« er ikke skrevet i UTF-8. Gem den som UTF-8, og prøv igen.") from None
    except json.JSONDecodeError as problem:
        raise Unusable(f"»{path.name}« er ikke hel: linje {problem.lineno}, tegn {problem.colno} kan ikke læses som JSON.") from None
    except (RecursionError, ValueError):
        raise Unusable(f"»{path.name}« kan ikke læses som JSON: den er for dybt indlejret eller har et for langt tal.") from None
    except OSError:
        raise Unusable(f"»{path.name}« kan ikke åbnes. Se efter, om du har lov til at læse den.") from None
    cases = read.get("cases") if isinstance(read, dict) else read
    if not isinstance(cases, list):
        raise Unusable(f"»{path.name}« har ikke en liste med nøglen »cases«.")
    return cases
