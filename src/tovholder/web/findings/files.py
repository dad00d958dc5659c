"""The figures of a map as files: the same that the page shows, small cells left out."""

import json

from django.utils.translation import gettext as _

from . import across

_NUMBERS = ("asked", "agree", "pass", "disagree")


def csv_rows(found):
    """This will return headers and one row for each statement and sector, and one for each statement in all."""
    headers = [
        _("Udsagn"), _("Tekst"), _("Slags"), _("Sektor"), _("Svar"), _("Enige"), _("Ved ikke"), _("Uenige"), _("Andel enige"), _("Fra"),
        _("Til"), _("Note"),
    ]  # fmt: skip
    rows = []
    for row in found.live["statements"]:
        if row["statement"] not in found.texts:
            continue
        first = [row["statement"], found.texts[row["statement"]], across.capital(across.kind_word(row["kind"]))]
        for cell in row["sectors"]:
            named, state = across.capital(across.word(cell["sector"])), across.capital(across.state_word(cell["state"]))
            rows.append([*first, named, *_numbers(cell), *_shares(cell), state])
        note = "" if row["total"] else across.capital(across.state_word("hidden"))
        rows.append([*first, _("I alt"), *_numbers(row["total"]), "", "", "", note])
    return headers, rows


def _numbers(cell):
    return [cell[name] if cell and name in cell else None for name in _NUMBERS]


def _shares(cell):
    return [f"{share:.3f}".replace(".", ",") for share in cell["agree_share"]] if "agree_share" in cell else ["", "", ""]


def json_of(found):
    """This will return a map's figures as JSON text after evidence's published schema; what is no longer shown is left out."""
    told = without({**found.figures, **found.live}, found.texts)
    told["statements"] = [{**row, "text": found.texts[row["statement"]]} for row in told["statements"]]
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)


def without(figures, texts):
    """This will return figures without rows about statements that may no longer be read."""
    if isinstance(figures, dict):
        return {name: without(value, texts) for name, value in figures.items()}
    if isinstance(figures, list):
        kept = [row for row in figures if not (isinstance(row, dict) and "statement" in row and row["statement"] not in texts)]
        return [without(row, texts) for row in kept if not (isinstance(row, str) and len(row) == 26 and row not in texts)]
    return figures
