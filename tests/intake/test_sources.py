import pytest

from tests.factories import AT, make_by, make_conference, make_party
from tovholder.base.by import ANYONE
from tovholder.base.errors import Refused
from tovholder.base.models import Event
from tovholder.dialogue.models import Question, Statement
from tovholder.formats.proposing import read_source
from tovholder.intake import actions, queries
from tovholder.intake.models import Proposal, Source
from tovholder.threads import actions as threads
from tovholder.threads.models import Tie

TEXT = """Borgermøde om genoptræning (eksempel)

Hvordan får vi genoptræningen i gang hurtigere?

- Ingen skal vente mere end en uge på den første træning, siger borgmester Signe Hallund (F).

Ring til Else Brandt på telefon 20 99 88 77, hvis du vil vide mere.
"""


@pytest.fixture
def region(db):
    return make_party("region", "Region Syddanmark")


@pytest.fixture
def planner(region):
    return make_by("planner", region)


def take_in(by, text=TEXT):
    content = text.encode()
    read = read_source(content, "moede.txt", queries.known_parties())
    return actions.take_in(
        filename="moede.txt", content=content, title=read.document.title, format=read.document.kind, paragraphs=read.paragraphs,
        proposals=read.rows, notices=read.document.notices, by=by, at=AT,
    )  # fmt: skip


def proposal(source, kind):
    return Proposal.objects.select_related("source", "passage").filter(source=source, kind=kind).first()


def test_a_document_keeps_its_paragraphs_and_proposes(planner):
    source = take_in(planner)
    assert [row.number for row in source.passages.all()] == sorted(row.number for row in source.passages.all())
    kinds = set(source.proposals.values_list("kind", flat=True))
    assert {"questions", "quotations", "held_back"} <= kinds
    assert set(source.proposals.values_list("state", flat=True)) == {"proposed"}


def test_each_proposal_points_at_its_words(planner):
    for row in take_in(planner).proposals.select_related("passage").filter(kind__in=["questions", "held_back"]):
        assert row.passage.text[row.start : row.end] == row.value["text"]


def test_the_same_file_is_kept_once(planner):
    assert take_in(planner) == take_in(planner)
    assert Source.objects.count() == 1


def test_a_stranger_may_not_hand_in_or_read(planner):
    source = take_in(planner)
    with pytest.raises(Refused):
        take_in(ANYONE)
    with pytest.raises(LookupError):
        queries.source(source.pk, ANYONE)


def test_a_confirmed_quotation_keeps_its_exact_place(planner, region):
    conference = make_conference(region)
    found = proposal(take_in(planner), "quotations")
    pk = threads.confirm_proposal(found, conference=conference, by=planner, at=AT)
    statement = Statement.objects.get(pk=pk)
    assert statement.state == "published"
    assert statement.speaker.startswith("Signe Hallund")
    assert statement.passage_id == found.passage_id
    assert statement.passage.text[statement.passage_start : statement.passage_end].strip("- ") in (statement.text, statement.text + ",")
    assert Tie.objects.filter(kind="source_of", from_thing=found.source_id, to_thing=pk).exists()
    found.refresh_from_db()
    assert (found.state, found.result_id) == ("confirmed", pk)


def test_a_confirmed_question_is_asked(planner, region):
    conference = make_conference(region)
    pk = threads.confirm_proposal(proposal(take_in(planner), "questions"), conference=conference, by=planner, at=AT)
    assert Question.objects.get(pk=pk).text == "Hvordan får vi genoptræningen i gang hurtigere?"


def test_a_quotation_needs_somewhere_to_belong_and_nothing_is_half_done(planner):
    found = proposal(take_in(planner), "quotations")
    with pytest.raises(Refused, match="Vælg"):
        threads.confirm_proposal(found, by=planner, at=AT)
    found.refresh_from_db()
    assert found.state == "proposed"


def test_declining_is_an_event(planner):
    found = proposal(take_in(planner), "questions")
    actions.decide_proposal(found, state="declined", by=planner, at=AT)
    assert Event.objects.filter(kind="proposal_decided", subject=found.source_id).count() == 1


def test_what_is_held_back_is_covered_on_the_page(client, log_in, region, planner):
    source = take_in(planner)
    log_in(("planner", region))
    page = client.get(f"/kilder/{source.pk}/").content.decode()
    assert "20 99 88 77" not in page
    assert "Else Brandt" not in page
    assert "holdt tilbage" in page


def test_the_page_is_for_people_with_a_mandate(client, planner):
    source = take_in(planner)
    assert client.get("/kilder/").status_code == 302
    assert client.get(f"/kilder/{source.pk}/").status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.docx", b"hej", "ikke et Word-dokument"),
        ("tom.txt", b"", "tom"),
        ("billede.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 300, ""),
    ],
)
def test_a_file_we_cannot_read_gets_a_sentence(client, log_in, region, name, content, sentence):
    from django.core.files.uploadedfile import SimpleUploadedFile

    log_in(("planner", region))
    response = client.post("/kilder/upload/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Source.objects.count() == 0


def test_an_upload_leads_to_its_proposals_and_a_choice(client, log_in, region):
    from django.core.files.uploadedfile import SimpleUploadedFile

    log_in(("planner", region))
    response = client.post("/kilder/upload/", {"file": SimpleUploadedFile("moede.txt", TEXT.encode())}, follow=True)
    assert response.status_code == 200
    found = proposal(Source.objects.get(), "questions")
    conference = make_conference(region)
    client.post(f"/kilder/forslag/{found.pk}/", {"answer": "confirmed", "target": f"k{conference.pk}"})
    assert Question.objects.filter(conference=conference, text=found.value["text"]).exists()
