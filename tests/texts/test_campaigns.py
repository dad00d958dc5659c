"""Campaigns are found whole, told apart from short answers and quotations, and each copy's own words are marked."""

import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.texts.campaigns import find_campaigns

sys.path.insert(0, str(Path(__file__).parent))
from campaign_texts import danish_sentences, made, own_scores, pairwise, statement_sentences  # noqa: E402

pytestmark = pytest.mark.once

LETTER = (
    "Vi er mange, der er bekymrede for akutmodtagelsen i Esbjerg. Afstanden til Odense er for stor, når det gælder livet. "
    "Vi beder regionen om at lytte til borgerne i Vestjylland. Bevar derfor akutmodtagelsen i Esbjerg med læger døgnet rundt."
)
COPIES = [
    ("anna", LETTER),
    ("bo", "Jeg er 82 år og bor alene i Nordby. " + LETTER),
    ("carl", LETTER.replace("for stor", "alt for stor")),
    ("ditte", LETTER.replace("Afstanden til Odense er for stor, når det gælder livet. ", "")),
    ("erik", LETTER + " Min kone døde på vejen til Odense i foråret."),
]
OTHERS = [
    ("fie", "Tandpleje bør være gratis for alle under 25 år, ligesom det er i andre lande vi kan sammenligne os med."),
    ("gert", "Jeg savner en plan for, hvordan sygeplejerskerne skal nå det hele, når der mangler hænder om aftenen."),
    ("hans", "Ingen bemærkninger."),
    ("ida", "ingen bemærkninger"),
    ("jens", "Ingen bemærkninger!"),
    ("kaj", ""),
    ("lis", "»Bevar derfor akutmodtagelsen i Esbjerg med læger døgnet rundt«? Pengene findes ikke, og nærhed er mere end mursten."),
]


def own(campaign, id_, texts):
    """This will give what stands in a copy's own spans."""
    copy = next(copy for copy in campaign.copies if copy.id == id_)
    return [dict(texts)[id_][start:end] for start, end in copy.own_words]


def test_the_copies_of_a_letter_are_one_campaign_with_its_sentences():
    campaign, short = find_campaigns([*OTHERS, *COPIES])

    assert campaign.kind == "campaign"
    assert campaign.ids == ("anna", "bo", "carl", "ditte", "erik")
    assert " ".join(campaign.template) == LETTER
    assert short.kind == "short answer"
    assert short.template == ("Ingen bemærkninger!",)
    assert short.ids == ("hans", "ida", "jens")


def test_sentences_are_shown_as_most_copies_write_them():
    shouting = [("ole", LETTER.upper()), ("per", LETTER.replace(".", "!"))]

    assert " ".join(find_campaigns([*COPIES, *shouting])[0].template) == LETTER


def test_each_copy_shows_its_own_words():
    campaign = find_campaigns(COPIES)[0]

    assert own(campaign, "anna", COPIES) == []
    assert own(campaign, "bo", COPIES) == ["Jeg er 82 år og bor alene i Nordby"]
    assert own(campaign, "carl", COPIES) == ["alt"]
    assert own(campaign, "ditte", COPIES) == []
    assert own(campaign, "erik", COPIES) == ["Min kone døde på vejen til Odense i foråret"]
    assert [copy.likeness for copy in campaign.copies][0] == 1.0
    assert all(0.5 < copy.likeness <= 1.0 for copy in campaign.copies)


def test_spans_point_into_the_text_as_it_was_written():
    texts = [(id_, unicodedata.normalize("NFD", text)) for id_, text in COPIES]

    campaign = find_campaigns(texts)[0]

    assert [unicodedata.normalize("NFC", words) for words in own(campaign, "bo", texts)] == ["Jeg er 82 år og bor alene i Nordby"]
    assert own(campaign, "carl", texts) == ["alt"]


def test_the_order_of_the_texts_changes_nothing():
    given_ = made(3, 600, danish_sentences(np.random.default_rng(3), 900), copies=20)
    first = find_campaigns(given_.texts)

    assert find_campaigns(given_.texts[::-1]) == first
    assert find_campaigns(sorted(given_.texts, key=lambda text: text[1][5:])) == first


def test_edited_copies_are_found_and_their_own_words_marked():
    given_ = made(5, 2000, danish_sentences(np.random.default_rng(5), 2500), copies=50)
    found = find_campaigns(given_.texts)
    labels = np.full(len(given_.texts), -1)
    place = {id_: number for number, (id_, _) in enumerate(given_.texts)}
    for number, campaign in enumerate(found):
        labels[[place[id_] for id_ in campaign.ids]] = number
    own_precision, own_recall = own_scores(given_, found)

    assert pairwise(given_.campaigns, labels)[2] >= 0.99
    assert own_precision >= 0.98
    assert own_recall >= 0.98


@pytest.mark.slow
@pytest.mark.oracle
def test_copies_of_real_statements_are_found_among_twenty_thousand(shared):
    given_ = made(7, 20_000, statement_sentences(shared, "austria*"))
    labels = np.full(20_000, -1)
    place = {id_: number for number, (id_, _) in enumerate(given_.texts)}
    for number, campaign in enumerate(find_campaigns(given_.texts)):
        labels[[place[id_] for id_ in campaign.ids]] = number

    assert pairwise(given_.campaigns, labels)[2] >= 0.99


def test_texts_that_quote_one_long_sentence_are_no_campaign():
    quoted = "Regionen skal i god tid før næste års budget lægge frem, hvordan hver enkelt afdeling bliver berørt af de nye regler."
    rng = np.random.default_rng(11)
    sentences = danish_sentences(rng, 300)
    texts = [(f"svar {number}", " ".join([quoted, *sentences[3 * number : 3 * number + 3]])) for number in range(40)]

    assert find_campaigns(texts) == ()


def test_a_chain_of_half_shared_texts_is_not_one_campaign():
    sentences = danish_sentences(np.random.default_rng(13), 60)
    texts = [(f"svar {number}", " ".join(sentences[number : number + 4])) for number in range(50)]

    assert all(len(campaign.copies) <= 4 for campaign in find_campaigns(texts))


def test_the_smallest_number_of_copies_is_kept():
    assert find_campaigns(COPIES[:2]) == ()
    assert len(find_campaigns(COPIES[:2], smallest=2)) == 1
    assert find_campaigns([]) == ()
    assert find_campaigns([("a", ""), ("b", "!!!"), ("c", " ")]) == ()


@pytest.mark.parametrize(("similarity", "smallest"), [(0.0, 3), (1.1, 3), (0.5, 1), (float("nan"), 3)])
def test_limits_that_mean_nothing_are_refused(similarity, smallest):
    with pytest.raises(ValueError, match="skal være|mindst 2"):
        find_campaigns(COPIES, similarity=similarity, smallest=smallest)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=12), st.randoms(use_true_random=False))
def test_any_texts_are_read_each_in_one_campaign_at_most_and_in_any_order(texts, random):
    named = [(str(number), text) for number, text in enumerate([*texts, *texts, *texts])]
    found = find_campaigns(named)
    ids = [id_ for campaign in found for id_ in campaign.ids]
    random.shuffle(named)

    assert len(ids) == len(set(ids))
    assert find_campaigns(named) == found
    for campaign in found:
        for copy in campaign.copies:
            length = len(dict(named)[copy.id])
            assert all(0 <= start < end <= length for start, end in copy.own_words)
