"""`verify`: a folder of case files with known answers, run against our own functions."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tovholder.evidence.commands.arguments import Wrong


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This will say what may be written after `verify`."""
    parser.add_argument("folder", metavar="MAPPE", type=Path)


def run(chosen: argparse.Namespace) -> int:
    """This will print a line for each case that fails, and how many passed; gives 1 when any failed. Raises Wrong with a sentence."""
    from tovholder.evidence.verifying.cases import Unusable, read_cases
    from tovholder.evidence.verifying.registry import adapters, run_all

    try:
        cases = read_cases(chosen.folder)
    except Unusable as sentence:
        raise Wrong(str(sentence)) from None
    passed, failed = run_all(cases, adapters())
    for one in failed:
        sys.stdout.write(f"{one}\n")
    sys.stdout.write(f"{passed} passed, {len(failed)} failed\n")
    return 1 if failed else 0
