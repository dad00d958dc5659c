"""Plans, agreements, strategies and reports that a document talks about, named in their basic form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tovholder.texts.proposals.sentences import LOWER, UPPER, quoted
from tovholder.texts.proposals.shapes import Document

_L = f"{UPPER}{LOWER}"
# Basic form, definite, plural, plural definite: a Danish compound ends in one of them.
_ENDINGS = {
    "plan": ("plan", "planen", "planer", "planerne"),
    "aftale": ("aftale", "aftalen", "aftaler", "aftalerne"),
    "strategi": ("strategi", "strategien", "strategier", "strategierne"),
    "politik": ("politik", "politikken", "politikker", "politikkerne"),
    "rapport": ("rapport", "rapporten", "rapporter", "rapporterne"),
    "redegørelse": ("redegørelse", "redegørelsen", "redegørelser", "redegørelserne"),
    "profil": ("profil", "profilen", "profiler", "profilerne"),
    "høringssvar": ("høringssvar", "høringssvaret", "høringssvar", "høringssvarene"),
    "program": ("program", "programmet", "programmer", "programmerne"),
    "køreplan": ("køreplan", "køreplanen", "køreplaner", "køreplanerne"),
    "vejledning": ("vejledning", "vejledningen", "vejledninger", "vejledningerne"),
    "udspil": ("udspil", "udspillet", "udspil", "udspillene"),
    "bekendtgørelse": ("bekendtgørelse", "bekendtgørelsen", "bekendtgørelser", "bekendtgørelserne"),
    "katalog": ("katalog", "kataloget", "kataloger", "katalogerne"),
    "budget": ("budget", "budgettet", "budgetter", "budgetterne"),
    "kontrakt": ("kontrakt", "kontrakten", "kontrakter", "kontrakterne"),
    "kommissorium": ("kommissorium", "kommissoriet", "kommissorier", "kommissorierne"),
}
_FORMS = {form: (name, number) for name, forms in _ENDINGS.items() for number, form in enumerate(forms)}
_PATTERN = "|".join(sorted(_FORMS, key=len, reverse=True))
_COMPOUND = re.compile(
    rf"(?<![\w-])(?P<front>(?:[{_L}]+-(?:, | og |"
    rf", og ))*[{_L}]{{3,}}?-?)(?P<ending>{_PATTERN})s?(?P<years> (?:20\d\d(?: ?[-–/] ?(?:20)?\d\d)?|Fyn))?(?![\w-])"
)
_FRONTS = {  # A programme of a day, a plan of hours and a price agreement are not documents one follows.
    "program": ("forløbs", "handlings", "lov", "behandlings", "udviklings", "arbejds", "rehabiliterings"),
    "profil": ("sundheds",),
    "plan": (),
    "budget": (),
}
_NOT = re.compile(
    r"^(?:tids|tele|stue|kælder|tag|etage|timer?|flyve|aero|inden|uden|skema|af|mad|tegnings|ko|ek|gade|by|side|grund|lejlighedsaf|sam|for|"
    r"mødes|mundtlige? af|forhånds|job|person|bruger|kunde|film|tv-|fest|konference|dags|møde|undervisnings|computer|antenne|lige)$",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    rf"\b(?:en|et|den|det|ny|nye) (?P<name>(?:(?:fælles|[{LOWER}]{{3,}}(?:sk|al|el|iel|lig)|fælles [{LOWER}]+) )+(?:vision|strategi|"
    rf"plan|aftale|politik|handleplan|erklæring|hensigtserklæring))(?![\w-])"
)
_TITLED = re.compile(
    r"(?<![\w-])(?:\w*(?:rapport|publikation|strategi|plan|pjece|bog|aftale|politik|notat|udspil|vejledning|vision|katalog)(?:en|et|met|"
    r"ken|len|n)?) ?(?:,|kaldet|med titlen|om)? ?$",
    re.IGNORECASE,
)


def find_documents(paragraphs: Sequence[str]) -> list[Document]:
    """This will find the documents talked about, each once, by its basic form; titles in quotation marks by their title."""
    found: dict[str, Document] = {}
    for number, text in enumerate(paragraphs, 1):
        spans = list(_in(text))
        for start, end, name, key in sorted(spans):
            if any(first <= start and end <= last and (first, last) != (start, end) for first, last, *_ in spans):
                continue
            found.setdefault(key, Document(paragraph=number, start=start, end=end, text=text[start:end], name=name))
    dated = {key.rsplit(" ", 1)[0] for key in found if re.search(r" 20\d\d", key)}
    return [document for key, document in found.items() if key not in dated]


def _in(text: str) -> Iterator[tuple[int, int, str, str]]:
    for match in _COMPOUND.finditer(text):
        front, (name, form) = match["front"], _FORMS[match["ending"].lower()]
        allowed = _FRONTS.get(name)
        if (
            _NOT.match(front)
            or (allowed and not front.lower().endswith(allowed))
            or front.lower().endswith(("lands", "eks"))
            and name == "plan"
        ):
            continue
        if match["years"]:
            whole = match[0].removesuffix("s")
            yield match.start(), match.end(), whole, f"{front}{name}{match['years']}".casefold()
            continue
        basic = _ENDINGS[name][0 if form < 2 else 2]
        lowered = (
            front
            if front[:2].isupper() or match.start() and front[0].isupper() and _is_name(text, match.start())
            else front[0].lower() + front[1:]
        )
        yield match.start(), match.end(), f"{lowered}{basic}", f"{front}{name}".casefold()
    for match in _PHRASE.finditer(text):
        yield match.start("name"), match.end("name"), match["name"], match["name"].casefold()
    for outer, close, inner, end in quoted(text):
        if _TITLED.search(text[max(0, outer - 50) : outer]) and len(text[inner:end].split()) <= 14:
            yield outer, close, text[inner:end].strip(" ,."), text[inner:end].strip(" ,.").casefold()


def _is_name(text: str, start: int) -> bool:
    return not re.search(r"(?:^|[.!?:»”\"•–-])\s*$", text[:start])
