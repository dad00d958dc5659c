"""Conferences, meetings and other gatherings: what, where, when, and which series they belong to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tovholder.texts.proposals.bodies import body_spans
from tovholder.texts.proposals.dates import MONTHS, find_dates
from tovholder.texts.proposals.organisations import organisation_spans
from tovholder.texts.proposals.sentences import LOWER, UPPER, is_short_line, quoted, sentences
from tovholder.texts.proposals.shapes import Event

_L = f"{UPPER}{LOWER}"
_NOUNS = (
    r"konference|borgermøde|dialogmøde|høringsmøde|orienteringsmøde|informationsmøde|stormøde|årsmøde|topmøde|fyraftensmøde|"
    r"netværksmøde|temamøde|"
    r"udvalgsmøde|byrådsmøde|regionsrådsmøde|møde|temadag|temaaften|netværksdag|inspirationsdag|dialogdag|workshop|seminar|webinar|topmøde|"
    r"generalforsamling|repræsentantskabsmøde|symposium|folkemøde|paneldebat|debataften|festival|messe|indvielse|reception|camp|hackathon|"
    r"åbent hus|sundhedsdag|markering|træf|foredrag|kursus|åbning"
)
_NOUN = re.compile(
    rf"(?<![\w-])(?P<front>[{_L}]*?-?)(?P<noun>{_NOUNS})(?P<ending>n|en|et|r|er|rne|ne|erne|mer|"
    rf"t)?(?P<genitive>s)?(?: (?P<year>20\d\d))?(?![\w@-])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"\b(?:en|et|sin|sit|årets|dagens|vores|til|den|det) (?:(?:stor|stort|ny|nyt|fælles|åben|åbent|første|anden|årlige?t?|digitalt?|"
    r"tværsektorielt?|regionalt?|nationalt?|[a-zæøå]+sk|[a-zæøå]+e) )*$",
    re.IGNORECASE,
)
_SERIES = re.compile(
    rf"\b(?P<series>(?:årlig|halvårlig|månedlig|tilbagevendende|kvartalsvis)(?:e|t)? (?:[{LOWER}]+ )?[{LOWER}]*?(?:{_NOUNS})(?:r|er|"
    rf"række|rækken|serie)?)(?![\w-])",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r" (?:om|for|mod|(?<=åbningen )af) (?P<about>[^.,;:?!()–]+?)(?= (?:den(?= \d)|d\.|(?:på|i|ved|hos|til)(?= (?:[A-ZÆØÅ]|dag\b|aften|"
    r"morgen|\w*(?:huset|"
    r"salen|hallen|skolen|biblioteket)\b))|kl\.|fra|hvor|der|som|af|blev|er|har|skal|vil|samler|holdes|afholdes|finder|(?:man|tirs|ons|"
    r"tors|fre|lør|søn)dag) |[.,;:?!()–]|$)"
)
_CAP = rf"[{UPPER}][\w’'-]+"
_VENUE = (
    r"rådhuset|biblioteket|kulturhuset|medborgerhuset|sundhedshuset|forsamlingshuset|hospitalet|sygehuset|regionshuset|idrætshallen|hallen|"
    r"højskolen|gymnasiet|universitetet|borgerhuset|kommunekontoret|byrådssalen|kantinen|skolen"
)
_PLACE = re.compile(
    rf"\b(?:i|på|ved|hos) (?P<place>(?:[{_L}]*(?:{_VENUE})|{_CAP})(?: (?:{_CAP}|\d{{1,2}}\b|for|&|og(?= {_CAP}(?: |,|"
    rf"\.)(?!Kommune))))*(?: i {_CAP}(?! Kommune))?)"
)
_LABEL = re.compile(
    r"^\W*(?P<label>sted|mødested|lokale|hvor|tid og sted|tid|dato|mødedato|mødetid|tidspunkt|hvornår)\s*[:?]\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"^\W*(?:\w+ )?(?:referat|dagsorden|beslutningsprotokol)\b", re.IGNORECASE)
_DEADLINE = re.compile(r"(?:senest|frist(?:en)?|inden|tilmeld\w*|svar\w*)(?: \w+){0,3} ?(?:den|d\.)? ?$", re.IGNORECASE)
_TAKES_PLACE = re.compile(
    r"\b(?:afholde[srt]?|afholdt[e]?|holde[rs]|holdt|vært|inviterer|indbyder|inviteret|samle[rs]|samlede|mødtes|mødes|finder sted|"
    r"fandt sted|deltager? i|deltog|"
    r"åbne[rd]e?|tilmeld\w*|program|velkommen|arrangerer|arrangeret|løber af stablen|indkald\w*)\b",
    re.IGNORECASE,
)
_NOT_PLACES = {
    *(month.capitalize() for month in MONTHS),
    "Mandag",
    "Tirsdag",
    "Onsdag",
    "Torsdag",
    "Fredag",
    "Lørdag",
    "Søndag",
    "Danmark",
    "Folketinget",
}


@dataclass(frozen=True)
class _Mention:
    stem: str
    what: str
    weight: int
    event: Event
    indefinite: bool


def find_events(paragraphs: Sequence[str], on: date | None) -> list[Event]:
    """This will find the gatherings told of with a date, a place, a title or a subject; later mentions fill in earlier ones."""
    mentions: list[_Mention] = []
    titles = Counter(
        {
            title: sum(text.count(title) for text in paragraphs)
            for title in {text[inner:end].strip(" ,.") for text in paragraphs for _, _, inner, end in quoted(text)}
        }
    )
    series: list[tuple[str, int]] = []
    labels: list[tuple[int, date | None, str | None]] = []
    for number, text in enumerate(paragraphs, 1):
        series.extend((match["series"], number) for match in _SERIES.finditer(text))
        label = _LABEL.match(text)
        if label and len(text) < 200:
            labels.append((number, *_label(label, on)))
            continue
        if number <= 6 and is_short_line(text) and mentions and re.search(r"\bkl\. ?\d", text) and not _NOUN.search(text):
            below = paragraphs[number] if number < len(paragraphs) else ""
            where = below if is_short_line(below) and re.match(rf"[{UPPER}][^.?:]+$", below) and len(below.split()) <= 8 else None
            beside = re.search(rf"\bkl\. ?[\d.:]+(?: ?[-–] ?(?:kl\. ?)?[\d.:]+)?,? (?:i |på )?(?P<place>[{UPPER}].{{3,60}})$", text)
            labels.append((number, next((day for *_, day in find_dates(text, on)), None), beside["place"] if beside else where))
            continue
        for start, end in sentences(text):
            mentions.extend(_in_sentence(text, start, end, number, on, titles))
    merged = _merge(_with_labels(mentions, labels))
    merged = _from_minutes(paragraphs, on, labels, merged)
    return [
        _with_series(event, series) for event in merged if event.place or event.on or '"' in event.what or event.series or _is_hosted(event)
    ]


def _is_hosted(event: Event) -> bool:
    return bool(_TAKES_PLACE.search(event.text)) and " " in event.what


def _in_sentence(text: str, start: int, end: int, number: int, on: date | None, titles: Counter[str]) -> list[_Mention]:
    sentence = text[start:end]
    found: list[_Mention] = []
    nouns = [
        match
        for match in _NOUN.finditer(sentence)
        if not match["genitive"]
        and match["ending"] not in ("r", "er", "rne", "erne", "mer", "ne")
        and not (match["noun"].lower() == "møde" and match["front"].lower() in ("i", "for"))
    ]
    days = [(first, last, day) for first, last, day in find_dates(sentence, on) if not _DEADLINE.search(sentence[:first])]
    headed = is_short_line(text) and number <= 6 and bool(nouns)
    bodies = list(body_spans(sentence))
    for order, match in enumerate(nouns):
        after = match.end()
        until = nouns[order + 1].start() if order + 1 < len(nouns) else len(sentence)
        since = nouns[order - 1].end() if order else 0
        title = next(
            (
                sentence[inner:close].strip(" ,.")
                for outer, _, inner, close in quoted(sentence)
                if after <= outer <= after + 30
                and re.fullmatch(
                    r"[ ,:]*(?:med (?:titlen|overskriften|temaet)|under (?:titlen|overskriften)|kaldet|havde i år titlen|har titlen)?[ :]*",
                    sentence[after:outer],
                )
            ),
            None,
        )
        about = _ABOUT.match(sentence, after)
        place = _place(sentence, since if len(nouns) == 1 else match.start(), until)
        if about is None and place and place[1] >= after and re.fullmatch(r" (?:i|på|ved) ", sentence[after : place[0]]):
            about = _ABOUT.match(sentence, place[1])
        day = min(((abs(first - after), day) for first, _, day in days if since <= first < until or len(nouns) == 1), default=None)
        indefinite = bool(_ARTICLE.search(sentence[: match.start()]))
        word = match["front"] + match["noun"] + (match["ending"] or "")
        what = word + (f" {match['year']}" if match["year"] else "")
        if title:
            known = [spelling for spelling in titles if spelling.casefold() == title.casefold()]
            title = max(known, key=lambda spelling: (titles[spelling], spelling == title)) if known else title
            what = f'{what} "{title}"'
        elif owner := next((name for first, _, name in bodies if sentence[after:first] == " i "), None):
            what = f"{what} i {owner}"
        elif about and len(about["about"].split()) <= 10:
            what = f"{what} {sentence[about.start() + 1 : about.end()].strip()}"
        happens = bool(_TAKES_PLACE.search(sentence))
        if place and not (happens or day or title or place[0] - after <= 30):
            place = None
        weight = 4 * bool(title) + 2 * bool(place) + 2 * bool(day) + bool(about) + bool(happens) + bool(match["front"])
        if place or day or title or (about and happens and (indefinite or match["ending"])) or match["year"]:
            if match["noun"].lower() == "møde" and not (day or title) and not (place and happens):
                continue
            found.append(
                _Mention(
                    _stem(match),
                    what,
                    weight + headed,
                    Event(
                        paragraph=number,
                        start=start,
                        end=end,
                        text=sentence,
                        what=_lowered(what, match.start(), bool(title)),
                        place=place[2] if place else None,
                        on=day[1] if day else None,
                    ),
                    indefinite,
                )
            )
        elif match["ending"] or match["front"] or headed:
            found.append(
                _Mention(
                    _stem(match),
                    what,
                    0,
                    Event(paragraph=number, start=start, end=end, text=sentence, what=_lowered(what, 0 if headed else 1, False)),
                    indefinite,
                )
            )
    return found


def _stem(match: re.Match[str]) -> str:
    noun = match["noun"].lower()
    return "møde" if noun.endswith("møde") else noun


def _lowered(what: str, start: int, titled: bool) -> str:
    return what if start or titled or what[:2].isupper() else what[0].lower() + what[1:]


def _place(sentence: str, since: int, until: int) -> tuple[int, int, str] | None:
    taken = [(first, last) for first, last, *_ in organisation_spans(sentence)] + [(first, last) for first, last, _ in body_spans(sentence)]
    for match in _PLACE.finditer(sentence, since, until):
        place = match["place"].strip()
        first = match.start("place")
        covering = [(begin, finish) for begin, finish in taken if begin <= first < finish]
        hosts = any(re.search(r"(?:Sygehus|Hospital|hospital|Universitet|skole)", sentence[begin:finish]) for begin, finish in covering)
        if place.split()[0] in _NOT_PLACES or (covering and not hosts) or re.fullmatch(r"[A-ZÆØÅ]{2,5}", place):
            continue
        if sentence[:first].endswith(("ved ", "hos ")) and re.match(
            r" [A-ZÆØÅ]\w+ \(|, \w+(?:formand|direktør|mester)", sentence[match.end("place") :]
        ):
            continue
        return first, match.end("place"), place
    return None


def _label(label: re.Match[str], on: date | None) -> tuple[date | None, str | None]:
    value = label["value"].strip(" .")
    day = next((day for _, _, day in find_dates(value, on)), None)
    where = label["label"].lower() in ("sted", "mødested", "lokale", "hvor")
    if label["label"].lower() == "tid og sted" and "," in value:
        return day, value.rsplit(",", 1)[1].strip()
    return day, value if where else None


def _merge(mentions: Sequence[_Mention]) -> list[Event]:
    groups: list[tuple[str, list[_Mention]]] = []
    for mention in mentions:
        fits = next((group for stem, group in groups if stem == mention.stem and _agree(group, mention)), None)
        if fits is None:
            if mention.weight > 0:
                groups.append((mention.stem, [mention]))
        else:
            fits.append(mention)
    events: list[Event] = []
    for _, group in groups:
        best = max(group, key=lambda mention: mention.weight)
        events.append(
            replace(
                best.event,
                place=best.event.place or next((one.event.place for one in group if one.event.place), None),
                on=best.event.on or next((one.event.on for one in group if one.event.on), None),
            )
        )
    return events


def _agree(group: Sequence[_Mention], mention: _Mention) -> bool:
    for one in group:
        if one.event.on and mention.event.on and one.event.on != mention.event.on:
            return False
        if (
            one.event.place
            and mention.event.place
            and one.event.place not in mention.event.place
            and mention.event.place not in one.event.place
        ):
            return False
        titles = [re.findall(r'"([^"]+)"', spoken.what) for spoken in (one, mention)]
        if titles[0] and titles[1] and titles[0][0].casefold() != titles[1][0].casefold():
            return False
    return True


def _with_labels(mentions: list[_Mention], labels: Sequence[tuple[int, date | None, str | None]]) -> list[_Mention]:
    """Lines such as "Sted: …" and a line with day and hour tell of the first gathering named."""
    day = next((day for _, day, _ in labels if day), None)
    place = next((place for *_, place in labels if place), None)
    if not mentions or not (day or place) or (mentions[0].event.on and day and mentions[0].event.on != day):
        return mentions
    first = mentions[0]
    event = replace(first.event, on=first.event.on or day, place=place or first.event.place)
    return [replace(first, event=event, weight=max(first.weight, 1)), *mentions[1:]]


def _from_minutes(
    paragraphs: Sequence[str], on: date | None, labels: Sequence[tuple[int, date | None, str | None]], events: list[Event]
) -> list[Event]:
    """An agenda or minutes need not say "møde": the body and the day on top are enough."""
    top = list(enumerate(paragraphs[:6], 1))
    if not any(_MINUTES.match(text) for _, text in top) or any(event.paragraph <= 6 for event in events):
        return events
    owner = next(((number, start, end, name) for number, text in top for start, end, name in body_spans(text)), None)
    day = next((day for _, day, _ in labels if day), None) or next((day for _, text in top for *_, day in find_dates(text, on)), None)
    if owner is None or day is None:
        return events
    number, start, end, name = owner
    place = next((place for *_, place in labels if place), None)
    return [
        Event(paragraph=number, start=start, end=end, text=paragraphs[number - 1][start:end], what=f"møde i {name}", place=place, on=day),
        *(event for event in events if event.on != day),
    ]


def _with_series(event: Event, series: Sequence[tuple[str, int]]) -> Event:
    for words, _ in series:
        noun = re.search(rf"(?:{_NOUNS})", words, re.IGNORECASE)
        if noun and re.search(noun[0][-5:], event.what, re.IGNORECASE):
            return replace(event, series=re.sub(r"^((?:halv)?årlig|månedlig|tilbagevendende|kvartalsvis)e ", r"\1 ", words))
    return event
