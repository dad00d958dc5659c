"""The command line of evidence: one command, one sentence when something is wrong, never a traceback over a stranger's file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tovholder.evidence.commands.arguments import Parser, Wrong
from tovholder.evidence.commands.writing import Unwritable
from tovholder.evidence.reading import Unreadable

NAMES = "opinion, campaigns, code, indicator, suppress, release, audit eller verify"


def main(arguments: Sequence[str] | None = None) -> int:
    """This will run one command and give its exit code: 0 done, 1 something was found wrong, 2 a sentence on standard error."""
    try:
        chosen = _parser().parse_args(arguments)
        run: Callable[[Any], int | None] = chosen.run
        return run(chosen) or 0
    except (Wrong, Unreadable, Unwritable) as sentence:
        return _refused(str(sentence))
    except MemoryError:
        return _refused("Der er ikke plads nok i hukommelsen til filerne. Del dem op, og prøv igen.")
    except KeyboardInterrupt:
        return _refused("Stoppet, før resultatet var skrevet.")


def _parser() -> Parser:
    from tovholder.evidence.commands import audit, campaigns, code, indicator, opinion, release, suppress, verify

    parser = Parser(prog="python -m tovholder.evidence", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar=NAMES, required=True, parser_class=Parser)
    writing: tuple[tuple[str, Any], ...] = (
        ("opinion", opinion),
        ("campaigns", campaigns),
        ("code", code),
        ("indicator", indicator),
        ("suppress", suppress),
        ("release", release),
    )
    for name, module in writing:
        one = commands.add_parser(name, allow_abbrev=False)
        module.add_arguments(one)
        one.add_argument("--json", dest="out", metavar="--json UD.json", type=Path, required=True)
        one.set_defaults(run=module.run)
    for name, judging in (("audit", audit), ("verify", verify)):
        checking = commands.add_parser(name, allow_abbrev=False)
        judging.add_arguments(checking)
        checking.set_defaults(run=judging.run)
    return parser


def _refused(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2
