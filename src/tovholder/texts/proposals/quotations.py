"""Quotations: what is said, by whom, in which office. Danish marks them with a dash, with »…«, "…" or ”…”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tovholder.texts.proposals.people import Mention, People
from tovholder.texts.proposals.sentences import DASH, LOWER, UPPER, quoted, sentence_at, sentences
from tovholder.texts.proposals.shapes import Quotation

VERB = (
    r"(?:siger|sagde|udtaler|udtalte|mener|mente|fortæller|fortalte|lyder(?: det| budskabet| opfordringen| beskeden)?(?: fra)?|"
    r"lød(?: det)?(?: fra)?|"
    r"understreger|understregede|forklarer|forklarede|tilføjer|tilføjede|påpeger|påpegede|pointerer|pointerede|fremhæver|fremhævede|"
    r"konstaterer|"
    r"konstaterede|vurderer|vurderede|slår|slog|fastslår|fastslog|supplerer|supplerede|uddyber|uddybede|fortsætter|fortsatte|opfordrer|"
    r"opfordrede|"
    r"lover|lovede|svarer|svarede|spørger|spurgte|skriver|skrev|oplyser|oplyste|bemærker|bemærkede|erklærer|erklærede|advarer|advarede|"
    r"opsummerer|afslutter|afsluttede|indrømmer|erkender|erkendte|beretter|kommenterer|sammenfatter|konkluderer|konkluderede|gentager|"
    r"anfører|bekræfter|begrunder|indleder|indledte|siges det|glæder sig|udbryder|husker|ifølge|råder)"
)
_AFTER = re.compile(
    rf"(?P<lead>[,.!?»«”“\"’…]|^|(?<=[»«”“\"’]))\s*[-–—]?\s*(?:(?:sådan|det|således) )?(?P<verb>{VERB})\b(?! (?:jeg|vi|du|man|at|om)\b)"
)
_VERB = re.compile(rf"(?<![\w-])(?P<verb>{VERB})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\s*(?:han|hun|hende|ham|vedkommende)\b", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\s*(?P<office>(?:\w*borgmester|\w*formand|\w*direktør|\w*minister|\w*ordfører|\w*rådmand|\w*forkvinde|generalsekretær|rektor))en\b",
    re.IGNORECASE,
)
_WORD = re.compile(rf"\s*(?:[{LOWER}]+ ){{0,3}}(?P<word>[{UPPER}][{LOWER}-]+)(?= *(?:[.,:;!?]|$|\([A-ZÆØÅ]|og\b|til\b|i\b|om\b|videre\b))")
_AFTER_TITLE = re.compile(rf"^\s*(?:det fra |fra |den |det )?(?P<title>[{LOWER}][{LOWER}-]+(?: [{LOWER}-]+){{0,3}}) $")
_ADVERBS = re.compile(r"^(?:videre|også|blandt andet|desuden|derfor|ifølge|fast|hun|han|til|og|en glad|tilfreds)\b ?")
_SOMEONE = re.compile(
    rf"\s*(?P<who>(?:en|et|to|tre|flere|den|én)(?: (?:af )?[{LOWER}-]+){{1,4}}?)(?=[.,:;]|$| på \d| fra | som | der | i )"
)
_AS_SAID = re.compile(
    rf"\s*,?\s*som (?P<who>en [{LOWER}-]+(?: [{LOWER}-]+)?|[{UPPER}][^,.;:]{{3,60}}?) (?:udtrykker|udtrykte|siger|sagde|formulerer|"
    rf"formulerede|siger) det\b"
)
_CALLS = re.compile(r"\b(?:kalder|kaldte|betegner|beskriver|peger på|pegede på)\b")
_TOO_FAR = 140


@dataclass(frozen=True)
class _Said:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Speaker:
    name: str | None
    roles: tuple[str, ...] = ()
    letter: str | None = None
    title: str | None = None
    end: int = 0


def find_quotations(paragraphs: Sequence[str], people: People) -> list[Quotation]:
    """This will find the quotations of a document; a speaker without a stated public office is held back."""
    found: list[Quotation] = []
    last: _Speaker | None = None
    last_paragraph = -9
    for number, text in enumerate(paragraphs, 1):
        here: list[tuple[_Said, _Speaker]] = []
        before = paragraphs[number - 2] if number > 1 else ""
        follower = paragraphs[number] if number < len(paragraphs) else ""
        announced = _announced(before, number - 1, people)
        goes_on = last if last_paragraph == number - 1 else None
        if DASH.match(text):
            here = _dashed(text, number, people, last, announced, goes_on, follower)
        if not here:
            here = _marked(text, number, people, last, announced, goes_on, follower)
        if not here:
            here = _labelled(text, number, people)
        for said, speaker in here:
            found.append(_quotation(number, said, speaker, people))
            last, last_paragraph = speaker, number
    return found


def _dashed(
    text: str, number: int, people: People, last: _Speaker | None, announced: _Speaker | None, goes_on: _Speaker | None, follower: str
) -> list[tuple[_Said, _Speaker]]:
    opening = DASH.match(text)
    start = opening.end() if opening else 0
    for match in _AFTER.finditer(text, start + 1):
        speaker = _speaker_after(text, match.end("verb"), number, people, last)
        if speaker is None:
            continue
        end = match.start("lead") + (1 if match["lead"] in '!?»«”“"’…' else 0)
        rest = _rest(text, max(speaker.end, match.end()))
        said = _clean(text[start:end])
        if rest and not _is_about(text[rest:], people):
            more = _clean(re.sub(r"^\s*[-–—]\s*", "", text[rest:]))
            return [(_Said(start, len(text), f"{said} {_without_attribution(more, people, number)}"), speaker)]
        return [(_Said(start, end, said), speaker)]
    whole = _Said(start, len(text), _clean(text[start:]))
    if announced is not None:
        return [(whole, announced)]
    if len(text.split()) < 5 or text.rstrip()[-1] not in ".!?":
        return []
    if goes_on is not None:
        # In an interview the question has a dash too, and is not said by the one who answers.
        asked = all(text[first:last].rstrip().endswith("?") for first, last in sentences(text))
        return [] if asked else [(whole, goes_on)]
    if DASH.match(follower):
        later = _dashed(follower, number + 1, people, last, None, None, "")
        return [(whole, later[0][1])] if later and len(text) > 60 else []
    return []


def _without_attribution(text: str, people: People, number: int) -> str:
    match = next(
        (
            match
            for match in _AFTER.finditer(text, 1)
            if _speaker_after(text, match.end("verb"), number, people, None) or _PRONOUN.match(text, match.end("verb"))
        ),
        None,
    )
    return text[: match.start("lead")] if match else text


def _rest(text: str, place: int) -> int:
    """Where the quotation takes up again after "siger X." or "siger X og tilføjer:"; 0 when it does not."""
    stop = re.compile(r"(?:[.!?](?=\s|$)|:)\s*").search(text, place)
    return stop.end() if stop and stop.end() < len(text) and stop.end() - place < 200 else 0


def _is_about(rest: str, people: People) -> bool:
    first = rest[: sentence_at(rest, 0)[1]]
    return bool(re.match(rf"(?:Han|Hun|Det)\b.{{0,40}}?\b{VERB}\b", first)) or any(
        first.startswith(mention.name) for mention in people.mentions
    )


def _marked(
    text: str, number: int, people: People, last: _Speaker | None, announced: _Speaker | None, goes_on: _Speaker | None, follower: str
) -> list[tuple[_Said, _Speaker]]:
    spoken: list[tuple[_Said, _Speaker]] = []
    after_attribution = 0
    for outer, close, inner, end in quoted(text):
        said = _Said(inner, end, _clean(text[inner:end]))
        words = len(said.text.split())
        if words < 3:
            continue
        right = re.compile(rf"\s*[,.]?\s*[-–—]?\s*(?:(?:sådan|det|således) )?(?P<verb>{VERB})\b", re.IGNORECASE).match(text, close)
        speaker = _speaker_after(text, right.end(), number, people, last) if right else _as_said(text, close, number, people)
        if (
            speaker is None
            and spoken
            and after_attribution
            and re.fullmatch(
                r"[\s.,]*(?:og )?(?:(?:tilføjer|fortsætter|slutter|siger|uddyber|supplerer)(?: \w+){0,2}:?)?[\s.:,–-]*",
                text[after_attribution:outer],
            )
        ):
            earlier, speaker = spoken.pop()
            spoken.append((_Said(earlier.start, end, f"{earlier.text} {said.text}"), speaker))
            after_attribution = _attribution_end(text, close) if right else close
            continue
        if speaker is None:
            speaker = _speaker_before(text, outer, number, people, last)
            if speaker is not None and words < 4 and not text[:outer].rstrip().endswith(":"):
                speaker = None
        alone = not text[:outer].strip(" -–—") and not text[close:].strip(" .,")
        if speaker is None and alone and words >= 4:
            speaker = announced or _signed(follower, number + 1, people) or goes_on
        if speaker is None:
            continue
        after_attribution = max(speaker.end, close)
        spoken.append((said, speaker))
    return spoken


def _as_said(text: str, place: int, number: int, people: People) -> _Speaker | None:
    match = _AS_SAID.match(text, place)
    if match is None:
        return None
    mention = next((one for one in people.mentions if one.paragraph == number and match.start("who") <= one.start < match.end("who")), None)
    if mention:
        return _of(mention, people, match.end())
    return _Speaker(None, (), None, match["who"].removeprefix("en "), match.end()) if match["who"].startswith("en ") else None


def _attribution_end(text: str, place: int) -> int:
    stop = re.compile(r"[.:](?=\s|$)").search(text, place)
    return stop.end() if stop else len(text)


def _labelled(text: str, number: int, people: People) -> list[tuple[_Said, _Speaker]]:
    """An interview or a verbatim record: the name, a colon, and what was said."""
    match = re.match(
        rf"(?P<name>[{UPPER}][\w.-]+(?: [{UPPER}][\w.-]+){{1,4}})(?: \([A-ZÆØÅ]{{1,2}}\))?: (?P<said>[{UPPER}»”\"].{{25,}})$", text
    )
    if not match or not any(mention.name == match["name"] and mention.sure for mention in people.mentions):
        return []
    if not re.search(r"[.!?»”\"]$", text):
        return []
    speaker = _named(people, match["name"], number, 0, match.end("name"))
    return [(_Said(match.start("said"), len(text), _clean(match["said"])), speaker)]


def _announced(before: str, number: int, people: People) -> _Speaker | None:
    """A paragraph that ends in a colon and names who speaks announces the next one."""
    if not before.rstrip().endswith(":"):
        return None
    start, _ = sentence_at(before, max(len(before.rstrip()) - 2, 0))
    return (
        _speaker_before(before, len(before), number, people, None)
        if _VERB.search(before, start)
        or any(mention.paragraph == number and mention.start >= start and mention.roles for mention in people.mentions)
        else None
    )


def _signed(follower: str, number: int, people: People) -> _Speaker | None:
    """A quotation may be signed in the next paragraph: "siger NAME", "Sådan siger NAME" or just the name and the office."""
    if len(follower) > 160 or re.search(r"[.!?] +[A-ZÆØÅ]", follower):
        return None
    verb = re.match(rf"\W*(?:(?:sådan|det|således|ordene kommer fra) ?)?(?P<verb>{VERB})?\b", follower, re.IGNORECASE)
    mention = next((mention for mention in people.mentions if mention.paragraph == number), None)
    if mention is None or not (mention.start <= (verb.end() if verb else 0) + 60):
        return None
    said_so = bool(verb and verb["verb"] and verb["verb"].lower() != "ifølge")
    lone = not follower[: mention.start].strip(" -–—") and len(follower) < 110 and bool(mention.roles or len(follower) <= mention.end + 1)
    return _of(mention, people) if said_so or lone else None


def _speaker_after(text: str, place: int, number: int, people: People, last: _Speaker | None) -> _Speaker | None:
    near = [
        mention
        for mention in people.mentions
        if mention.paragraph == number
        and place <= mention.name_start <= place + _TOO_FAR
        and not re.search(r"[.!?](?: |$)|[»«”“]|: ", re.sub(r"\b\w\.", "", text[place : min(mention.start, mention.name_start)]))
    ]
    if near:
        mention = min(near, key=lambda one: one.name_start)
        speaker = _of(mention, people)
        if not speaker.roles:
            title = _AFTER_TITLE.match(text[place : mention.name_start])
            said = _ADVERBS.sub("", title["title"]).strip() if title else ""
            tail = re.match(r",(?: der er| som er)? (?P<role>[a-zæøå][^.,:;!?»”\"]{3,70})", text[mention.end :])
            said = said or (
                tail["role"].strip()
                if tail
                and not _VERB.match(tail["role"])
                and not tail["role"].startswith(("og ", "da ", "når ", "efter ", "som ", "der ", "mens "))
                else ""
            )
            return _Speaker(speaker.name, (), speaker.letter, said or None, mention.end)
        return speaker
    pronoun = _PRONOUN.match(text, place)
    if pronoun:
        earlier = [mention for mention in people.mentions if mention.sure and (mention.paragraph, mention.start) < (number, place)]
        if last is not None and (not earlier or earlier[-1].name == last.name or last.name is None):
            return _Speaker(last.name, last.roles, last.letter, last.title, pronoun.end())
        return _of(earlier[-1], people, pronoun.end()) if earlier else None
    office = _DEFINITE.match(text, place)
    if office:
        name = people.by_office(office["office"].lower(), (number, place))
        return (
            _named(people, name, number, place, office.end())
            if name
            else _Speaker(None, (office["office"].lower(),), None, None, office.end())
        )
    word = _WORD.match(text, place)
    if word:
        name = people.by_short(word["word"], (number, place))
        if name:
            return _named(people, name, number, place, word.end())
    someone = _SOMEONE.match(text, place)
    if someone:
        return _Speaker(None, (), None, someone["who"].split(" ", 1)[1].strip(), someone.end())
    organisation = re.compile(rf"\s*(?:fra |det fra )(?P<name>[{UPPER}][\w-]*(?: [{UPPER}][\w-]*)*)").match(
        text, place - 4 if text[place - 4 : place] == "fra" else place
    )
    return _Speaker(organisation["name"], ("organisation",), None, None, organisation.end()) if organisation else None


def _speaker_before(text: str, place: int, number: int, people: People, last: _Speaker | None) -> _Speaker | None:
    start, _ = sentence_at(text, max(place - 1, 0))
    lead = text[start:place]
    verbs = list(_VERB.finditer(lead)) or ([] if text[place + 1 : place + 2].isupper() else list(_CALLS.finditer(lead)))
    colon = lead.rstrip().endswith((":", ": -", ": –"))
    near = [mention for mention in people.mentions if mention.paragraph == number and start <= mention.name_start < place]
    if near and (colon or (verbs and _close(lead, verbs[-1].end()))):
        return _of(near[-1], people, 0)
    if not (colon and verbs):
        return None
    subject = lead[verbs[-1].end() :]
    for words in (lead[: verbs[-1].start()], subject):
        if re.search(r"\b(?:han|hun)\b", words, re.IGNORECASE) and last is not None:
            return last
        office = re.search(_DEFINITE.pattern[3:], words, re.IGNORECASE)
        name = people.by_office(office["office"].lower(), (number, start)) if office else None
        for short in re.findall(rf"[{UPPER}][{LOWER}-]+", words) if name is None else ():
            name = name or people.by_short(short, (number, start))
        if name:
            return _named(people, name, number, start, 0)
    someone = re.search(rf"\b(?P<who>(?:en|én) (?:[{LOWER}-]+ ){{0,2}}?[{LOWER}-]+) {VERB}", lead, re.IGNORECASE)
    return _Speaker(None, (), None, someone["who"].split(" ", 1)[1]) if someone else None


def _close(lead: str, place: int) -> bool:
    """Between the verb and the mark stands no more than a few words, as in "ifølge X er det"."""
    return len(lead[place:].split()) <= 14


def _of(mention: Mention, people: People, end: int | None = None) -> _Speaker:
    roles = mention.roles or people.roles(mention.name, (mention.paragraph, mention.start))
    return _Speaker(mention.name, roles, mention.letter or people.letter(mention.name), None, mention.end if end is None else end)


def _named(people: People, name: str, number: int, place: int, end: int) -> _Speaker:
    return _Speaker(name, people.roles(name, (number, place)), people.letter(name), None, end)


def _clean(text: str) -> str:
    return text.strip().strip('»«”“"').strip().removesuffix(",").strip()


def _quotation(number: int, said: _Said, speaker: _Speaker, people: People) -> Quotation:
    if (speaker.name is None and not speaker.title) or speaker.roles:
        role = "; ".join(speaker.roles) or None
        role = None if role == "organisation" else role
        return Quotation(
            paragraph=number, start=said.start, end=said.end, text=said.text, speaker=speaker.name, role=role, party_letter=speaker.letter
        )
    return Quotation(
        paragraph=number, start=said.start, end=said.end, text=said.text, role=speaker.title, party_letter=None, speaker_held_back=True
    )
