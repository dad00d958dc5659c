import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tovholder.texts import code_words

PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
UNWELCOME = frozenset(
    re.findall(
        r"\w+",
        """
død dø dræbe drab mord blod blødning krig våben kniv pistol gevær bombe vold kamp slag
kræft syg sygdom smerte sår feber operation kanyle medicin sprøjte pille patient recept angst depression
sorg skam skyld gråd græde ensom trist savn tab grav kiste begravelse urne
gud kirke præst bøn bibel moske koran synd djævel fandens engel paradis
parti valg politik minister regering venstre højre union nation
sex nøgen bryst numse pik luder elsker kysse lem pung bolle
lort pis fanden helvede idiot dum grim fed tyk doven gris svin so tøs kælling neger sigøjner eskimo
""",
    )
)

codes = st.integers(min_value=0, max_value=2**60 - 1).map(code_words.new_code)


def without_doubles(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def sound(word: str) -> str:
    word = re.sub("^h(?=[jv])", "", word)
    for written, heard in (("nd", "n"), ("ld", "l"), ("rd", "r"), ("dt", "t"), ("æ", "e")):
        word = word.replace(written, heard)
    return without_doubles(word)


def one_slip_apart(left: str, right: str) -> bool:
    if len(left) > len(right):
        left, right = right, left
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    return len(right) - len(left) == 1 and any(right[:i] + right[i + 1 :] == left for i in range(len(right)))


def as_first_word(typed: str) -> str | None:
    found = code_words.normalise(f"{typed} fyrtårn otte kompas eng")
    return found and found.split("-")[0]


def test_there_are_exactly_4096_words_in_danish_order():
    listed = code_words.words()
    assert len(listed) == len(set(listed)) == 4096
    assert list(listed) == sorted(listed, key=lambda word: [LETTERS.index(letter) for letter in word])


def test_every_word_is_three_to_eight_danish_letters():
    assert [word for word in code_words.words() if not re.fullmatch("[a-zæøå]{3,8}", word)] == []


@pytest.mark.parametrize(
    "alike",
    [
        lambda word: word.translate(PLAIN),
        without_doubles,
        lambda word: without_doubles(word.translate(PLAIN)),
        lambda word: without_doubles(word.replace("æ", "e")),
        sound,
    ],
    ids=["folded", "undoubled", "folded and undoubled", "e or æ", "heard"],
)
def test_no_two_words_are_alike(alike):
    counted = Counter(map(alike, code_words.words()))
    assert [(key, count) for key, count in counted.items() if count > 1] == []


def test_no_unwelcome_word_is_listed():
    assert UNWELCOME.intersection(code_words.words()) == set()


def test_the_first_and_last_code():
    listed = code_words.words()
    assert code_words.new_code(0) == "-".join([listed[0]] * 5)
    assert code_words.new_code(2**60 - 1) == "-".join([listed[-1]] * 5)
    assert code_words.new_code(1) == "-".join([listed[0]] * 4 + [listed[1]])


@pytest.mark.parametrize("bits", [-1, 2**60])
def test_other_than_60_bits_is_refused(bits):
    with pytest.raises(ValueError, match="60"):
        code_words.new_code(bits)


@given(st.integers(min_value=0, max_value=2**60 - 1))
def test_all_60_bits_can_be_read_back(bits):
    listed = code_words.words()
    read = 0
    for word in code_words.new_code(bits).split("-"):
        read = read << 12 | listed.index(word)
    assert read == bits


@given(
    codes,
    st.sampled_from(["-", " ", "   ", ", ", ".", "–", " — ", "\u00a0", "\n"]),
    st.sampled_from(["", '"', "'", "»", "“", " ", "…"]),
)
def test_a_code_survives_the_way_it_is_typed(code, between, around):
    typed = around + code.replace("-", between) + around
    for spelling in (typed, typed.upper(), typed.title(), typed.translate(PLAIN), typed.translate(PLAIN).upper()):
        assert code_words.normalise(spelling) == code


@given(codes)
def test_a_code_survives_foreign_keyboards(code):
    swedish = code.translate(str.maketrans({"æ": "ä", "ø": "ö"}))
    apart = code.replace("å", "a\u030a")
    assert code_words.normalise(swedish) == code_words.normalise(apart) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("birk fyrtarn otte kompass eng", "birk-fyrtårn-otte-kompas-eng"),
        ("Birk-Fyrtaarn-Otte-Kompas-Eng.", "birk-fyrtårn-otte-kompas-eng"),
        ("„birk, fyrtåm otte, kompas eng“", None),
        ("birk fyrtårn otte kompas", None),
        ("birk fyrtårn otte kompas eng eng", None),
        ("birk fyrtårn otte kompas qqqqqq", None),
        ("birk fyrtårn otte kompas " + "e" * 100, None),
        ("", None),
    ],
)
def test_what_is_understood(typed, meant):
    assert code_words.normalise(typed) == meant


def test_too_long_a_text_is_refused_even_when_it_holds_a_code():
    code = "birk-fyrtårn-otte-kompas-eng"
    assert code_words.normalise(code.ljust(200)) == code
    assert code_words.normalise(code.ljust(201)) is None


def test_every_listed_word_means_itself():
    assert [word for word in code_words.words() if as_first_word(word) != word] == []


@given(st.sampled_from(code_words.words()), st.integers(0, 8), st.sampled_from(LETTERS))
def test_a_slip_is_corrected_only_beyond_doubt(word, place, letter):
    typed = word[:place] + letter + word[place + 1 :]
    plain = typed.translate(PLAIN)
    listed = {known.translate(PLAIN): known for known in code_words.words()}
    near = {known for folded, known in listed.items() if one_slip_apart(typed, known) or one_slip_apart(plain, folded) or typed == known}
    expected = listed.get(plain) or (next(iter(near)) if len(near) == 1 else None)
    assert as_first_word(typed) == expected
