"""Compound splitting, stems and what the word list costs the process that searches: `python benchmarks/danish_words.py [-v]`.

The list of words and parts in tests/texts/data is written by hand. The rules were made looking at every second word of it; the other half
was first looked at when they were done (then: precision 0.965, recall 0.951), so both halves are shown. snowballstemmer alone and simplemma
alone are shown for the share of word pairs that belong together and meet.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "texts")]

from compound_scores import gold, measure  # noqa: E402

COST = """
import time
from pathlib import Path
from tovholder.texts import words
def memory(): return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
before, start = memory(), time.process_time()
words.terms("genoptræningsplan")
print(1000 * (time.process_time() - start), memory() - before)
"""
MEET = """
forælder forældrene|skole skoler|tand tænder|barn børnene|bog bøger|mand mændenes|plan planerne|patient patienternes|læge lægerne
|aftale aftalerne|ældre aeldre|århus aarhus|behandler behandlere|sygehus sygehusene|by byer|fod fødder|hånd hænderne|nat nætter
|bonde bønder|datter døtre|behandling behandlingernes|sundhedsaftale sundhedsaftalens|region regionernes|ansvar ansvaret|øje øjnene
|kommune kommunerne
"""
APART = "sund sundhed|patient patent|plan plante|ældre forælder|læge lægge|rådhus råd|tand tande|uge ugle|føde fødder|kost kosteskab"


def main() -> None:
    """This will print the tables, and with -v the words that went wrong."""
    print(f"{'words':<28}{'compounds':>10}{'whole':>7}{'precision':>11}{'recall':>8}{'goal':>7}")
    for name, half in (("half looked at", 0), ("other half", 1), ("all", None)):
        scores = measure(gold(half))
        print(f"{name:<28}{scores.compounds:>10}{scores.wholes:>7}{scores.precision:>11.3f}{scores.recall:>8.3f}{0.95:>7}")
        if half is None and "-v" in sys.argv:
            print("\n".join(scores.wrong))
    _stems()
    done = subprocess.run([sys.executable, "-c", COST], capture_output=True, text=True, check=True)
    milliseconds, megabytes = map(float, done.stdout.split())
    print(f"first search in a process: {milliseconds:.0f} ms CPU, {megabytes:.1f} MB")
    _pace()


def _stems() -> None:
    import simplemma
    import snowballstemmer

    from tovholder.texts.words import stem

    snowball = snowballstemmer.stemmer("danish")
    ways = {
        "words.stem": stem,
        "snowballstemmer": snowball.stemWord,
        "simplemma": lambda word: simplemma.lemmatize(word, lang="da", low_memory=True),
    }
    meet = [pair.split() for pair in " ".join(MEET.split()).split("|")]
    apart = [pair.split() for pair in APART.split("|")]
    for name, way in ways.items():
        together = sum(way(one) == way(other) for one, other in meet)
        kept = sum(way(one) != way(other) for one, other in apart)
        print(f"{name:<28}{together:>3} of {len(meet)} pairs that belong together meet, {kept} of {len(apart)} others stay apart")


def _pace() -> None:
    from campaign_texts import danish_sentences
    from numpy.random import default_rng

    from tovholder.texts.words import terms

    sentences = danish_sentences(default_rng(1), 2000)
    for name in ("new words", "known words"):
        start = time.process_time()
        count = sum(len(terms(sentence)) for sentence in sentences)
        print(f"terms, {name:<21}{count / (time.process_time() - start):>10.0f} terms a CPU second")


if __name__ == "__main__":
    main()
