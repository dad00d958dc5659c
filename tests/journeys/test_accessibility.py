"""Every page, narrow and wide, as the one it is for sees it: no finding of axe, nothing outside the edge."""

import pytest

from tests import world as worlds
from tests.journeys.conftest import DESK, SMALL
from tests.web.routes_cases import CASES
from tests.web.test_routes import address_of

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}  # fmt: skip
OUTSIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
[...document.querySelectorAll('body *')].filter(node => {
  if (node.getBoundingClientRect().right <= document.documentElement.clientWidth + 1) return false;
  for (let up = node.parentElement; up && up !== document.body; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== 'visible') return false;
  return true;
}).map(node => `${node.tagName}.${node.className}: ${node.textContent.trim().slice(0, 40)}`).slice(0, 5)"""
PAGES = [name for name, case in CASES.items() if case.kind in ("page", "list") and not case.no_axe]
ONLY_WIDE = {"live:hall": "a screen in a hall, never a phone"}

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture(scope="module")
def world(site):
    return worlds.build()


@pytest.fixture(scope="module")
def people(world, someone):
    """A browser window for everyone, opened when it is first asked for."""
    windows = {}

    def window(who):
        if who not in windows:
            windows[who] = someone(user=None if who == "anonymous" else world.users[who])
        return windows[who]

    return window


@pytest.fixture(scope="module")
def axe():
    from axe_playwright_python.sync_playwright import Axe

    return Axe()


# One page or two of each room, narrow, since most faults show where there is least; every page at both sizes in the thorough run.
OFTEN = {
    "front", "parties:list", "dialogue:conference", "moderation:list", "plans:version", "consultations:desk", "threads:statement",
    "search:results", "findings:goal", "findings:champion", "opinion:finding", "coding:desk", *ONLY_WIDE,
}  # fmt: skip
SIZED = [(name, size) for name in PAGES for size in ((DESK,) if name in ONLY_WIDE else (SMALL, DESK))]
SIZED = [
    (name, size) if name in OFTEN and size in (SMALL, *(DESK,) * (name in ONLY_WIDE)) else pytest.param(name, size, marks=pytest.mark.slow)
    for name, size in SIZED
]  # fmt: skip


@pytest.mark.parametrize(("name", "size"), SIZED, ids=lambda part: part if isinstance(part, str) else str(part["width"]))
def test_a_page_is_accessible_and_fits(world, people, axe, name, size):
    page = people(CASES[name].who)
    page.set_viewport_size(size)
    answer = page.goto(address_of(world, name))
    assert answer.status in (200, 401)
    seen = axe.run(page, options=RULES).response["violations"]
    found = [(one["id"], node["html"][:160]) for one in seen for node in one["nodes"][:3]]
    if name not in ONLY_WIDE:
        found += [("outside", words) for words in page.evaluate(OUTSIDE)]
    if found:
        pytest.fail("\n".join(" ".join(map(str, one)) for one in found), pytrace=False)


def test_the_tools_see_what_is_wrong(people, axe):
    page = people("anonymous")
    page.goto("/om/kontakt/")
    page.set_viewport_size(SMALL)
    page.evaluate("""() => {
      const fault = document.createElement('img');
      fault.src = 'data:,';
      fault.style.minWidth = '900px';
      document.querySelector('main').append(fault);
    }""")
    assert [one["id"] for one in axe.run(page, options=RULES).response["violations"]] == ["image-alt"]
    assert page.evaluate(OUTSIDE) != []
