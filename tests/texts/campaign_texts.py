"""Made-up answers: campaigns of edited copies among texts that stand alone, with the truth about both."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tovholder.texts.campaigns import Campaign

KIND = """
ældre yngre svage stærke lokale nye gamle trygge dyre billige hurtige langsomme faste løse små store nære fjerne åbne lukkede
frivillige kommunale regionale private offentlige digitale personlige fælles særlige almindelige vigtige gode dårlige fremtidige
tidlige sene nødvendige svære enkle ensomme sunde syge travle rolige erfarne udsatte usikre grønne
"""
THING = """
borgere patienter pårørende læger jordemødre naboer forældre skoler plejehjem sundhedshuse afdelinger klinikker ambulancer busser
stier haver møder samtaler planer aftaler regler penge timer vagter weekender prøver diagnoser journaler telefoner skærme breve
svar spørgsmål klager forslag løfter mål målinger tal opgaver ansvarsområder overgange indlæggelser udskrivninger
genoptræningsforløb hjælpemidler boliger måltider kurser fællesskaber foreninger kommuner regioner klynger politikere ledere
medarbejdere kolleger vikarer studerende unge familier veje afstande ventetider lister erfaringer
"""
DOES = """
mangler savner ønsker kræver får giver møder støtter styrker svækker forsinker forbedrer forklarer husker glemmer finder mister
beskytter prioriterer vurderer følger flytter samler deler bruger bygger lukker åbner køber betaler planlægger ændrer undersøger
tilbyder afviser drøfter
"""
WHERE = """
i på ved mod uden med efter før under over blandt mellem omkring gennem bag
"""
WHEN = """
ofte sjældent altid igen tidligt sent sammen alene bedre hurtigere langsommere tryggere dårligere næsten endelig forgæves gratis
åbent ærligt
"""
START = """
vi jeg I de mange nogle få alle flere begge
"""
JOIN = """
og men for så fordi mens når hvis selvom indtil
"""


@dataclass(frozen=True)
class Made:
    """Texts with ids, the campaign each is from (-1: none), and for each the words that are its own, as (start, end)."""

    texts: list[tuple[str, str]]
    campaigns: np.ndarray
    own_words: list[frozenset[tuple[int, int]]]


def danish_sentences(rng: np.random.Generator, count: int) -> list[str]:
    """This will make so many different Danish sentences of about fourteen words."""
    kinds, things, does, when, where, start_words, join = (words.split() for words in (KIND, THING, DOES, WHEN, WHERE, START, JOIN))

    def one(words: list[str]) -> str:
        return words[rng.integers(len(words))]

    def phrase() -> str:
        return f"{one(kinds)} {one(things)}" if rng.random() < 0.7 else one(things)

    found: dict[str, None] = {}
    while len(found) < count:
        start = one(start_words) if rng.random() < 0.5 else phrase()
        sentence = f"{start} {one(does)} {phrase()} {one(where)} {phrase()}, {one(join)} {phrase()} {one(does)} {phrase()} {one(when)}"
        found[sentence[0].upper() + sentence[1:] + "."] = None
    return list(found)


def statement_sentences(shared: Path, conversations: str = "*") -> list[str]:
    """This will read the statements of the real conversations beside the project, each once; austria* are the German ones."""
    found: dict[str, None] = {}
    for place in sorted((shared / "data" / "opinion" / "conversations").glob(f"{conversations}/comments.csv")):
        with place.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                sentence = " ".join((row.get("comment-body") or "").split())
                if len(sentence.split()) >= 6:
                    found[sentence if sentence[-1] in ".!?" else sentence + "."] = None
    return list(found)


def made(seed: int, count: int, sentences: Sequence[str], *, copies: int = 100, share: float = 0.5, words: int = 63) -> Made:
    """This will make count texts of about so many words, that share of them in campaigns of so many edited copies, in mixed order."""
    rng = np.random.default_rng(seed)
    vocabulary = sorted({word for sentence in sentences for word in sentence.split() if word.isalpha()})

    def text_of(length: int) -> list[list[str]]:
        chosen: list[list[str]] = []
        while sum(map(len, chosen)) < length - 7:
            chosen.append(sentences[rng.integers(len(sentences))].split())
        return chosen

    rows: list[tuple[str, int, frozenset[tuple[int, int]]]] = []
    for campaign in range(int(count * share) // copies):
        template = text_of(words)
        for _ in range(copies):
            rows.append((*_edited(rng, template, sentences, vocabulary), campaign))  # type: ignore[arg-type]
    rows = [(text, campaign, own) for text, own, campaign in rows]  # type: ignore[misc]
    while len(rows) < count:
        rows.append((" ".join(" ".join(sentence) for sentence in text_of(words)), -1, frozenset()))
    order = rng.permutation(count)
    return Made(
        [(f"svar-{number:06d}", rows[row][0]) for number, row in enumerate(order)],
        np.array([rows[row][1] for row in order]),
        [rows[row][2] for row in order],
    )


def _edited(
    rng: np.random.Generator, template: list[list[str]], sentences: Sequence[str], vocabulary: list[str]
) -> tuple[str, frozenset[tuple[int, int]]]:
    """One copy: own opening sentence (every second), a sentence dropped, added, all shuffled (3 of 10 each), 0-8 % of the words edited."""
    rate = rng.uniform(0, 0.08)
    copy: list[list[tuple[str, bool]]] = []
    for sentence in template:
        words: list[tuple[str, bool]] = []
        for word in sentence:
            if rng.random() >= rate:
                words.append((word, False))
                continue
            edit = rng.integers(3)
            if edit == 0:
                words.append((vocabulary[rng.integers(len(vocabulary))], True))
            elif edit == 1:
                words.extend([(word, False), (vocabulary[rng.integers(len(vocabulary))], True)])
        copy.append(words)
    if rng.random() < 0.3 and len(copy) > 2:
        del copy[rng.integers(len(copy))]
    if rng.random() < 0.3:
        copy.insert(rng.integers(len(copy) + 1), [(word, True) for word in sentences[rng.integers(len(sentences))].split()])
    if rng.random() < 0.3:
        copy = [copy[place] for place in rng.permutation(len(copy))]
    if rng.random() < 0.5:
        copy.insert(0, [(word, True) for word in sentences[rng.integers(len(sentences))].split()])
    text = ""
    own: set[tuple[int, int]] = set()
    for sentence in copy:
        for word, is_own in sentence:
            start = len(text) + (1 if text else 0)
            text = f"{text} {word}" if text else word
            if is_own:
                own.add((start, start + len(word)))
    return text, frozenset(own)


def own_scores(given: Made, found: Sequence[Campaign]) -> tuple[float, float]:
    """This will give precision and recall of the words marked as a copy's own, over the copies that are copies."""
    place = {id_: number for number, (id_, _) in enumerate(given.texts)}
    right = wrong = missed = 0
    for campaign in found:
        for copy in campaign.copies:
            number = place[copy.id]
            if given.campaigns[number] < 0:
                continue
            for word in re.finditer(r"\S*\w\S*", given.texts[number][1]):
                is_own = word.span() in given.own_words[number]
                is_marked = any(start < word.end() and end > word.start() for start, end in copy.own_words)
                right += is_own and is_marked
                wrong += is_marked and not is_own
                missed += is_own and not is_marked
    return right / max(right + wrong, 1), right / max(right + missed, 1)


def pairwise(truth: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """This will give precision, recall and F1 over pairs of texts; -1 is in no campaign."""

    def pairs(labels: np.ndarray) -> int:
        counts = np.bincount(labels[labels >= 0]) if (labels >= 0).any() else np.zeros(1, int)
        return int((counts * (counts - 1) // 2).sum())

    both = truth.astype(np.int64) * (int(found.max()) + 2) + found
    both[(truth < 0) | (found < 0)] = -1
    _, both = np.unique(both, return_inverse=True)
    shifted = both.astype(np.int64) - (1 if ((truth < 0) | (found < 0)).any() else 0)
    right = pairs(shifted)
    precision = right / max(pairs(found), 1)
    recall = right / max(pairs(truth), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)
