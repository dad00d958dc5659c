"""Doors to coding and campaigns: one answer at a time, suggestions marked as such, and same answers shown whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import AT, make_conference, make_consultation, make_party, make_remark, make_response, make_statement
from tests.factories_coding import TEMPLATE, CodingWorld
from tovholder.base.by import ANYONE, SYSTEM
from tovholder.base.errors import Refused
from tovholder.dialogue.models import Statement, Theming
from tovholder.findings import actions, queries
from tovholder.findings.models import AskedAnswer, CampaignsFound, Codebook, Coding, Suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def world(log_in):
    found = CodingWorld(answers=6)
    found.ask_all()
    log_in(("planner", found.conference.organiser))
    return found


def desk(world):
    return reverse("coding:desk", args=[world.book.pk])


def suggest(world, number=0, code=0, **fields):
    given = {"score": 0.83, "words": ["ventede", "timer"], "model": "m", "suggested_at": AT} | fields
    return Suggestion.objects.create(codebook=world.book, answer_id=world.statements[number].pk, code=world.codes[code], **given)


def test_the_desk_shows_one_answer_in_its_own_words_and_why_it_is_asked_about(client, world):
    page = client.get(desk(world)).content.decode()
    assert f"»{world.statements[0].text}«" in page
    assert world.statements[1].text not in page
    assert "Derfor netop dette svar: det ligner mange andre." in page
    assert "6 svar venter på dig." in page
    assert world.question.text in page
    assert page.count("<h1") == 1


def test_a_suggestion_is_marked_and_says_which_words_spoke(client, world):
    suggest(world)
    suggest(world, code=1, source="language", model="lille-model")
    page = client.get(desk(world)).content.decode()
    assert "83 pct. sandsynlig efter jeres egen kodning." in page
    assert "<mark>ventede</mark>" in page
    assert page.count(">foreslået</span>") == 2
    assert "Sprogmodellen lille-model foreslår den." in page
    assert "Et forslag er ikke kodning, før du bekræfter det." in page
    assert " checked" not in page, "nothing is ticked before a person ticks it"


def test_one_press_confirms_and_the_next_answer_comes(client, world):
    suggest(world)
    response = client.post(desk(world), {"answer": world.statements[0].pk, "do": "confirm"}, follow=True)
    assert "Koderne er gemt." in response.content.decode()
    assert world.statements[1].text in response.content.decode()
    assert Theming.objects.get(statement=world.statements[0]).theme == world.themes[0]
    assert Suggestion.objects.get().state == "confirmed"


def test_codes_are_chosen_and_a_coding_can_be_mended(client, world):
    statement = world.statements[0]
    client.post(desk(world), {"answer": statement.pk, "do": "save", "codes": [world.codes[1].pk, world.codes[2].pk]})
    assert Theming.objects.filter(statement=statement).count() == 2
    page = client.get(desk(world), {"svar": statement.pk}).content.decode()
    assert page.count(" checked") == 2
    assert "Dine seneste" in page
    client.post(desk(world), {"answer": statement.pk, "do": "none"})
    assert not Theming.objects.filter(statement=statement).exists()
    assert Coding.objects.get().codes.count() == 0


def test_nothing_chosen_is_asked_about_once_more(client, world):
    response = client.post(desk(world), {"answer": world.statements[0].pk, "do": "save"})
    assert response.status_code == 422
    assert "Ingen af koderne passer" in response.content.decode()
    assert not Coding.objects.exists()


def test_what_cannot_be_coded_changes_nothing(client, world):
    other = CodingWorld(answers=2)
    codes = {"answer": world.statements[0].pk, "do": "save", "codes": [other.codes[0].pk]}
    assert client.post(desk(world), codes).status_code == 422
    assert client.post(desk(world), {"answer": other.statements[0].pk, "do": "none"}).status_code == 404
    assert client.get(desk(world), {"svar": "findes-ikke"}).status_code == 404
    assert client.get(desk(other)).status_code == 404
    assert client.post(desk(world), {"answer": world.statements[0].pk, "do": "confirm"}).status_code == 422
    assert not Coding.objects.exists()


@pytest.mark.parametrize(("why", "double", "words"), [("random", False, "trukket ved lod"), ("doubt", True, "kodes af to")])
def test_where_we_measure_no_suggestion_shows(client, world, why, double, words):
    AskedAnswer.objects.filter(answer=world.statements[0].pk).update(why=why, is_double=double)
    suggest(world)
    page = client.get(desk(world)).content.decode()
    assert words in page
    assert "<mark>" not in page
    assert "Bekræft det foreslåede" not in page


def test_a_suggestion_is_rejected_and_the_answer_waits(client, world):
    row = suggest(world)
    response = client.post(reverse("coding:reject", args=[row.pk]), follow=True)
    assert "Forslaget er afvist." in response.content.decode()
    assert world.statements[0].text in response.content.decode()
    row.refresh_from_db()
    assert (row.state, Coding.objects.count()) == ("rejected", 0)


def test_before_anything_is_learned_the_answers_come_in_an_order_of_their_own(client, world):
    AskedAnswer.objects.all().delete()
    Codebook.objects.update(double_share=0)
    seen = []
    for left in range(6, 0, -1):
        page = client.get(desk(world)).content.decode()
        assert f"{left} svar venter på dig." in page
        assert "ingen har kodet det endnu" in page
        assert client.get(desk(world)).content.decode().count(found := next(row.text for row in world.statements if row.text in page))
        answer = next(row.pk for row in world.statements if f'value="{row.pk}"' in page)
        seen.append((answer, found))
        client.post(desk(world), {"answer": answer, "do": "none"})
    assert len({answer for answer, _text in seen}) == 6
    assert "Alle svar er kodet" in client.get(desk(world)).content.decode()


def test_the_list_counts_the_answers_themselves(client, world):
    assert "0 af 6 er kodet" in client.get(reverse("coding:list")).content.decode()
    world.code(0)
    assert "1 af 6 er kodet" in client.get(reverse("coding:list")).content.decode()
    Statement.objects.filter(pk=world.statements[0].pk).update(state="withdrawn")
    assert "af 5 er kodet" in client.get(reverse("coding:list")).content.decode()


def test_the_book_says_how_well_it_goes_with_intervals(client, world):
    page = client.get(reverse("coding:book", args=[world.book.pk])).content.decode()
    assert "når I har kodet 20 svar" in page
    assert ">F1</th>" not in page
    assert "Skriv en vejledning" in page
    big = CodingWorld(answers=60)
    big.ask_all(double=range(10))
    big.code(*range(40))
    big.code(*range(10), by=big.other)
    actions.refit(big.book, by=SYSTEM, at=AT)
    page = _as_planner_of(client, big).get(reverse("coding:book", args=[big.book.pk])).content.decode()
    assert "Forslagene rammer: F1 " in page
    assert ">F1</th>" in page
    assert "(mellem " in page
    assert "I er enige: alfa 1" in page
    assert "10 svar er kodet af to." in page
    assert "For få er trukket ved lod endnu." in page


def _as_planner_of(client, world):
    from tests.factories import make_user

    client.force_login(make_user(("planner", world.conference.organiser)), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_codes_and_guide_are_made_at_their_pages(client, world):
    add, guide = (reverse(f"coding:{name}", args=[world.book.pk]) for name in ("add", "guide"))
    client.post(add, {"name": "Økonomi", "description": "Penge", "example": "Det koster."})
    assert [code.name for code in queries.codes_of(world.book)].count("Økonomi") == 1
    assert client.post(add, {"name": "Økonomi"}).status_code == 422
    assert client.post(add, {"name": ""}).status_code == 422
    assert client.post(guide, {"guide": "Kun det, der står.", "share": "20"}).status_code == 302
    assert Codebook.objects.get(pk=world.book.pk).double_share == 20
    assert client.post(guide, {"guide": "", "share": "200"}).status_code == 422


def test_a_book_is_made_from_the_list(client, world):
    here = make_conference(world.conference.organiser, title="Næste konference")
    page = client.get(reverse("coding:list")).content.decode()
    assert 'Lav en kodebog<span class="sr-only"> til Næste konference</span>' in page
    assert client.post(reverse("coding:make"), {"conference": here.pk}).status_code == 302
    assert Codebook.objects.filter(conference=here).exists()
    assert client.post(reverse("coding:make"), {"conference": make_conference().pk}).status_code == 403
    assert client.post(reverse("coding:make"), {"conference": "findes-ikke"}).status_code == 404


def test_neighbours_find_nothing(client, world, log_in):
    log_in(("planner", make_party()))
    assert client.get(desk(world)).status_code == 404
    assert client.post(desk(world), {"answer": world.statements[0].pk, "do": "none"}).status_code == 404
    assert client.post(reverse("coding:reject", args=[suggest(world).pk])).status_code == 404
    assert "Ingen kodebøger endnu" in client.get(reverse("coding:list")).content.decode()
    client.logout()
    assert client.get(desk(world)).status_code == 302


def test_the_desk_asks_as_often_for_many_answers_as_for_one(client, world):
    counts = []
    for more in (1, 5):
        for number in range(more):
            suggest(world, code=number % 4, source=("linear", "language")[number // 4])
        with CaptureQueriesContext(connection) as caught:
            assert client.get(desk(world)).status_code == 200
        counts.append(len(caught))
        Suggestion.objects.all().delete()
    assert counts[0] == counts[1]


OWN = ("Vi bor på Ærø, og færgen sejler ikke om natten.", "Min far kom hjem til et tomt hus.", "")


def a_campaign(conference, words=TEMPLATE):
    question = conference.questions.first() or make_statement(question=None).question
    question.conference = conference
    question.save()
    letter = f"{words} Det er ikke rimeligt, at pårørende skal løbe efter oplysningerne selv. Skriv det ind i planen med et antal timer."
    return [make_statement(question, text=f"{letter} {own}".strip()) for own in OWN]


def test_same_answers_are_shown_together_with_each_ones_own_words(client):
    conference = make_conference()
    copies = a_campaign(conference)
    make_statement(copies[0].question, text="Noget helt andet, som kun én har skrevet om parkering ved sygehuset i Kolding.")
    address = reverse("coding:conference_campaigns", args=[conference.pk])
    assert "Vi kigger inden for et minut" in client.get(address).content.decode()
    assert "Vi har ikke kigget endnu" in client.get(reverse("coding:conference_campaigns", args=[make_conference().pk])).content.decode()
    assert actions.find_campaigns_due(by=SYSTEM, at=AT) == 1
    assert actions.find_campaigns_due(by=SYSTEM, at=AT) == 0
    page = client.get(address).content.decode()
    assert "3 svar efter samme tekst" in page
    assert "færgen sejler ikke om natten" in page[page.index("<mark>") :]
    assert "Ord for ord det samme" in page
    assert "parkering" not in page
    for row in copies:
        assert reverse("dialogue:statement", args=[row.pk]) in page


def test_what_is_withdrawn_or_mended_leaves_the_campaign_at_once(client):
    conference = make_conference()
    copies = a_campaign(conference)
    copies.append(make_statement(copies[0].question, text=f"{copies[2].text} Tordis Kanarie skrev under."))
    actions.find_campaigns(conference, by=SYSTEM, at=AT)
    address = reverse("coding:conference_campaigns", args=[conference.pk])
    assert "Tordis Kanarie" in client.get(address).content.decode()
    assert "Tordis" not in str(CampaignsFound.objects.get().figures)
    Statement.objects.filter(pk=copies[3].pk).update(text="[navn fjernet]")
    page = client.get(address).content.decode()
    assert "Tordis" not in page
    assert "3 svar efter samme tekst" in page
    Statement.objects.filter(pk=copies[0].pk).update(state="withdrawn")
    page = client.get(address).content.decode()
    assert "færgen" not in page
    assert "Ingen svar ligner hinanden" in page


def test_remarks_of_a_consultation_too_and_held_ones_never(client):
    consultation = make_consultation()
    text = f"{TEMPLATE} Det er ikke rimeligt, at pårørende skal løbe efter oplysningerne selv."
    for n in range(3):
        make_remark(make_response(consultation), text=f"{text} {OWN[n]}".strip())
    make_remark(make_response(consultation, held_at=AT), text=f"{text} Bodil Kanarie mener det.")
    actions.find_campaigns(consultation, by=SYSTEM, at=AT)
    page = client.get(reverse("coding:consultation_campaigns", args=[consultation.pk])).content.decode()
    assert "3 svar efter samme tekst" in page
    assert "Bodil" not in page


def test_only_the_system_looks(world):
    for by in (ANYONE, world.by):
        with pytest.raises(Refused):
            actions.find_campaigns(world.conference, by=by, at=AT)


def test_the_method_is_told_in_plain_words(client):
    page = client.get(reverse("coding:method")).content.decode()
    for words in ("Mennesker koder", "trækker vi ved lod", "Krippendorffs alfa", "Det beviser tallene ikke"):
        assert words in page
