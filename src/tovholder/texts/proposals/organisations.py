"""Organisations: regions, municipalities, authorities, associations; also when said with other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tovholder.texts.proposals.bodies import body_spans
from tovholder.texts.proposals.sentences import LOWER, UPPER
from tovholder.texts.proposals.shapes import KnownParty, Organisation, OtherWords

_CAP = rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)*"
_TOWN = rf"(?:(?:Sønder|Nørre|Vester|Øster|Store|Lille|Høje|Gammel|Ny) )?{_CAP}"
_NOT_TOWNS = {
    "Den",
    "Det",
    "De",
    "Hver",
    "En",
    "Vores",
    "Deres",
    "Alle",
    "Ingen",
    "Ny",
    "Din",
    "Min",
    "Hvilken",
    "Og",
    "Som",
    "Fra",
    "Til",
    "For",
    "Med",
    "Ved",
    "Danske",
    "Region",
    "Kommune",
    "Kommunes",
    "Kommunens",
    "Regionens",
    "Byens",
    "Danmarks",
    "Europas",
    "Landets",
    "Formand",
    "Borgmester",
    "Viceborgmester",
    "Direktør",
}
_REGION = re.compile(rf"\bRegions? (?P<name>{_CAP})(?![\w-])")
_MUNICIPALITY = re.compile(rf"(?<![\w-])(?P<name>{_TOWN}) [Kk]ommunes?\b")
_MUNICIPALITIES = re.compile(rf"(?<![\w-])(?P<names>{_TOWN}(?:, {_TOWN})*,? og {_TOWN}) [Kk]ommuner(?:ne)?\b")
_MAYOR = re.compile(
    rf"(?<![\w-])(?:(?P<genitive>{_TOWN}(?:s|'|’)) (?:nye |kommende |tidligere )?(?:vice|over)?borgmester|"
    rf"(?:[Vv]ice|[Oo]ver)?[Bb]orgmester(?:en)? i (?P<town>{_TOWN}(?! Kommune| kommune)))(?![\w-])"
)
_TAIL = (
    r"(?:Universitetshospital|Universitet|Hospital|Sygehus|Psykiatrihospital|Regionshospital|Fonden|Foreningen|Forbund|Forbundet|Netværket|"
    r"Institut|Selskab|Sygeplejeråd|Forening|Professionshøjskole|A/S|ApS)"
)
_OTHERS = re.compile(
    rf"(?<![\w-])(?:Danske {_CAP}|Dansk (?:{_CAP} ?)+(?:for (?:{_CAP} ?)+)?|(?:{_CAP} )+{_TAIL}|(?:Sygehus|Hospitalsenhed(?:en)?|"
    rf"Regionshospital(?:et)?|"
    rf"Psykiatrien i|Foreningen|Fonden|Lægemiddelstyrelsen) {_CAP}|[{UPPER}][{LOWER}]{{3,}}(?:styrelsen|ministeriet)|"
    rf"[{UPPER}][\w]{{3,}}(?:foreningen|forbundet|fonden|[Nn]etværket|organisationerne)(?: Danmark)?|"
    r"KL|FOA|PLO|VIVE|DSR|DSAM|Ældre Sagen|Røde Kors|Kræftens Bekæmpelse|Hjerteforeningen|Lægeforeningen)s?(?![\w-])"
)
_PARTIES = re.compile(
    r"\b(?:Radikale Venstre|Socialdemokratiet|Socialdemokraterne|Socialistisk Folkeparti|(?:Det )?Konservative Folkeparti|"
    r"Dansk Folkeparti|Enhedslisten|"
    r"Liberal Alliance|Moderaterne|Danmarksdemokraterne|Alternativet|(?<=for )Venstre|(?<=fra )Venstre)\b"
)
_GROUP = re.compile(
    rf"\b(?:de (?P<count>\d{{1,2}}|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tretten|fjorten|femten|"
    rf"seksten|sytten|atten|nitten) kommuner|"
    rf"(?:alle )?kommunerne i (?P<region>Region {_CAP}))(?![\w-])",
    re.IGNORECASE,
)
_COUNTED = "to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten"
_WORDS = {word: number for number, word in enumerate(_COUNTED.split(), 2)}


def organisation_spans(text: str) -> Iterator[tuple[int, int, str, str]]:
    """This will give start, end, name and kind of every organisation named in a paragraph."""
    for match in _REGION.finditer(text):
        name = match["name"]
        yield match.start(), match.end(), f"Region {name.removesuffix('s')}", "region"
    taken: list[tuple[int, int]] = []
    for match in _MUNICIPALITIES.finditer(text):
        taken.append(match.span())
        for town in re.split(r",? og |, ", match["names"]):
            at = text.index(town, match.start())
            if town not in _NOT_TOWNS:
                yield at, at + len(town), f"{town} Kommune", "municipality"
    for match in _MUNICIPALITY.finditer(text):
        if match["name"] not in _NOT_TOWNS and not any(start <= match.start() < end for start, end in taken):
            yield match.start(), match.end(), f"{match['name']} Kommune", "municipality"
    for match in _PARTIES.finditer(text):
        yield match.start(), match.end(), match[0], "party"
    for match in _OTHERS.finditer(text):
        name = match[0].strip()
        if (
            name.endswith("s")
            and not name.endswith(("Kommunes", "ss"))
            and re.search(
                r"(?:styrelsen|ministeriet|foreningen|forbundet|fonden|[Nn]etværket|^KL|^FOA|^Danske \w+er|organisationerne)s$", name
            )
        ):
            name = name[:-1]
        yield match.start(), match.start() + len(match[0].rstrip()), name, "other"


def named_spans(text: str) -> list[tuple[int, int]]:
    """This will give start and end of every organisation and body named in a paragraph."""
    organisations = [(start, end) for start, end, _, _ in organisation_spans(text)]
    return sorted([*organisations, *((start, end) for start, end, _ in body_spans(text))])


def find_organisations(
    paragraphs: Sequence[str], parties: Sequence[KnownParty], on: date | None
) -> tuple[list[Organisation], list[OtherWords]]:
    """This will find organisations, each once, and the places where one is said with other words."""
    found: dict[str, Organisation] = {}
    other: dict[tuple[str, str], OtherWords] = {}
    regions = [name for text in paragraphs for _, _, name, kind in organisation_spans(text) if kind == "region"]
    main = max(set(regions), key=regions.count) if regions else ""
    for number, text in enumerate(paragraphs, 1):
        here: list[tuple[int, int, str, str]] = [*organisation_spans(text), *_known(text, parties)]
        if number > 1 and paragraphs[number - 2].strip(" :").lower() == "organisation" and 0 < len(text) < 80:
            here.append((0, len(text), text.strip(), "municipality" if text.endswith("Kommune") else "other"))
        for match in _MAYOR.finditer(text):
            town = match["town"] or re.sub(r"(?:s|'|’)$", "", match["genitive"])
            if town in _NOT_TOWNS or (match["genitive"] or "") in _NOT_TOWNS:
                continue
            here.append((match.start(), match.end(), f"{town} Kommune", "municipality"))
            known = _party(f"{town} Kommune", parties, on)
            name = known.name if known else f"{town} Kommune"
            other.setdefault((name, match[0]), OtherWords(paragraph=number, start=match.start(), end=match.end(), text=match[0], name=name))
        for match in re.finditer(rf"\b[Bb]orgmester i (?P<name>{_CAP}) Kommune\b", text):
            name = f"{match['name']} Kommune"
            other.setdefault((name, match[0]), OtherWords(paragraph=number, start=match.start(), end=match.end(), text=match[0], name=name))
        for match in _GROUP.finditer(text):
            count = match["count"]
            region = match["region"] or main
            if region:
                name = f"|{region}|{int(count) if count and count.isdigit() else _WORDS.get((count or '').lower(), 0)}"
                other.setdefault(
                    (region, match[0]), OtherWords(paragraph=number, start=match.start(), end=match.end(), text=match[0], name=name)
                )
        for start, end, name, kind in sorted(here):
            party = _party(name, parties, on)
            proper = party.name if party else _same(name, found)
            if proper not in found:
                found[proper] = Organisation(
                    paragraph=number,
                    start=start,
                    end=end,
                    text=text[start:end],
                    name=proper,
                    kind=party.kind if party and party.kind else kind,
                    valid=party.is_valid(on) if party else None,
                )
    return list(found.values()), _groups(list(other.values()))


def _groups(other: list[OtherWords]) -> list[OtherWords]:
    counts: dict[str, str] = {}
    for one in other:
        if one.name.startswith("|"):
            _, region, count = one.name.split("|")
            if count != "0":
                counts[region] = count
    named: list[OtherWords] = []
    for one in other:
        name = one.name
        if name.startswith("|"):
            region = name.split("|")[1]
            name = f"the {counts[region]} municipalities of {region}" if region in counts else f"the municipalities of {region}"
        named.append(OtherWords(paragraph=one.paragraph, start=one.start, end=one.end, text=one.text, name=name))
    return named


def _known(text: str, parties: Sequence[KnownParty]) -> Iterator[tuple[int, int, str, str]]:
    for party in parties:
        for name in (party.name, *party.aliases):
            if len(name) > 1 and name in text:
                for match in re.finditer(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", text):
                    yield match.start(), match.end(), party.name, party.kind or "other"


def _party(name: str, parties: Sequence[KnownParty], on: date | None) -> KnownParty | None:
    short = name.removesuffix(" Kommune")
    wanted = {
        form.casefold()
        for form in (name, f"{short}s Kommune" if name != short else name, f"{short.removesuffix('s')} Kommune" if name != short else name)
    }
    same = [party for party in parties if {form.casefold() for form in (party.name, *party.aliases)} & wanted]
    return next((party for party in same if party.is_valid(on)), same[0] if same else None)


def _same(name: str, found: dict[str, Organisation]) -> str:
    """A genitive town may carry its s or not: what was found first names it."""
    short = name.removesuffix(" Kommune")
    if name != short:
        for form in (name, f"{short}s Kommune", f"{short.removesuffix('s')} Kommune"):
            if form in found:
                return form
    return name
