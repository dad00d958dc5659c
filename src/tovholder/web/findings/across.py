"""What the figures of a map mean in words: one row for each statement, with its sentence and its sectors."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tovholder.base.written import list_of, number

# As they stand inside a sentence.
SECTOR_WORDS = {
    "citizen": gettext_lazy("borgere"),
    "municipality": gettext_lazy("kommuner"),
    "region": gettext_lazy("region og sygehus"),
    "practice": gettext_lazy("almen praksis"),
    "other": gettext_lazy("foreninger"),
}
# As they stand before a bar.
SHORT = {
    "citizen": gettext_lazy("Borgere"),
    "municipality": gettext_lazy("Kommuner"),
    "region": gettext_lazy("Region og sygehus"),
    "practice": gettext_lazy("Almen praksis"),
    "other": gettext_lazy("Foreninger"),
}
KINDS = {
    "agreement": gettext_lazy("enige"),
    "disagreement": gettext_lazy("uenige"),
    "dividing": gettext_lazy("delte"),
    "unsettled": gettext_lazy("uafgjort"),
    "too_early": gettext_lazy("for tidligt at sige"),
}
STATES = {
    "enough": gettext_lazy("spurgt nok"),
    "few": gettext_lazy("for få svar til at regne med"),
    "hidden": gettext_lazy("for få til at vise"),
    "not_asked": gettext_lazy("ikke spurgt endnu"),
}


@dataclass(frozen=True)
class Bar:
    """One sector's answers to one statement, as parts of a hundred; no parts when they may not be shown."""

    sector: str
    note: str
    parts: tuple[tuple[str, str, str], ...] = ()
    low: str = ""
    wide: str = ""
    share: str = ""

    @property
    def name(self):
        """The sector's short word, empty for a part that is no sector of ours."""
        return SHORT.get(self.sector, "")


@dataclass(frozen=True)
class Row:
    """One statement as a page shows it; `cells` are its sectors as the figures have them."""

    id: str
    text: str
    kind: str
    sentence: str
    missing: str
    cells: list
    total: dict | None
    together: dict | None
    side: str

    @property
    def bars(self):
        """Its sectors as bars, measured on the answer the sentence is about."""
        return [bar_of(cell, self.side) for cell in self.cells]


def side_of(figures):
    """This will return the answer that the sentence about a statement counts."""
    if figures["kind"] == "dividing" and figures["difference"]:
        return figures["difference"]["side"]
    return "disagree" if figures["kind"] == "disagreement" else "agree"


def bar_of(cell, side):
    """This will return one sector's answers as a bar; `side` is the answer the sentence is about."""
    if "asked" not in cell:
        return Bar(cell["sector"], state_word(cell["state"]))
    start, parts = 0.0, []
    for answer in ("agree", "pass", "disagree"):
        width = 100 * cell[answer] / cell["asked"]
        parts.append((answer, f"{start:.1f}", f"{width:.1f}"))
        start += width
    share, low, high = (100 * value for value in cell[f"{side}_share"])
    note = _("%(share)s af %(n)s er %(side)s") % {"share": percent(share / 100), "n": number(cell["asked"]), "side": _PLURAL[side]}
    from_left, to = (low, high) if side == "agree" else (100 - high, 100 - low)
    return Bar(cell["sector"], note, tuple(parts), f"{from_left:.1f}", f"{to - from_left:.1f}", percent(share / 100))


_PLURAL = {"agree": gettext_lazy("enige"), "disagree": gettext_lazy("uenige")}


def kind_word(kind):
    """This will say what kind of statement it is across sectors."""
    return str(KINDS[kind])


def state_word(state):
    """This will say whether a sector has been asked enough."""
    return str(STATES[state])


def table_of(row):
    """This will return one line for each sector, as a table shows it, and what must be counted together."""
    lines = []
    for cell in row.cells:
        if "asked" not in cell:
            lines.append((capital(word(cell["sector"])), "–", "–", "–", "–", state_word(cell["state"])))
            continue
        _share, low, high = cell["agree_share"]
        span = f"{round(100 * low)}–{round(100 * high)}"
        lines.append((capital(word(cell["sector"])), *(number(cell[name]) for name in ("asked", "agree", "pass", "disagree")), span))
    for label, cell in ((_("de skjulte sammen"), row.together), (_("alle"), row.total)):
        if cell:
            lines.append((capital(label), *(number(cell[name]) for name in ("asked", "agree", "pass", "disagree")), ""))
    return lines


def rows_of(found, kind):
    """This will return the rows of one kind, the strongest first; what may no longer be read is left out."""
    by_id, counting = {row["statement"]: row for row in found.live["statements"]}, counting_in(found)
    return [row_of(by_id[pk], found.texts[pk], counting) for pk in found.live[kind] if pk in found.texts]


def count_of(found, kind):
    """This will return how many statements that may be read are of a kind."""
    return sum(row["kind"] == kind and row["statement"] in found.texts for row in found.live["statements"])


def counting_in(found):
    """This will return the sectors that are large enough to be compared."""
    return {row["sector"] for row in found.live["sectors"]["sectors"] if row["counts"]}


def too_small_line(found):
    """This will say which sectors are present and too small to be compared."""
    names = [word(row["sector"]) for row in found.live["sectors"]["sectors"] if not row["counts"]]
    if not names:
        return ""
    words = {"sectors": list_of(names), "n": number(found.parameters["evidence"])}
    return _("Tæller ikke med i sammenligningen endnu, fordi færre end %(n)s har svaret: %(sectors)s.") % words


def row_of(figures, text, counting):
    """This will return one statement with its sentence; `counting` are the sectors that are compared."""
    return Row(
        id=figures["statement"], text=text, kind=figures["kind"], sentence=sentence_of(figures), missing=missing_in(figures, counting),
        cells=figures["sectors"], total=figures["total"], together=figures["together"],
        side=side_of(figures),
    )  # fmt: skip


def percent(share):
    """This will write a share as whole percent."""
    return _("%(n)s pct.") % {"n": number(round(share * 100))}


def percent_down(share):
    """This will write a lower bound as whole percent, never rounded up."""
    return _("%(n)s pct.") % {"n": number(int(share * 100 + 1e-9))}


def word(sector):
    """This will return a sector as it stands in a sentence; a name of another kind stands as it is."""
    return str(SECTOR_WORDS.get(sector, sector))


def sentence_of(figures):
    """This will say what the figures of one statement show, and nothing that rests on a hidden cell."""
    kind = figures["kind"]
    if kind == "agreement":
        if figures["agreement"] is None:
            return _("Et flertal er enigt i hver sektor, der er spurgt nok. Tallene er for små til at vise.")
        return _("Forsigtigt regnet er mindst %(share)s enige i hver sektor. Grænsen er lavest hos %(sector)s.") % {
            "share": percent_down(figures["agreement"]), "sector": word(figures["agrees_least"]),
        }  # fmt: skip
    if kind == "disagreement":
        if figures["disagreement"] is None:
            return _("Et flertal er uenigt i hver sektor, der er spurgt nok. Tallene er for små til at vise.")
        return _("Forsigtigt regnet er mindst %(share)s uenige i hver sektor. Grænsen er lavest hos %(sector)s.") % {
            "share": percent_down(figures["disagreement"]), "sector": word(figures["disagrees_least"]),
        }  # fmt: skip
    if kind == "dividing":
        return _divided(figures["difference"], figures["sectors"])
    if kind == "unsettled":
        return _("Hverken enighed eller en klar forskel mellem sektorerne.")
    return _("For tidligt at sige. Ikke alle sektorer er spurgt nok.")


def _divided(found, cells):
    if found is None:
        shown = sorted((cell["agree_share"][0], word(cell["sector"])) for cell in cells if cell["state"] == "enough")
        if len(shown) < 2:
            return _("Sektorerne svarer forskelligt. Tallene er for små til at vise.")
        (low, less), (high, more) = shown[0], shown[-1]
        ends = {"more": more, "high": percent(high), "less": less, "low": percent(low)}
        return _("Flest enige hos %(more)s (%(high)s), færrest hos %(less)s (%(low)s).") % ends
    size, low, high = (round(share * 100) for share in found["size"])
    words = {"more": word(found["more"]), "less": word(found["less"]), "size": number(size), "low": number(low), "high": number(high)}
    if found["side"] == "agree":
        return _("%(more)s er oftere enige end %(less)s. Forskellen er %(size)s procentpoint (%(low)s–%(high)s).") % _begun(words)
    return _("%(more)s er oftere uenige end %(less)s. Forskellen er %(size)s procentpoint (%(low)s–%(high)s).") % _begun(words)


def _begun(words):
    return words | {"more": capital(words["more"])}


def capital(text):
    """This will begin a cell or a sentence with a capital."""
    return text[:1].upper() + text[1:]


def missing_in(figures, counting):
    """This will say which of the sectors that are compared have not been asked enough."""
    names = [word(name) for name in figures["not_asked"] if name in counting]
    return _("Mangler svar fra: %(sectors)s.") % {"sectors": list_of(names)} if names else ""


def people_line(found):
    """This will say how many have answered."""
    people = found.live["sectors"]["total"]
    answers = number(found.live["votes"])
    if people is None:
        return _("For få har svaret til at vise noget endnu.")
    said = ngettext("%(people)s telefon har svaret %(answers)s gange.", "%(people)s telefoner har svaret %(answers)s gange.", people)
    return said % {"people": number(people), "answers": answers}
