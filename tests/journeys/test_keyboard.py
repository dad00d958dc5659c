"""Everything without a mouse: the skip link first, the order of reading, and votes by one key."""

import pytest

from tests import world as worlds
from tests.journeys.conftest import PHONE
from tovholder.dialogue.models import Vote

pytestmark = pytest.mark.once

ORDER = """() => {
  const seen = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(node => node.checkVisibility());
  return seen.every((node, at) => !at || seen[at - 1].compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)
    && !document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])');
}"""
HERE = "() => (document.activeElement.textContent.trim() || document.activeElement.name || '').split('\\n')[0].trim()"


@pytest.fixture(scope="module")
def world(site):
    return worlds.build()


def tab_to(page, name, at_most=60):
    """This will press Tab until something with a name has the focus, and return what was passed on the way."""
    passed = []
    for _press in range(at_most):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if name in here:
            return passed
        passed.append(here)
    return pytest.fail(f"Tab never came to {name!r}: {passed}")


REST = ["/hoeringer/", "/dialog/", "/traade/", "/parter/", "/indsatser/"]


@pytest.mark.parametrize("address", ["/", "/planer/", "/konto/login/", *(pytest.param(one, marks=pytest.mark.slow) for one in REST)])
def test_the_first_tab_is_the_way_to_the_content(world, someone, address):
    page = someone()
    page.goto(address)
    page.keyboard.press("Tab")
    link = page.evaluate("() => [document.activeElement.tagName, document.activeElement.getAttribute('href')]")
    assert link[0] == "A"
    assert link[1].startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("target => document.querySelector(target).contains(document.activeElement)", link[1])
    page.context.close()


def test_the_front_page_is_walked_in_the_order_it_is_read(world, someone):
    page = someone()
    page.goto("/")
    assert page.evaluate(ORDER)
    page.keyboard.press("Tab")
    passed = tab_to(page, "Skriv dit svar")
    assert "Vis min tråd" not in passed[-1:]
    tab_to(page, "code")
    page.keyboard.type("bare-noget-der-ikke-findes")
    page.keyboard.press("Enter")
    page.get_by_text("Vi kan ikke finde den kode.").first.wait_for()
    assert page.get_by_label("Din kode").input_value() == "bare-noget-der-ikke-findes"


def shows(page, text, *, is_same):
    """Waits until another statement, or this very one, stands there and the keys are awake."""
    page.wait_for_function(
        "([text, same]) => { const card = document.querySelector('article'); return card && (card.innerText === text) === same; }",
        arg=[text, is_same],
    )
    page.wait_for_load_state()
    return page.get_by_role("article").inner_text()


def test_votes_by_one_key(world, someone, site):
    page = someone(PHONE)
    page.goto("/v/sund26/stem")
    there = set(Vote.objects.values_list("pk", flat=True))
    said = [page.get_by_role("article").inner_text()]
    for key in "12":
        with page.expect_response("**/vote"):
            page.keyboard.press(key)
        said.append(shows(page, said[-1], is_same=False))
        site.wait(seconds=1)
    page.keyboard.press("z")
    shows(page, said[1], is_same=True)
    with page.expect_response("**/vote"):
        page.keyboard.press("3")
    shows(page, said[1], is_same=False)
    assert [row.answer for row in Vote.objects.exclude(pk__in=there).order_by("pk")] == [1, 0]


def test_letters_in_a_text_are_letters(world, someone):
    page = someone(PHONE)
    page.goto("/v/sund26")
    page.get_by_role("link", name="Skriv dit svar").first.click()
    field = page.get_by_label("Din oplevelse eller dit forslag")
    field.focus()
    page.keyboard.type("123 z?")
    assert field.input_value() == "123 z?"


def test_what_has_the_focus_is_seen(world, someone):
    page = someone()
    page.goto("/")
    for _press in range(8):
        page.keyboard.press("Tab")
        drawn = page.evaluate("""() => { const style = getComputedStyle(document.activeElement);
          return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'; }""")
        assert drawn, page.evaluate(HERE)


def test_a_slash_leads_to_the_search_and_is_only_a_slash_while_writing(world, someone):
    page = someone()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/planer/")
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "tov-find"
    page.keyboard.type("24/7")
    assert page.input_value("#tov-find") == "24/7"
    page.fill("#tov-find", "sundhedsplan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/?q=sundhedsplan")
    assert page.locator("main mark").first.inner_text().lower() == "sundhedsplan"
