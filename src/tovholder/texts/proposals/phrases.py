"""Names of initiatives, mottos people gather behind, and the themes a document says it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tovholder.texts.proposals.organisations import named_spans
from tovholder.texts.proposals.quotations import VERB
from tovholder.texts.proposals.sentences import LOWER, UPPER, quoted, sentence_at
from tovholder.texts.proposals.shapes import Phrase, Quotation

_L = f"{UPPER}{LOWER}"
_CUE = (
    rf"(?:[{_L}]*(?:projekt(?:et|er|erne)?|partnerskab(?:et|er|erne)?|program(?:met|mer|merne)?|initiativ(?:et|er|erne)?|indsats(?:en|"
    rf"er|erne)?|"
    r"kampagne(?:n|r|rne)?|forsøg(?:et)?|ordning(?:en)?|tilbud(?:det|dene)?|samarbejde(?:t)?|app(?:en)?|forløb(?:et)?|netværk(?:et)?))"
)
_LINK = (
    r"(?:(?:,? (?:som|ved navn|kaldet|der hedder|som hedder|med navnet|under navnet|hedder|såsom|bl\.a\.|blandt andet|f\.eks\.|fx|"
    r"med titlen))|(?: er| var)(?= [»“„”\"’‘]))?"
)
_NAMED = re.compile(rf"(?<![\w-])(?P<cue>{_CUE}){_LINK} (?=[»“„”\"’‘'{UPPER}])", re.IGNORECASE)
_CALLED = re.compile(r"(?:navnet|døbt|hedder|kaldes|kaldt|navngivet) (?=[»“„”\"’‘'])")
_LABELLED = re.compile(r"^\W*(?:projekt(?:navn|titel)?|initiativ|indsats|kampagne)(?:ets navn)?: (?P<name>.{3,80})$", re.IGNORECASE)
_STRICT = re.compile(r"(?:projekt|partnerskab|program|initiativ|indsats|kampagne|forsøg)\w*$", re.IGNORECASE)
_STOP = re.compile(
    r"(?: (?:er|har|havde|var|blev|bliver|skal|vil|kan|som|der|hvor|og|samt|får|fik|giver|viser|arbejder|samler|tilbyder|støtter|"
    r"hjælper|at|fra|til|med|hos|mellem|"
    r"begynder|starter|startede|kører|løber|sætter|går|gør|om|for|så|når|blandt)\b| (?:i|på|ved) (?=[A-ZÆØÅ0-9])|[.,:;!?()–»«”\"])"
)
_MOTTO_NOUN = r"(?:mantra|motto|devise|slogan|leveregel|ledetråd|parole|valgsprog|grundtanke|ledestjerne|overskrift)"
_MOTTO_AFTER = re.compile(
    rf"^,? (?:er|var|lyder|lød|blev|har været|står som)(?: \w+)*? (?:{_MOTTO_NOUN}|fundamentet|fundament)", re.IGNORECASE
)
_MOTTO_BEFORE = re.compile(
    rf"(?:ud fra|under|efter|med|som|er|var|lyder|følger)? ?(?:\b\w+ )?\b{_MOTTO_NOUN}(?:et|en|n)?(?: (?:er|var|lyder|lød|om|"
    rf"for [^.:]{{1,50}}? (?:er|var|lyder)|[^.:»”\"]{{0,50}}))?(?:,? at)?[:,]? ?[»“„”\"’‘]?$",
    re.IGNORECASE,
)
_DEVISE = re.compile(
    rf"\b{_MOTTO_NOUN}(?:et|en|n)?(?: [^.:»”\"]{{0,60}})?: ?(?P<motto>[{UPPER}][^.:»”\"]{{6,90}}?)(?=[.!]|$)", re.IGNORECASE
)
_FUNDAMENT = re.compile(
    rf"^(?P<mottos>[{UPPER}][^.,:]{{4,120}}?) (?:blev|bliver|er|var)\b[^.:]{{0,80}}?\b(?:slået fast|valgt|udnævnt|fremhævet|"
    rf"formuleret) (?:som|til) [^.]*?(?:fundament|{_MOTTO_NOUN}|pejlemærke|grundlag)",
    re.IGNORECASE,
)
_IS_MOTTO = re.compile(rf"^(?P<mottos>[{UPPER}][^.,:»”\"]{{4,90}}?) (?:er|var|lyder|lød|er blevet) (?:\w+ )?{_MOTTO_NOUN}(?:et|en|n)?\b")
_THEME_IS = re.compile(
    rf"^(?P<theme>[{UPPER}][^.,:;?]{{3,70}}?) (?:er|var|bliver|var også|er også) (?:også )?(?:overliggeren?|omdrejningspunktet|"
    rf"det (?:gennemgående|overordnede|bærende|fælles) tema|temaet|hovedtemaet|i fokus|på dagsordenen|i centrum|et (?:gennemgående|"
    rf"vigtigt|centralt) tema)\b"
)
_THEME_CUES = re.compile(
    r"(?:\b(?:lægger|lagde|lægges)(?: vi| de| den| det)? op til|\b(?:sætte[rs]?|satte|sat) (?:særligt |særlig |ekstra )?fokus på|"
    r"\bmed (?:særligt |særlig |ekstra )?fokus på|\b(?:hoved)?temae(?:t|r|rne)? (?:er|var|bliver)|\bsætte[rs] spot på|"
    r"\bhvad angår(?: både| såvel)?|\b(?:hoved)?tema(?:et|er|erne)?:|\b(?:pejlemærker|fokusområder|indsatsområder|hovedtemaer|"
    r"temaer)(?:ne)? er:?|\bindsatsområde(?:t|r|rne)?(?: er)?:|\bemne(?:t|r|rne)?:) (?:den |det |de )?(?P<theme>[^.:;?!»”\"()]{4,110})",
    re.IGNORECASE,
)
_THEME_END = re.compile(
    r",(?! )|, (?:som|der|så|hvor|men|når|at|og (?:at|vi|det))\b| (?:er|har|skal|vil|kan|blev|bliver|samt at|når|hvis|hvor|som|der|"
    r"ved at|for at|hos|fra)\b| (?:i|på) (?=[A-ZÆØÅ])"
)


def find_initiatives(paragraphs: Sequence[str]) -> list[Phrase]:
    """This will find named projects, programmes, partnerships and efforts, each once."""
    found: dict[str, Phrase] = {}
    for number, text in enumerate(paragraphs, 1):
        quotes = list(quoted(text))
        taken = named_spans(text)
        for _, close, inner, end in quotes:
            if re.match(r"-(?:projekt|initiativ|indsats|program|kampagne|partnerskab|metode)", text[close:]):
                found.setdefault(text[inner:end].casefold(), Phrase(paragraph=number, start=inner, end=end, text=text[inner:end]))
        labelled = _LABELLED.match(text)
        if labelled:
            name = labelled["name"].strip(' .»«”“"')
            found.setdefault(name.casefold(), Phrase(paragraph=number, start=labelled.start("name"), end=labelled.end("name"), text=name))
        for match in [*_NAMED.finditer(text), *(_CALLED.finditer(text) if re.search(_CUE, text, re.IGNORECASE) else ())]:
            for start, end in _names(text, match.end(), quotes, match.re is _NAMED and bool(_STRICT.search(match["cue"]))):
                name = text[start:end].strip(" ,.")
                if not any(begin <= start < finish for begin, finish in taken) and 2 < len(name) <= 80:
                    found.setdefault(name.casefold(), Phrase(paragraph=number, start=start, end=end, text=name))
    return list(found.values())


def _names(text: str, place: int, quotes: Sequence[tuple[int, int, int, int]], strict: bool) -> Iterator[tuple[int, int]]:
    inside = next((one for one in quotes if one[0] == place), None)
    while inside is not None:
        yield inside[2], inside[3]
        link = re.compile(r"(?:,| og|, og| samt) (?=[»“„”\"’‘'])").match(text, inside[1])
        inside = next((one for one in quotes if link and one[0] == link.end()), None)
    if (
        strict
        and place < len(text)
        and text[place].isupper()
        and not any(one[0] < place < one[1] for one in quotes if one[3] - one[2] < 60)
    ):
        stop = _STOP.search(text, place)
        end = stop.start() if stop else len(text)
        if len(text[place:end].split()) <= 7 and end > place + 2:
            yield place, end


def find_mottos(paragraphs: Sequence[str], quotations: Sequence[Quotation], named: Sequence[str]) -> list[Phrase]:
    """This will find mottos: introduced as one, or a quoted whole phrase that is neither said by someone nor a name."""
    found: dict[str, Phrase] = {}
    names = {name.casefold() for name in named}
    for number, text in enumerate(paragraphs, 1):
        for start, end, sure in _mottos(text):
            motto = text[start:end].strip(' ,.»«”“"')
            spoken = any(one.paragraph == number and one.start <= start < one.end for one in quotations)
            if not motto or (not sure and (spoken or motto.casefold() in names or any(motto.casefold() in name for name in names))):
                continue
            found.setdefault(motto.casefold(), Phrase(paragraph=number, start=start, end=end, text=motto))
    return list(found.values())


def _mottos(text: str) -> Iterator[tuple[int, int, bool]]:
    quotes = list(quoted(text))
    for outer, close, inner, end in quotes:
        words = text[inner:end].split()
        introduced = bool(_MOTTO_AFTER.match(text[close:]) or _MOTTO_BEFORE.search(text[:outer]))
        if not 2 <= len(words) <= 16:
            continue
        phrase = words[0][0].isupper() and 3 <= len(words) <= 10 and not text[inner:end].rstrip().endswith(("?", ","))
        around = text[max(0, outer - 60) : outer]
        titled = re.search(
            r"(?:titlen|temaet|projekt\w*|konference\w*|rapport\w*|overskriften|kaldet|navn\w*|hedder|film\w*|pjece\w*|bog\w*|artikl\w*|"
            r"workshop\w*|møde\w*|spor\w*|punkt\w*|\w*gruppe\w*|\w*plan\w*|\w*strategi\w*|\w*aftale\w*)[ :,]*$",
            around,
            re.IGNORECASE,
        )
        said = re.match(rf"\W*{VERB}\b", text[close:]) or re.search(rf"\b{VERB}\b[^.]*: ?$", around)
        if introduced or (phrase and not titled and not said and outer > 0):
            yield inner, end, introduced
    for match in _DEVISE.finditer(text):
        yield match.start("motto"), match.end("motto"), True
    fundament = _FUNDAMENT.match(text) or _IS_MOTTO.match(text)
    if fundament and not any(outer < fundament.end("mottos") for outer, *_ in quotes):
        start = 0
        for part in re.split(r"(?:,| og)(?= [A-ZÆØÅ])", fundament["mottos"]):
            at = text.index(part.strip(), start)
            yield at, at + len(part.strip()), True
            start = at + len(part.strip())


def find_themes(paragraphs: Sequence[str]) -> list[Phrase]:
    """This will find what a document says it is about; two joined adjectives give two themes."""
    found: dict[str, Phrase] = {}
    for number, text in enumerate(paragraphs, 1):
        opening = _THEME_IS.match(text)
        places = (
            [(opening.start("theme"), opening.end("theme"))]
            if opening and not re.match(r"(?:Det|Den|Der|Dette|Her|Som|Vi|Hvad)\b", text)
            else []
        )
        for match in _THEME_CUES.finditer(text):
            stop = _THEME_END.search(match["theme"])
            end = match.start("theme") + (stop.start() if stop else len(match["theme"]))
            _, sentence_end = sentence_at(text, match.start())
            places.append((match.start("theme"), min(end, sentence_end)))
        for outer, _, inner, end in quoted(text):
            if (
                re.search(r"\b(?:hoved)?temae?t?(?: i år| i dag)?(?: er| var| bliver)?:? $", text[:outer])
                and len(text[inner:end].split()) <= 10
            ):
                found.setdefault(text[inner:end].casefold(), Phrase(paragraph=number, start=inner, end=end, text=text[inner:end]))
        for start, end in places:
            for theme in _parts(text[start:end].strip(" ,.!"), ":" in text[max(0, start - 2) : start]):
                if (
                    not re.match(r"(?:at|hvordan|hvad|hvor|det|dette|alle|os|dem|en|et|flere|mere|mange|to|tre|nye?)\b", theme)
                    and len(theme.split()) <= 7
                ):
                    found.setdefault(theme.casefold(), Phrase(paragraph=number, start=start, end=end, text=theme))
    return list(found.values())


def _parts(theme: str, listed: bool) -> list[str]:
    joined = re.match(rf"(?P<one>[{LOWER}]+ede)-? og (?P<other>[{LOWER}]+ede) (?P<noun>[{LOWER}]+)$", theme)
    if joined:
        return [f"{joined[key].removesuffix('ede')}et {joined['noun']}" for key in ("one", "other")]
    if listed and "," in theme and not re.search(r"\w- og ", theme):
        return [re.sub(r"^(?:det|den|de) ", "", part.strip()) for part in re.split(r", | og (?=[^,]*$)", theme) if part.strip()]
    return [theme.split(",")[0]]
