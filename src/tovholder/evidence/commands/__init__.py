"""The command line of evidence: one command, one sentence when something is wrong, never a traceback over a stranger's file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tovholder.evidence.commands.arguments import Parser, Wrong
from tovholder.evidence.commands.writing import Unwritable
from tovholder.evidence.reading import Unreadable


def main(arguments: Sequence[str] | None = None) -> int:
    """This will run one command and give its exit code: 0 done, 2 a sentence on standard error."""
    try:
        chosen = _parser().parse_args(arguments)
        run: Callable[[Any], None] = chosen.run
        run(chosen)
    except (Wrong, Unreadable, Unwritable) as sentence:
        return _refused(str(sentence))
    except MemoryError:
        return _refused("Der er ikke plads nok i hukommelsen til filerne. Del dem op, og prøv igen.")
    except KeyboardInterrupt:
        return _refused("Stoppet, før resultatet var skrevet.")
    return 0


def _parser() -> Parser:
    from tovholder.evidence.commands import campaigns, code, opinion

    parser = Parser(prog="python -m tovholder.evidence", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="opinion, campaigns eller code", required=True, parser_class=Parser)
    for name, module in (("opinion", opinion), ("campaigns", campaigns), ("code", code)):
        one = commands.add_parser(name, allow_abbrev=False)
        module.add_arguments(one)
        one.add_argument("--json", dest="out", metavar="--json UD.json", type=Path, required=True)
        one.set_defaults(run=module.run)
    return parser


def _refused(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 2
