"""`opinion`: where people agree, from a file of votes to JSON and a map."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tovholder.evidence.commands.arguments import Wrong, seed_of, smallest_of
from tovholder.evidence.commands.progress import notice, waiting
from tovholder.evidence.commands.writing import as_json, check_place, write
from tovholder.evidence.reading import StatementRow, Unreadable, read_groups, read_sectors, read_statements, read_votes
from tovholder.evidence.reading.shapes import number_of

TOVHOLDER, POLIS = "tovholder", "polis"
POLIS_SCHEMA = "tovholder-polis-1"

Reader = Callable[[Path], tuple[Mapping[str, str], Sequence[str]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `opinion`."""
    parser.add_argument("votes", metavar="STEMMER.csv", type=Path)
    for name in ("--sectors", "--statements", "--groups", "--svg"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--mode", choices=(TOVHOLDER, POLIS), default=TOVHOLDER)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--smallest", default="5")
    parser.add_argument("--public", action="store_true")


def run(chosen: argparse.Namespace) -> None:
    """This will read, calculate and write; raises Wrong, Unreadable and Unwritable with a sentence."""
    seed, smallest = seed_of(chosen.seed), smallest_of(chosen.smallest)
    if chosen.mode == POLIS and chosen.public:
        raise Wrong("Polis' egne tal viser også små grupper. Brug --public uden --mode polis.")
    if chosen.mode == TOVHOLDER and chosen.groups:
        raise Wrong("--groups lægger grupperne fast i Polis' beregning. Skriv også --mode polis, eller lad --groups være.")
    for out in (chosen.out, chosen.svg):
        if out is not None:
            check_place(out, (chosen.votes, chosen.sectors, chosen.statements, chosen.groups))
    if chosen.svg is not None and chosen.svg.resolve() == chosen.out.resolve():
        raise Wrong("--json og --svg skal være to forskellige filer.")
    with waiting("Læser svarene"):
        read = read_votes(chosen.votes)
    notice(read.notices)
    statements = _statements(chosen.statements, read.votes.statements)
    told, figures = (_polis if chosen.mode == POLIS else _tovholder)(chosen, read.votes, statements, seed, smallest)
    write(chosen.out, as_json(told))
    if chosen.svg is not None:
        from tovholder.pictures import opinion_map

        write(chosen.svg, (str(opinion_map(figures, headed=True).svg) + "\n").encode("utf-8"))


def _tovholder(
    chosen: argparse.Namespace, votes: Any, statements: Mapping[str, StatementRow], seed: int, smallest: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    sectors = _said_of(read_sectors, chosen.sectors, votes.participants)
    with waiting("Regner på svarene"):
        from tovholder.evidence.opinion.result import opinion, without_statements

        out = [name for name, row in statements.items() if row.moderated or row.meta]
        kept = without_statements(votes, out) if out else votes
        if not kept.count:
            raise Unreadable("Alle udsagn, der er svar på, er taget ud. Så er der intet at regne på.")
        result = opinion(kept, sectors, seed=seed, threshold=smallest)
        public = result.public()
        told = public if chosen.public else result.private()
    told["parameters"]["left_out"] = out
    for row in told["statements"]:
        if row["statement"] in statements and statements[row["statement"]].text:
            row["text"] = statements[row["statement"]].text
    return told, public


def _polis(
    chosen: argparse.Namespace, votes: Any, statements: Mapping[str, StatementRow], seed: int, smallest: int
) -> tuple[dict[str, Any], dict[str, Any]]:
    if chosen.sectors is not None:
        notice(["Polis' beregning bruger ikke sektorer. De er ikke læst."])
    groups = _said_of(read_groups, chosen.groups, votes.participants)
    with waiting("Regner på svarene"):
        from tovholder.evidence.opinion.polis import polis
        from tovholder.evidence.opinion.result import drawn_groups
        from tovholder.evidence.plain import pairs_digest

        moderated = [name for name, row in statements.items() if row.moderated]
        result = polis(votes, groups=groups, moderated=moderated, meta=[name for name, row in statements.items() if row.meta])
        told = result.figures()
        digest = told.pop("digest")
        told |= {"schema": POLIS_SCHEMA, "inputs": {"votes": digest, "groups": None if groups is None else pairs_digest(groups)}}
        figures = drawn_groups(result.components, result.group, result.group_names, smallest) if chosen.svg is not None else {}
    return told, figures


def _said_of(read: Reader, path: Path | None, participants: Iterable[str]) -> Mapping[str, str] | None:
    """What a file says of those who answered: their sector or their group."""
    if path is None:
        return None
    said, notices = read(path)
    notice(notices)
    found = {name: said[name] for name in participants if name in said}
    if not found:
        raise Unreadable(f"Ingen af deltagerne i »{path.name}« har svaret. Er det de samme numre som i filen med svar?")
    _tell_unknown(len(said) - len(found), path)
    return found


def _tell_unknown(count: int, path: Path) -> None:
    if count:
        who, they = ("1 deltager", "Den") if count == 1 else (f"{number_of(count)} deltagere", "De")
        notice([f"{who} i »{path.name}« har ikke svaret. {they} tæller ikke med."])


def _statements(path: Path | None, voted: Iterable[str]) -> Mapping[str, StatementRow]:
    if path is None:
        return {}
    rows, notices = read_statements(path)
    notice(notices)
    return {name: rows[name] for name in voted if name in rows}
