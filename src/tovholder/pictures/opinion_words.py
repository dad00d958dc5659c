"""What the pictures of opinions say, in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .elements import counted

WORDS: Mapping[str, Mapping[str, str]] = {
    "da": {
        "persons": "personer",
        "groups_1": "Én gruppe",
        "groups_2": "To grupper",
        "groups_3": "Tre grupper",
        "groups_4": "Fire grupper",
        "groups_5": "Fem grupper",
        "groups": "{count} grupper",
        "largest": "den største er på {count} {persons}",
        "near": "{one} ligger tæt på {two}",
        "far": "{one} ligger langt fra {two}",
        "no_groups": "Ingen faste grupper: svarene går på kryds og tværs",
        "alike": "Alle svarer næsten ens",
        "early_groups": "For tidligt at tale om grupper: flere skal svare på flere udsagn",
        "early": "For tidligt at sige: kortet kommer, når flere har svaret",
        "early_middle": "For tidligt at sige",
        "early_more": "Kortet kommer, når flere har svaret.",
        "dot": "Hver prik er {least}–{most} {persons}, der svarer næsten ens. Jo tættere to prikker er, jo mere ligner svarene hinanden.",
        "dots": "Jo større prik, jo flere {persons}, altid mindst {least}. Jo tættere to prikker er, jo mere ligner svarene hinanden.",
        "not_proved": "Kortet viser, hvem der svarer ens. Det viser ikke, hvem der har ret.",
        "answered": "{people} har svaret.",
        "group": "Gruppe {letter}",
        "people": "{count} {persons}",
        "hidden": "for få til at vise",
        "between": "Mellem grupperne",
        "everyone": "Alle på kortet",
        "no_group": "Uden gruppe",
        "caption": "Hvem er på kortet",
        "who": "Hvem",
        "count": "{Persons}",
        "nearest": "Ligger nærmest",
        "sectors_none": "{names} er for få til at vise.",
        "said": "{who}: {count}.",
        "stands": "{who} ligger nærmest {near}.",
        "agree": "enige",
        "pass": "ved ikke",
        "disagree": "uenige",
        "statement": "Udsagn",
        "sector": "Sektor",
        "answers": "Svar",
        "answer": "Svarer",
        "share": "Andel, pct.",
        "span": "Mellem, pct.",
        "not_asked": "ikke spurgt endnu",
        "few": "få svar endnu",
        "of": "{share} pct. af {count} er {side}",
        "all": "Alle",
        "bars": "Bjælken er andelen af dem, der har svaret. Den tykke streg viser, hvor tallet ligger med {level} pct. sikkerhed.",
        "bars_none": "Ingen udsagn at vise endnu.",
        "bars_title": "Så mange er enige i hver sektor",
        "and": " og ",
    },
    "en": {
        "persons": "people",
        "groups_1": "One group",
        "groups_2": "Two groups",
        "groups_3": "Three groups",
        "groups_4": "Four groups",
        "groups_5": "Five groups",
        "groups": "{count} groups",
        "largest": "the largest has {count} {persons}",
        "near": "{one} close to {two}",
        "far": "{one} far from {two}",
        "no_groups": "No lasting groups: the answers go in all directions",
        "alike": "Everyone answers almost alike",
        "early_groups": "Too early to speak of groups: more must answer more statements",
        "early": "Too early to say: the map comes when more have answered",
        "early_middle": "Too early to say",
        "early_more": "The map comes when more have answered.",
        "dots": "The larger a dot, the more {persons}, never under {least}. The closer two dots are, the more alike the answers.",
        "dot": "Each dot is {least}–{most} {persons} who answered almost alike. The closer two dots are, the more alike the answers.",
        "not_proved": "The map shows who answers alike. It does not show who is right.",
        "answered": "{people} have answered.",
        "group": "Group {letter}",
        "people": "{count} {persons}",
        "hidden": "too few to show",
        "between": "Between the groups",
        "everyone": "Everyone on the map",
        "no_group": "Without a group",
        "caption": "Who is on the map",
        "who": "Who",
        "count": "{Persons}",
        "nearest": "Is closest to",
        "sectors_none": "{names}: too few to show.",
        "said": "{who}: {count}.",
        "stands": "{who}: closest to {near}.",
        "agree": "agree",
        "pass": "don't know",
        "disagree": "disagree",
        "statement": "Statement",
        "sector": "Sector",
        "answers": "Answers",
        "answer": "Answer",
        "share": "Share, per cent",
        "span": "Between, per cent",
        "not_asked": "not asked yet",
        "few": "few answers so far",
        "of": "{share}% of {count} {side}",
        "all": "Everyone",
        "bars": "The bar is the share of those who answered. The thick line shows where the figure lies with {level}% confidence.",
        "bars_none": "No statements to show yet.",
        "bars_title": "How many agree in each sector",
        "and": " and ",
    },
}


_SECTORS: Mapping[str, Mapping[str, str]] = {
    "da": {"region": "Region og sygehus"},
    "en": {
        "citizen": "Citizens",
        "municipality": "Municipalities",
        "region": "Region and hospital",
        "practice": "General practice",
        "other": "Associations",
    },
}


def sector_words(language: str) -> Mapping[str, str]:
    """This will give the sectors' words where they are not the Danish ones."""
    return _SECTORS.get(language.split("-")[0], _SECTORS["da"])


def words_in(language: str, persons: str = "") -> Mapping[str, str]:
    """This will give the words of a language, Danish when there are none; persons: what is counted, when it is not people."""
    words = WORDS.get(language.split("-")[0], WORDS["da"])
    named = persons or words["persons"]
    return {key: said.replace("{persons}", named).replace("{Persons}", begun(named)) for key, said in words.items()}


def people_in(count: int | None, words: Mapping[str, str]) -> str:
    """This will write how many people, or that they are too few to show."""
    return words["hidden"] if count is None else words["people"].format(count=counted(count))


def listed(names: Sequence[str], words: Mapping[str, str]) -> str:
    """This will write a list as it stands in a sentence."""
    return words["and"].join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def begun(text: str) -> str:
    """This will begin a sentence with a capital."""
    return text[:1].upper() + text[1:]
