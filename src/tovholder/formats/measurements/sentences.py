"""Why a cell was refused, in a sentence that names row and column and says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tovholder.texts.danish import number

LONGEST = 40
KINDS = {
    "ragged": "rækker med for mange felter",
    "merged": "tal i flettede celler",
    "number": "celler, der ikke er et tal",
    "formula": "formler",
    "rounded": "tal, regnearket har afkortet",
    "other way": "tal skrevet på en anden måde end resten",
    "large": "tal, der er for store",
    "date": "datoer, hvor der skal stå et tal",
    "error": "fejl fra regnearket",
    "without percent": "tal uden %, hvor resten har %",
    "with percent": "tal med %, hvor resten ikke har %",
    "negative": "negative antal",
    "no population": "rækker med hændelser, men uden befolkning",
    "share": "andele uden for 0 til 100",
    "limits": "grænser, der ikke ligger om værdien",
    "place missing": "rækker uden sted",
    "period missing": "rækker uden periode",
    "period": "perioder, vi ikke kan læse",
    "day": "datoer, vi ikke kan læse",
    "backwards": "perioder, der slutter, før de begynder",
    "group missing": "opdelinger uden gruppe",
    "breakdown missing": "grupper uden opdeling",
    "nothing": "rækker uden tal",
    "twin": "rækker, der står to gange",
}
_FIXED = {
    "merged": "Cellerne er flettet sammen. Del dem, og skriv tallet i hver række.",
    "formula": "»{found}« er en formel. Skriv tallet i stedet.",
    "rounded": "»{found}« er afkortet af regnearket. Vis hele tallet i cellen, og gem filen igen.",
    "large": "»{found}« er for stort til at være en måling. Tjek tallet.",
    "date": "»{found}« er en dato. Regnearket har nok lavet et tal om. Skriv tallet igen.",
    "error": "»{found}« er en fejl fra regnearket. Ret formlen, eller lad cellen være tom.",
    "without percent": "»{found}« står uden %, men resten af kolonnen har %. Skriv {found} %.",
    "with percent": "»{found}« står med %, men resten af kolonnen har det ikke. Skriv alle tal på samme måde.",
    "negative": "»{found}« er mindre end 0. Et antal kan ikke være negativt. Skriv det rigtige antal.",
    "no population": "Nævneren er 0, men tælleren er {told}. Skriv den rigtige nævner.",
    "share": "»{found}« kan ikke være en andel. En andel ligger mellem 0 og 100. Skriv den rigtige andel.",
    "limits": "Grænserne {told} ligger ikke om værdien {found}. Tjek de tre tal.",
    "place missing": "Cellen er tom. Skriv kommune, område eller part.",
    "period missing": "Cellen er tom. Skriv for eksempel 2024, 2024-05, maj 2024 eller 2024-K2.",
    "period": "»{found}« kan vi ikke læse som en periode. Skriv for eksempel 2024, 2024-05, maj 2024 eller 2024-K2.",
    "day": "»{found}« kan vi ikke læse som en dato. Skriv for eksempel 31-12-2024.",
    "backwards": "Perioden slutter, før den begynder. Tjek de to datoer.",
    "group missing": "Opdelingen er »{found}«, men gruppen er tom. Skriv gruppen.",
    "breakdown missing": "Gruppen er »{found}«, men opdelingen er tom. Skriv opdelingen.",
    "nothing": "Rækken har ingen tal. Skriv et tal, eller slet rækken.",
    "twin": "Rækken handler om det samme som række {told}. Slet den ene.",
    "ragged": "Rækken har {found} felter, men der er kun {told} overskrifter. Sæt anførselstegn om tekst med skilletegn i.",
}
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", ";": ",", ":": ",", "'": "", "´": "", "`": "", "_": ""})
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_ERRORS = re.compile(r"#[A-Za-z0-9/_!?]+")


@dataclass(frozen=True)
class Refused:
    """A refused cell: the row as the spreadsheet shows it (columns are empty when the whole row is meant), and the sentence to show."""

    row: int
    column: str
    found: str
    kind: str
    sentence: str


def refused(row: int, column: str, found: str, kind: str, told: str) -> Refused:
    """This will write the sentence for one refused cell."""
    shown = found if len(found) <= LONGEST else f"{found[: LONGEST - 1]}…"
    if kind == "number" and _ERRORS.fullmatch(found):
        kind = "error"
    where = f"Række {row}, »{column}«" if column else f"Række {row}"
    return Refused(row, column, shown, kind, f"{where}: {_reason(shown, kind, told)}")


def rest_of(counts: Mapping[str, int]) -> str:
    """This will say how many of each kind were not listed, or nothing when all were."""
    parts = [f"{number(count)} {KINDS[kind]}" for kind, count in counts.items() if count > 0]
    return f"Desuden: {'; '.join(parts)}." if parts else ""


def _reason(found: str, kind: str, told: str) -> str:
    if kind == "number":
        return f"»{found}« kan vi ikke læse som et tal. {_instead(found)}"
    if kind == "other way":
        sign, rest = ("komma", "punktum") if told == "english" else ("punktum", "komma")
        clean = found.replace(".", "|").replace(",", ".").replace("|", ",")
        return f"»{found}« er skrevet med {sign}, hvor resten af kolonnen har {rest}. Skriv {clean}."
    return _FIXED[kind].format(found=found, told=told)


def _instead(found: str) -> str:
    guess = found.translate(_LOOKALIKES).replace(" ", "")
    if guess != found and _NUMBER.fullmatch(guess):
        return f"Skriv {guess}."
    return "Skriv tallet med cifre, for eksempel 12,3."
