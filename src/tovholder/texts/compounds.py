"""Danish compounds taken apart: genoptræningsplan is genoptræning and plan, udskrivningssamtale is udskrivning and samtale."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from .stop_words import STOP_WORDS
from .word_list import base_form, is_known, is_name, spellings

SHORTEST_PART = 3
LONGEST_WORD = 60
# Real words of two letters that begin or end compounds; every other pair of letters is an ending or an abbreviation.
SHORT_PARTS = frozenset(("by", "år", "æg", "øl", "ø", "it", "tå", "bo"))
# These make a new word out of one word (ud-skrivning, gen-optræning): the result is one word, not two.
PREFIXES_WRITTEN = """
ad af an anti auto be bi bort de dis efter eks eksem er for fore fra frem gen gennem hen igen ikke ind inde inter intra kon med mellem
mikro mis mod ned non om op over para per post pre præ pro på re sam semi sub super tele til trans u ud uden ude under ur van ved vice
"""
# These end a word and look like words of their own: sund-hed, barn-dom, egen-skab.
SUFFIXES_WRITTEN = """
ade age agtig aks ale ance and ane ant ard are ase ast ator ave bar des dom egne ende ene ens ent else eri ering esse fer fon fuld ger gere
gram haft hed hæftig ial ide ien ier ikke ile ine ing ion ise isk isme isse ist it itet kel ket kere len ler lig ling log løs mat mæssig
ner nik ning ose ren rig sel sen ser sion ske skab som ster tant tese tet tik tion tor ten ter tig ting ture utte vis yde ynde
"""
PREFIXES = frozenset(PREFIXES_WRITTEN.split())
SUFFIXES = frozenset(SUFFIXES_WRITTEN.split())
# Words whose halves are words too, while the whole is not made of them.
WHOLE_WRITTEN = """
advisere afhente ager alkove ambulance appetit apport bagage balkon ballade ballet bedrift bedring begrave belæg belære beskære betryk
bidrag bonde boring bulet burde burger chikane deltage deltager dilemma dumping dyster ergoterapeut faktor familie fantast farvel finger
forelæg fortegn fortid fortsæt frivillig gallup gave generation hisset hjemmel hvoraf hvorom instans kampagne kanon karbad karotte
kaskade kastrat klarinet konsensus kontakt kopiere krokus kroniker kursus kurtage kvadrat ledsage logaritme ludere madam mammon mareridt
maskulin melamin mellem minut moderat moderation moderator monark monopol montage mulighed musik muslim narkose nordisk normal nutid
olympisk ordning palliation park parket partout patient pension planlægge planlægger planlægning platform pressur primær raport rappe
rapport redaktion redskab rektor rubrik rulam salme salvie samme sardel sekretær selvfølgelig service skyline spanier spatie spindel
spørgsmål standard stimulere stramme strengt strå stråle strømme sukring sygeplejer sygeplejerske synode tablet tempel tillæg timian
tonnage topping tramp tumult turbine universel vaselin vejleder vejledning velære venstre verden vestre vindue virus vismut årsag
økonomi ørred
"""
WHOLE = frozenset(WHOLE_WRITTEN.split())
# A garden (have) is no grammar: børnehave.
NEVER_LAST = STOP_WORDS - {"have"}
ENDINGS = ("en", "et", "n", "t", "er", "e", "r", "ere", "ene", "erne", "ne")
ASKS_FOR_S = ("hed", "ing", "else", "ion", "tet", "dom", "skab", "sel")


def parts(word: str) -> tuple[str, ...]:
    """This will give the parts of a compound in their base form; a word that is no compound, or unknown, is returned alone as it stands."""
    small = word.casefold()
    if len(small) > LONGEST_WORD:
        return (small,)
    for way in spellings(small):
        if len(found := _atoms(way)) > 1:
            return found
    return (small,)


def base_of(word: str) -> str | None:
    """This will give a word in small letters in its base form, a compound with its last part in that form, or None when it is unknown."""
    base = base_form(word)
    if base is not None or len(word) > LONGEST_WORD:
        return base
    best = _best(word)
    if best is None:
        return None
    _, _, tail = best
    return word[: len(word) - len(tail)] + (base_of(tail) or tail)


@lru_cache(maxsize=20_000)
def _atoms(word: str) -> tuple[str, ...]:
    word = base_form(word) or word
    best = _best(word)
    if best is None:
        return (word,)
    _, head, tail = best
    return (*_atoms(head), *_atoms(tail))


@lru_cache(maxsize=20_000)
def _best(word: str) -> tuple[float, str, str] | None:
    if word in WHOLE or is_name(word) or _is_verb(word):
        return None
    return min(_splits(word), default=None)


def _splits(word: str) -> Iterator[tuple[float, str, str]]:
    """Every way to take a word in two: (cost, first part, last part)."""
    is_listed = is_known(word)
    for place in range(2, len(word) - 1):
        tail = word[place:]
        last = _last(tail)
        # parker-ing, sorter-ing: never a ring.
        if (
            last is None
            or (last == "ring" and word[place - 1] == "e")
            or (last == "ret" and word[place - 1] != "s")
            or (is_listed and not _inflects_alike(word, tail))
        ):
            continue
        for cost, head in _heads(word[:place]):
            yield cost + (1.0 if len(tail) < 4 else 0.0) + (0.0 if is_known(tail) else 2.0) - 0.01 * len(tail), head, tail


def _heads(written: str) -> Iterator[tuple[float, str]]:
    """The words that can stand first, written like this before the rest of a compound, and what each reading costs."""
    short = 1.0 if len(written) < 4 else 0.0
    if _may_begin(written):
        yield short + (1.5 if written.endswith(ASKS_FOR_S) else 0.0) + (0.0 if is_known(written) else 2.0), written
    if written.endswith("s") and written not in PREFIXES:
        head = written[:-1]
        if _may_begin(head):
            yield short + (-0.5 if head.endswith(ASKS_FOR_S) else 0.3) + (0.0 if is_known(head) else 2.0), head
        elif len(head) > 3 and base_form(head + "e") == head + "e":
            yield short + 0.5, head + "e"
    if written.endswith(("e", "n")) and is_known(written[:-1]) and _may_begin(written[:-1], inflected=True):
        yield short + 0.6, base_form(written[:-1]) or written[:-1]


def _may_begin(word: str, *, inflected: bool = False) -> bool:
    if word in PREFIXES or word in STOP_WORDS or (len(word) < SHORTEST_PART and word not in SHORT_PARTS):
        return False
    base = base_form(word)
    if base is None:
        return len(word) > 2 * SHORTEST_PART and _best(word) is not None
    return inflected or base == word


def _last(tail: str) -> str | None:
    """The base form of a word that can stand last, or None."""
    base = base_form(tail)
    if base is None:
        return tail if len(tail) > 2 * SHORTEST_PART and _best(tail) is not None else None
    if not {base, tail}.isdisjoint(SUFFIXES) or not {base, tail}.isdisjoint(PREFIXES) or base in NEVER_LAST or base[0] != tail[0]:
        return None
    return base if len(base) >= SHORTEST_PART or base in SHORT_PARTS else None


def _is_verb(word: str) -> bool:
    """A verb is hardly ever compounded: bidrage has nothing to do with bid or rage."""
    return word.endswith("e") and base_form(word + "r") == word and not is_known(word + "rne") and not is_known(word + "n")


def _inflects_alike(word: str, tail: str) -> bool:
    """A compound is inflected as its last part is: budget (budgettet) is not made of get."""
    return all(is_known(tail + ending) for ending in ENDINGS if base_form(word + ending) == word)
