"""English: every sentence has one, and a page read in English has no Danish left in its frame."""

import ast
import io
import json
import re
from gettext import GNUTranslations
from html.parser import HTMLParser

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, TextField
from django.utils import translation
from django.utils.translation import templatize

from tests.conftest import ROOT
from tests.consultations.test_actions import DAY, a_municipality, a_round, on_list
from tests.factories import AT
from tests.web.test_routes import READ, address_of, clock, db, doors, taken_back, world  # noqa: F401
from tovholder.base import written
from tovholder.base.outbox import waiting
from tovholder.consultations import actions
from tovholder.findings.models import StatusReport
from tovholder.parties.models import PartyKind, Role
from tovholder.pictures.geography import land
from tovholder.plans.models import PlanKind

pytestmark = pytest.mark.once

PACKAGE = ROOT / "src" / "tovholder"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w+>")
# The design system's gallery shows invented Danish pages; the line that tells of newer figures is a part of a page.
NOT_READ = {"gallery", "opinion:fresh"}
# What the world of the tests calls its things. It is data, and data keep their language.
# Places on the map of Denmark keep their names.
DATA = {"Udkast", "Til beslutning", "Hvem betaler?", "Dansk", *land().names.values()}
SEAMS = re.compile(r" · |, |: | – |^\d+(?:\.\d+)*\.? |[»«()]")


def _python(text):
    for _line, function, message, _comments in extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {}):
        spec = KEYWORDS[function]
        words = message if isinstance(message, tuple) else (message,)
        if spec and isinstance(spec[0], tuple):
            words = (f"{words[0]}\x04", *words[1:])
        yield tuple(words[: {"gettext": 1, "_": 1, "pgettext": 2, "ngettext": 2, "npgettext": 3}[function.removesuffix("_lazy")]])


def _sources():
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.*")):
        yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path))


@pytest.fixture(scope="module")
def catalogue():
    """The English catalogue as {words: message}; a word with a context comes after it."""
    with CATALOGUE.open("rb") as text:
        return {_words(row): row for row in read_po(text, locale="en") if row.id}


def _words(row):
    """Its words, with the context first where it has one."""
    return ((f"{row.context}\x04",) if row.context else ()) + _tuple(row.id)


@pytest.fixture(scope="module")
def extracted():
    """Every sentence marked in the sources, and where it stands."""
    found = {}
    for path, text in _sources():
        for words in _python(text):
            if all(words):
                found.setdefault(words, path.relative_to(PACKAGE))
    return found


def test_every_sentence_has_its_english(extracted, catalogue):
    known = {row[0] for row in catalogue if len(row) == 2}
    missing = {words: str(at) for words, at in extracted.items() if words not in catalogue and (len(words) > 1 or words[0] not in known)}
    assert len(extracted) > 1500
    assert not missing


def test_no_english_is_left_behind_by_a_sentence_that_is_gone(extracted, catalogue):
    used = {word for words in extracted for word in words}
    assert not [row for row in catalogue if row[0] not in used]


def test_no_english_is_empty_unsure_or_has_other_placeholders(catalogue):
    for words, row in catalogue.items():
        english = row.string if isinstance(row.string, tuple) else (row.string,)
        assert len(english) == len(_tuple(row.id)), words
        assert not row.fuzzy, words
        for danish, other in zip(_tuple(row.id), english):
            assert other.strip(), words
            assert sorted(PLACEHOLDER.findall(danish)) == sorted(PLACEHOLDER.findall(other)), words
            assert danish.endswith("\n") == other.endswith("\n"), words
            assert danish.startswith(" ") == other.startswith(" "), words


def test_the_english_is_written_as_the_house_writes(catalogue):
    for row in catalogue.values():
        for english in row.string if isinstance(row.string, tuple) else (row.string,):
            assert "!" not in english, english
            assert "»" not in english, english
            without_names = english.replace("birk-fyrtårn-otte-eng-sol", "")
            assert not re.search("[æøåÆØÅ]", without_names), english


def test_the_compiled_catalogue_is_the_one_that_stands_in_the_source(catalogue):
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists():
        pytest.skip("the package was made without its translations: python hatch_build.py")
    with compiled.open("rb") as binary:
        known = GNUTranslations(binary)
    for row in catalogue.values():
        if row.context:
            said = known.pgettext(row.context, row.id)
        else:
            said = known.gettext(row.id) if isinstance(row.id, str) else tuple(known.ngettext(*row.id, n) for n in (1, 2))
        assert said == row.string, f"{said}: run python hatch_build.py"


def _tuple(words):
    return (words,) if isinstance(words, str) else tuple(words)


def test_what_people_read_in_a_door_is_marked():
    """A Danish sentence in a view, a form or a rule that passes no gettext would stay Danish."""
    kept = {"dialogue/actions/trial.py", "web/front.py", "web/design/gallery.py"}
    loose = []
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(PACKAGE).as_posix()
        if place.startswith(("cli/", "texts/", "formats/", "pictures/", "evidence/", "config/")) or place in kept or "migrations" in place:
            continue
        if place.split("/")[1:2] in (["actions"], ["actions.py"]) or place.startswith(("base/", "jobs/")):
            continue
        loose += [(place, text) for text in _unmarked(ast.parse(path.read_text(encoding="utf-8"))) if re.search("[æøåÆØÅ].* .*[.?]$", text)]
    assert not [row for row in loose if not row[0].startswith("web/design/")]


def _unmarked(tree):
    marked = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in KEYWORDS:
            marked.update(id(part) for part in ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            marked.add(id(node.value))
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in marked)
    return [node.value for node in constants if isinstance(node.value, str)]


class Said(HTMLParser):
    """What a page says: its texts, and the labels that are read aloud."""

    def __init__(self, page):
        super().__init__()
        self.lang, self.words, self._silent = "", [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "html":
            self.lang = told.get("lang")
        self._silent += tag in ("script", "style")
        self.words += [told[name] for name in ("aria-label", "title", "placeholder", "alt") if told.get(name)]

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")

    def handle_data(self, text):
        if not self._silent and text.strip():
            self.words.append(" ".join(text.split()))


def _read(door, address, language):
    door.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    try:
        with taken_back():
            return door.get(address)
    finally:
        del door.cookies[settings.LANGUAGE_COOKIE_NAME]


@pytest.fixture(scope="module")
def frame():
    """Every sentence and word the house itself says in Danish."""
    with CATALOGUE.open("rb") as text:
        rows = [row for row in read_po(text, locale="en") if row.id]
    pairs = [(row.id, row.string) if isinstance(row.id, str) else (row.id[1], row.string[1]) for row in rows]
    return {danish for danish, english in pairs if danish != english and "%" not in danish and len(danish) > 2}


@pytest.fixture(scope="module")
def kept(world):  # noqa: F811
    """Everything people have written in the world of the tests, in one text."""
    texts = []
    for model in apps.get_models():
        fields = [field.attname for field in model._meta.fields if isinstance(field, (CharField, TextField))]
        if fields and model.__module__.startswith("tovholder.") and model not in (PartyKind, PlanKind, Role):
            texts += [" ".join(str(part).split()) for row in model._base_manager.values_list(*fields) for part in row]
    # A status report is a document: it is frozen in the language it was approved in.
    texts += [json.dumps(content, ensure_ascii=False) for content in StatusReport.objects.values_list("content", flat=True)]
    return "\n".join(texts)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["anonymous", "planner"])
def test_no_page_says_a_danish_sentence_of_ours_in_english(world, doors, frame, kept, who):  # noqa: F811
    left = {}
    for name in sorted(READ.keys() - NOT_READ):
        address = address_of(world, name)
        english = _read(doors[who], address, "en")
        if english.status_code != 200 or "html" not in english.headers["Content-Type"]:
            continue
        said = Said(english.content.decode())
        assert said.lang == "en", name
        assert english.headers["Content-Language"] == "en"
        left.update({word: name for word in said.words if word in frame})
        danish = set(Said(_read(doors[who], address, "da").content.decode()).words)
        left.update({word: name for word in said.words if word in danish and re.search("[æøåÆØÅ]", word)})
    assert not {word: name for word, name in left.items() if word not in DATA and not _is_data(word, kept)}


def _is_data(word, kept):
    return all(part.strip(" ,.") in kept for part in SEAMS.split(word) if re.search("[æøåÆØÅ]", part))


@pytest.mark.parametrize("name", ["front", "dialogue:list", "plans:plan", "consultations:consultation", "findings:list", "parties:list"])
def test_dates_are_english(world, doors, name):  # noqa: F811
    said = Said(_read(doors["anonymous"], address_of(world, name), "en").content.decode()).words
    # The consultation's own next steps are words its secretariat wrote.
    page = " ".join(word for word in said if word != "25. januar")
    assert not re.search(r"\d\. (januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b", page)
    assert " kl. " not in page


def test_the_menu_is_in_the_readers_language(world, doors):  # noqa: F811
    english = Said(_read(doors["anonymous"], "/", "en").content.decode()).words
    danish = Said(_read(doors["anonymous"], "/", "da").content.decode()).words
    pairs = {
        "Dialog": "Dialogue", "Planer": "Plans", "Høringer": "Consultations", "Indsatser": "Initiatives", "Mål": "Goals",
        "Tråde": "Threads", "Parter": "Parties", "Log ind": "Log in", "Tilgængelighed": "Accessibility", "Kontakt": "Contact",
    }  # fmt: skip
    for before, after in pairs.items():
        assert before in danish
        assert after in english
        assert before not in english
    assert "Say it once." in english


def test_a_browser_that_prefers_english_still_reads_danish(world, doors):  # noqa: F811
    with taken_back():
        page = doors["anonymous"].get("/", HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9")
    assert Said(page.content.decode()).lang == "da"
    assert page.headers["Content-Language"] == "da"


def test_an_unknown_language_in_the_cookie_is_danish(world, doors):  # noqa: F811
    assert Said(_read(doors["anonymous"], "/", "xx").content.decode()).lang == "da"


def test_the_switch_keeps_the_page_and_leads_only_to_own_paths(world, doors):  # noqa: F811
    door = doors["anonymous"]
    with taken_back():
        try:
            there = door.post("/sprog/", {"language": "en", "next": "/planer/?q=x"})
            assert (there.status_code, there.headers["Location"]) == (302, "/planer/?q=x")
            assert Said(door.get("/").content.decode()).lang == "en"
            for bad in ("https://example.com/", "//example.com", "/\\example.com"):
                assert door.post("/sprog/", {"language": "da", "next": bad}).headers["Location"] == "/"
            assert Said(door.get("/").content.decode()).lang == "da"
        finally:
            door.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)


class TestWritten:
    """Dates and numbers follow the page, letters and what is kept do not."""

    def test_dates(self, at):
        day = at.moment
        with translation.override("en"):
            assert written.long_date(day) == f"{day.day} November {day.year}"
            assert written.list_of(["a", "b", "c"]) == "a, b and c"
            assert (written.number(1942), written.number(12.3)) == ("1,942", "12.3")
            assert written.in_words(3) == "three"
            assert written.parse_date("24 November 2026") == written.parse_date("24-11-2026")
        with translation.override("da"):
            assert written.long_date(day) == f"{day.day}. november {day.year}"
            assert written.list_of(["a", "b", "c"]) == "a, b og c"
            assert (written.number(1942), written.in_words(13)) == ("1.942", "13")
            assert written.short_day(day) == f"{day.day}. nov."

    def test_months_have_twelve_names(self):
        with translation.override("en"):
            assert written.month_names()[0] == "January"
        with translation.override("da"):
            assert written.month_names()[11] == "december"

    def test_a_kind_has_its_name_in_both(self):
        council = {"name": "Sundhedsråd", "name_plural": "Sundhedsråd", "is_body": True}
        rows = {
            "Municipality": ("Municipalities", PartyKind(name="Kommune", name_plural="Kommuner", name_en="Municipality")),
            "Health council": ("Health councils", PartyKind(name_en="Health council", **council)),
            "Business": ("Business", PartyKind(name="Erhvervsliv", name_plural="Erhvervsliv", name_en="Business")),
        }
        for one, (many, kind) in rows.items():
            with translation.override("en"):
                assert (kind.label, kind.label_plural) == (one, many)
            with translation.override("da"):
                assert (kind.label, kind.label_plural) == (kind.name, kind.name_plural)
        role, plan_kind = Role(name="Borgmester", name_en="Mayor"), PlanKind(name="Sundhedsplan", name_en="Health plan")
        with translation.override("en"):
            assert (role.label, plan_kind.label) == ("Mayor", "Health plan")


def test_letters_and_kept_words_are_danish_whoever_acts(world):  # noqa: F811
    with taken_back(), translation.override("en"):
        consultation, by = a_round(deadline_at=AT + DAY)
        listed = on_list(consultation, by, a_municipality()[0])[0]
        actions.extend(listed, to=AT + 3 * DAY, reason="Aftalt.", by=by, at=AT)
        letter = waiting(500)[-1]
        assert letter.subject.startswith("Ny frist: ")
        assert re.search(r"Jeres frist er nu \d+\. november kl\. ", letter.body)
