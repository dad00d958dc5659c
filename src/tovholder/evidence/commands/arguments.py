"""What may be written on the command line, and what is said when it is something else."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

HELP = """\
Regn på stemmer, tekster og tal uden resten af Tovholder.

  python -m tovholder.evidence opinion STEMMER.csv --json UD.json
      [--sectors SEKTORER.csv] [--statements UDSAGN.csv] [--mode tovholder|polis] [--groups FIL]
      [--seed TAL] [--smallest 5] [--public] [--svg KORT.svg]
  python -m tovholder.evidence campaigns TEKSTER.csv --json UD.json
  python -m tovholder.evidence code TEKSTER.csv MÆRKATER.csv --json UD.json [--seed TAL] [--language da|en]
  python -m tovholder.evidence indicator MÅLINGER.csv --measure MÅL --json UD.json [--svg BILLEDE.svg]
      [--multiplier 100] [--conf 0,95] [--kind mean|rate|proportion|ratio] [--method METODE] [--vintage UDTRÆK]
      [--baseline 12|PERIODE] [--event PERIODE] [--rebase PERIODER] [--rules REGLER] …
      MÅL: proportion, rate, mean, dsr, isr, le, sii, rii, funnel, xmr, run, p, u, c, g, t, its …
  python -m tovholder.evidence suppress TABEL.csv --json UD.json [--threshold 5] [--zeros-small]
      [--criterion range|exact] [--objective cells|value] [--margins hideable|all|none] [--known TIDLIGERE.csv …]
  python -m tovholder.evidence audit TABEL.csv [--threshold 5] [--zeros-small] [--known TIDLIGERE.csv …] [--json UD.json]
  python -m tovholder.evidence release TAL.csv --by kommune,uddannelse --indicator KODE --period 2025 --numerator KOLONNE
      [--denominator KOLONNE] [--persons] --owner "DATAEJER" --json UD.json [--definition 1] [--unit pct.] [--per 100] [--rate]
      [--threshold 5] [--zeros-small] [--margins hideable|all|none] [--known TIDLIGERE.json …] [--allow-changes] [--key NØGLE]
  python -m tovholder.evidence verify MAPPE

Filernes kolonner og resultatets nøgler står i docs/reference/evidence.md.
"""
SEE = "Skriv python -m tovholder.evidence --help for at se, hvad du kan vælge."
LARGEST_SEED = 2**32 - 1
FEWEST, MOST = 3, 1000
_CHOICE = re.compile(r"invalid choice: ([\"'])(?P<written>.*)\1 \(choose from (?P<choices>.*)\)", re.DOTALL)


class Wrong(Exception):
    """A sentence about what was written on the command line."""


class Parser(argparse.ArgumentParser):
    """Speaks Danish, and lets the caller say the sentence."""

    def error(self, message: str) -> NoReturn:
        """This will raise Wrong."""
        raise Wrong(_danish(message))

    def print_help(self, file: object = None) -> None:
        """This will write how the command is used."""
        sys.stdout.write(HELP)


def seed_of(text: str) -> int:
    """This will read a seed; raises Wrong."""
    if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) > LARGEST_SEED:
        raise Wrong(f"--seed skal være et helt tal fra 0 til {LARGEST_SEED}, ikke »{text[:20]}«.")
    return int(text)


def smallest_of(text: str) -> int:
    """This will read the fewest people that may be shown together; raises Wrong."""
    if not text.isascii() or not text.isdigit() or len(text) > 6 or not FEWEST <= int(text) <= MOST:
        raise Wrong(f"--smallest skal være et helt tal fra {FEWEST} til {MOST}, ikke »{text[:20]}«.")
    return int(text)


def _danish(message: str) -> str:
    for english, danish in (("the following arguments are required: ", "Der mangler"), ("unrecognized arguments: ", "Vi kender ikke")):
        if message.startswith(english):
            return f"{danish} {message.removeprefix(english)}. {SEE}"
    name, _, rest = message.removeprefix("argument ").partition(": ")
    if choice := _CHOICE.fullmatch(rest):
        *most, last = (one.strip("'") for one in choice["choices"].split(", "))
        return f"Vi kender ikke »{choice['written'][:40]}«. Vælg {', '.join(most)} eller {last}. {SEE}"
    if rest.startswith("expected one argument"):
        return f"Der mangler noget efter {name.split('/')[0]}. {SEE}"
    return SEE
