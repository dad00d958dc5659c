"""Named persons: where they stand, which office is stated for them, and by which party letter they are known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tovholder.texts.given_names import GIVEN_NAMES, GIVEN_NAMES_ALSO_WORDS
from tovholder.texts.proposals.bodies import body_spans
from tovholder.texts.proposals.offices import Office, offices
from tovholder.texts.proposals.organisations import named_spans, organisation_spans
from tovholder.texts.proposals.sentences import LOWER, UPPER

_TOKEN = rf"(?:[{UPPER}][{LOWER}]+(?:[-’'][{UPPER}]?[{LOWER}]+)*(?:[{UPPER}][{LOWER}]+)?|[{UPPER}]\.(?:[{UPPER}]\.)?)"
_RUN = re.compile(rf"(?<![\w-]){_TOKEN}(?: (?:(?:von|van|de|af|der|la|el|al) )?{_TOKEN})*(?![\w-])")
_PARTY = re.compile(r" ?\((?P<inside>[^()]{1,40})\)")
_LETTER = re.compile(r"^(?P<letter>[A-ZÆØÅ]{1,2})(?:$|[,;] ?(?P<rest>.*))")
_PARTIES = {
    "venstre": "V",
    "socialdemokratiet": "A",
    "konservative": "C",
    "det konservative folkeparti": "C",
    "radikale": "B",
    "radikale venstre": "B",
    "enhedslisten": "Ø",
    "dansk folkeparti": "O",
    "sf": "F",
    "socialistisk folkeparti": "F",
    "liberal alliance": "I",
    "moderaterne": "M",
    "danmarksdemokraterne": "Æ",
    "alternativet": "Å",
}
_RELATIVE = re.compile(
    r",? (?:der|som)(?: (?:også|tillige|samtidig|i dag|til daglig|desuden|selv|både|nu))* er(?: (?:også|både|ny|samtidig|tillige))? "
)
_IS = re.compile(
    r" (?:er|var|bliver|blev|har været|har siden \d{4} været|har i [a-zæøå]+ år været|tiltræder som|er valgt som|er udpeget som|"
    r"som)(?: (?:ny|også|i dag|valgt til|udpeget til))? "
)
_HE_IS = re.compile(r"(?:^|[.!?] )(?:Han|Hun|Vedkommende) (?:er|har været|var)(?: (?:også|i dag|til daglig|selv|ny|samtidig))? ")
_CONTACT = re.compile(r"\b(?:tlf|telefon|mobil|mob|tel|e-?mail|kontakt)\b|@|(?:\d{2} ?){4}", re.IGNORECASE)
_WORDS_THAT_OPEN_NO_NAME = """
den det de der du i jeg vi han hun man en et og men som når hvis da at for fra til med om på af ved hos efter under over mellem
samt eller så nu her dette denne disse alle ingen mange flere nogle hvad hvem hvor hvordan hvilke hvilken hvorfor ifølge også dog
derfor desuden siden sammen tak kære hej fakta kontakt telefon mobil organisation mandag tirsdag onsdag torsdag fredag lørdag
søndag januar februar marts april maj juni juli august september oktober november december kommune region kommuner regioner rådhus
sygehus hospital skole center pressemeddelelse dagsorden referat program udvalg udvalget rådet byrådet danmark dansk danske
nordisk hele ny nye mit min vores deres hvert hver kl sted tid dato afbud deltagere fraværende projekt projektet konference
konferencen møde mødet punkt bilag side læs se hent book tilmelding velkommen velkomst pause frokost oplæg debat venlig hilsen
handelsskole gymnasium bibliotek kulturhus hotel torv plads vej gade park hus huset hallen salen
"""
_NOT_NAMES = frozenset(_WORDS_THAT_OPEN_NO_NAME.split())


@dataclass(frozen=True)
class Mention:
    """A name in a paragraph with what is stated about it right there; `contact` when it stands in a contact line."""

    name: str
    paragraph: int
    start: int
    end: int
    name_start: int
    name_end: int
    roles: tuple[str, ...] = ()
    letter: str | None = None
    contact: bool = False
    sure: bool = False


@dataclass
class People:
    """All mentions of a document, and what they say together."""

    mentions: list[Mention] = field(default_factory=list)

    def of(self, name: str) -> list[Mention]:
        """This will give every mention of a name."""
        return [mention for mention in self.mentions if mention.name == name]

    def roles(self, name: str, before: tuple[int, int] | None = None) -> tuple[str, ...]:
        """This will give the roles stated for a name: in running text before a place, else anywhere in it, else in contact lines."""
        stated = [mention for mention in self.of(name) if mention.roles]
        running = [mention for mention in stated if not mention.contact]
        earlier = [mention for mention in running if before is None or (mention.paragraph, mention.start) <= before]
        roles: list[str] = []
        for mention in earlier or running or stated[:1]:
            for role in mention.roles:
                if not any(_says_no_more(role, other) for other in roles):
                    roles = [other for other in roles if not _says_no_more(other, role)]
                    roles.append(role)
        return tuple(roles)

    def letter(self, name: str) -> str | None:
        """This will give the party letter of a name, wherever in the document it stands."""
        return next((mention.letter for mention in self.of(name) if mention.letter), None)

    def by_short(self, word: str, before: tuple[int, int]) -> str | None:
        """This will resolve a surname or a given name to the last person of that name, preferably mentioned before."""
        fits = [mention for mention in self.mentions if mention.sure and word in (mention.name.split()[0], mention.name.split()[-1])]
        earlier = [mention for mention in fits if (mention.paragraph, mention.start) <= before]
        return earlier[-1].name if earlier else fits[0].name if fits else None

    def by_office(self, head: str, before: tuple[int, int]) -> str | None:
        """This will resolve "borgmesteren" to the last person before who has that office."""
        fits = [mention for mention in self.mentions if any(re.search(rf"{re.escape(head)}\b", role) for role in mention.roles)]
        if not fits:
            base = re.search(r"(?:formand|direktør|minister|ordfører|borgmester|forkvinde)$", head)
            fits = [one for one in self.mentions if base and any(re.search(rf"{base[0]}\b", role) for role in one.roles)]
        earlier = [mention for mention in fits if (mention.paragraph, mention.start) <= before]
        return earlier[-1].name if earlier else fits[0].name if len({mention.name for mention in fits}) == 1 else None

    def has_office(self, name: str) -> bool:
        """This will tell whether a public office is stated for the name anywhere."""
        return any(mention.roles for mention in self.of(name))


def _says_no_more(role: str, other: str) -> bool:
    return other == role or other.startswith(f"{role} ")


def find_people(paragraphs: Sequence[str]) -> People:
    """This will find every name that may be a person's, with office and party where they are stated."""
    bare = frozenset(name.casefold() for text in paragraphs for _, end, name in body_spans(text) if not re.match(r" i Region ", text[end:]))
    people = People()
    for number, text in enumerate(paragraphs, 1):
        people.mentions.extend(_mentions(text, number, bare))
    _add_roles_told_later(paragraphs, people, bare)
    # A name once told sure is sure everywhere.
    sure = {mention.name for mention in people.mentions if mention.sure}
    people.mentions = [replace(mention, sure=mention.sure or mention.name in sure) for mention in people.mentions]
    return people


def _add_roles_told_later(paragraphs: Sequence[str], people: People, bare: frozenset[str]) -> None:
    """The office may stand in the line below a signature, or in a next sentence: "Han er borgmester i …"."""
    for number, text in enumerate(paragraphs, 1):
        posts = offices(text, bare)
        told = {match.end() for match in _HE_IS.finditer(text)}
        for post in posts:
            place = None
            if post.start == 0 and len(text) - post.end < 40 and number > 1:
                place = next(
                    (
                        order
                        for order, mention in enumerate(people.mentions)
                        if mention.paragraph == number - 1 and not paragraphs[number - 2].replace(mention.name, "").strip(" ,.")
                    ),
                    None,
                )
            elif post.start in told:
                place = max(
                    (
                        order
                        for order, mention in enumerate(people.mentions)
                        if mention.sure or _is_near(mention, number)
                        if (mention.paragraph, mention.start) < (number, post.start)
                    ),
                    default=None,
                )
            if place is not None and not people.mentions[place].roles:
                people.mentions[place] = replace(people.mentions[place], roles=post.roles, sure=True)


def _is_near(mention: Mention, number: int) -> bool:
    return number - 1 <= mention.paragraph <= number


def name_runs(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """This will give start and end of every run of capitalised words that may be a person's full name."""
    runs: list[tuple[int, int]] = []
    for match in _RUN.finditer(text):
        tokens = [(token.start() + match.start(), token.end() + match.start()) for token in re.finditer(r"\S+", match[0])]
        current: list[tuple[int, int]] = []
        for start, end in [*tokens, (-1, -1)]:
            plain = text[start:end].casefold() if start >= 0 else ""
            free = start >= 0 and not any(begin < end and start < finish for begin, finish in taken) and plain not in _NOT_NAMES
            if free:
                current.append((start, end))
                continue
            runs.extend(_full(text, current))
            current = []
    return runs


def _full(text: str, tokens: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if tokens and text[tokens[0][0] : tokens[0][1]].casefold() in GIVEN_NAMES_ALSO_WORDS:
        return [(tokens[0][0], tokens[-1][1])] if 2 <= len(tokens) <= 5 else []
    first = next((number for number, (start, end) in enumerate(tokens) if text[start:end].casefold().split("-")[0] in GIVEN_NAMES), 0)
    kept = tokens[first:]
    if kept and text[kept[-1][0] : kept[-1][1]].endswith(("’", "'")):
        return []
    return [(kept[0][0], kept[-1][1])] if 2 <= len(kept) <= 5 else []


def _mentions(text: str, number: int, bare: frozenset[str]) -> list[Mention]:
    posts = offices(text, bare)
    taken = named_spans(text) + [(post.start, post.end) for post in posts]
    runs = name_runs(text, taken)
    contact = bool(_CONTACT.search(text)) and len(text) < 200
    used: set[Office] = set()
    found: list[Mention] = []
    for order, (start, end) in enumerate(runs):
        letter, after, roles = _party(text, end, bare)
        next_start = runs[order + 1][0] if order + 1 < len(runs) else len(text) + 1
        finish = after
        for post in posts:
            between = text[finish : post.start] if post.start >= finish else None
            if between is None or post.several or post in used or post.start > next_start:
                continue
            if re.match(rf" [{UPPER}]", text[post.end :]) and post.end + 1 == next_start and not _RELATIVE.fullmatch(between):
                break
            if (
                between in (", ", " - ", " – ", ": ", ", som ")
                or _RELATIVE.fullmatch(between)
                or _IS.fullmatch(between)
                or (roles and re.fullmatch(r",? og(?: (?:også|tillige))? ", between))
                or between in (" (",)
                or re.fullmatch(r", (?:ny|nyvalgt|kommende) ", between)
            ):
                roles = (*roles, *post.roles)
                used.add(post)
                inside = re.search(r"\(([A-ZÆØÅ]{1,2})\)", text[post.start : post.end])
                letter = letter or (inside[1] if inside else None)
                finish = post.end
        before, stated = _before(text, start, posts, used, found)
        found.append(
            Mention(
                text[start:end],
                number,
                before,
                max(finish, after),
                start,
                end,
                (*stated, *roles),
                letter,
                contact,
                bool(stated or roles or letter) or text[start:end].split()[0].casefold().split("-")[0] in GIVEN_NAMES,
            )
        )
    return found


def _party(text: str, end: int, bare: frozenset[str]) -> tuple[str | None, int, tuple[str, ...]]:
    match = _PARTY.match(text, end)
    if not match:
        return None, end, ()
    inside = match["inside"].strip()
    letter = _LETTER.match(inside)
    stated = tuple(role for post in offices(inside, bare) if not post.several for role in post.roles)
    if letter:
        return letter["letter"], match.end(), stated
    named = _PARTIES.get(inside.casefold())
    if named or stated or inside.casefold() in ("løsgænger", "uden for parti"):
        return named, match.end(), stated
    return None, end, ()


def _before(text: str, start: int, posts: list[Office], used: set[Office], found: list[Mention]) -> tuple[int, tuple[str, ...]]:
    for post in reversed(posts):
        if post.end > start:
            continue
        gap = text[post.end : start]
        if not post.several and post not in used:
            named = list(organisation_spans(gap))
            lone = len(named) == 1 and not gap[: named[0][0]].strip(" ,") and not gap[named[0][1] :].strip(" ,")
            if gap in (" ", ", ", ": ", " ved ") or lone:
                used.add(post)
                earlier = next(
                    (one for one in posts if one not in used and not one.several and text[one.end : post.start] in (", ", " - ")), None
                )
                if earlier:
                    used.add(earlier)
                    return earlier.start, (*earlier.roles, *post.roles)
                return post.start, post.roles
        elif post.several and _is_list(gap, found, post):
            return start, post.roles
        if post.several:
            continue
        break
    return start, ()


def _is_list(gap: str, found: list[Mention], post: Office) -> bool:
    for mention in found:
        if mention.name_start >= post.end:
            gap = gap.replace(mention.name, "", 1)
    gap = re.sub(r"\([A-ZÆØÅ]{1,2}\)", "", gap)
    gap = re.sub(rf" (?:i|fra) {_TOKEN}(?: Kommune)?", "", gap)
    return not re.sub(r"\bog\b|[,: ]", "", gap)
