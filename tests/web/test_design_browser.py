"""The components in a real browser: calm at 320 pixels, without findings, and patient when the net is away."""

import functools
import http.server
import json
import shutil
import threading
from pathlib import Path

import django_htmx
import pytest
from django.template import Context, Engine

import hatch_build
from tovholder.web.design import gallery

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__), pytest.mark.once]
urlpatterns = []
ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE = """{% extends "phone.html" %}{% load design %}{% block title %}Skriv{% endblock %}{% block content %}<h1>Skriv</h1>
<form method="post" action="/sendt" class="tov-form" data-tov-offline="statement"><input type="hidden" name="idempotency_key" value="nr1">
{% field fresh_form.text limit=40 %}{% button "Send" %}</form>{% endblock %}"""
STORED = '<!DOCTYPE html><html lang="da"><title>Sendt</title><p data-tov-stored>Sendt</p><p data-tov-code>birk-eng</p></html>'
OUT_OF_SIGHT = """() => [...document.querySelectorAll('body *')].filter(node => {
  if (node.getBoundingClientRect().right <= document.documentElement.clientWidth + 1) return false;
  for (let up = node; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return false;
  return true;
}).map(node => node.tagName + '.' + node.className)"""


class Door(http.server.SimpleHTTPRequestHandler):
    posts: list[str] = []
    answer = STORED

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *line):
        pass

    def do_POST(self):
        type(self).posts.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        body = type(self).answer.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def address(tmp_path):
    context = {
        **gallery.samples(),
        "navigation": [
            (word, f"/{word}", word == "Planer") for word in ("Dialog", "Planer", "Høringer", "Indsatser", "Mål", "Tråde", "Parter")
        ],
        "site_place": "Syddanmark",
        "is_demo": True,
    }
    engine = Engine.get_default()
    for name, template in (("gallery", engine.get_template("design/gallery.html")), ("phone", engine.from_string(PHONE))):
        (tmp_path / f"{name}.html").write_text(template.render(Context(context)), encoding="utf-8")
    shutil.copytree(ROOT / "src/tovholder/web/static", tmp_path / "static")
    shutil.copytree(Path(django_htmx.__file__).parent / "static", tmp_path / "static", dirs_exist_ok=True)
    Door.posts, Door.answer = [], STORED
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Door, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser_here(chromium):
    before = set(chromium.contexts)
    yield chromium
    for context in set(chromium.contexts) - before:
        context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_every_component_is_accessible_and_fits(browser_here, address, width):
    from axe_playwright_python.sync_playwright import Axe

    if not hatch_build.is_fresh(ROOT):
        pytest.fail("The design system is not fetched: run `python hatch_build.py`")
    said = []
    view = browser_here.new_page(viewport={"width": width, "height": 800})
    view.on("console", lambda line: said.append(line.text))
    view.goto(f"{address}/gallery.html")
    found = Axe().run(view, options=RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert view.evaluate(OUT_OF_SIGHT) == []
    assert said == []


def test_words_wait_on_the_phone_until_they_are_stored(browser_here, address):
    net = browser_here.new_context(viewport={"width": 390, "height": 800})
    phone = net.new_page()
    phone.goto(f"{address}/phone.html")
    phone.locator("textarea").fill("Ring til kommunen først.")
    assert phone.locator(".tov-limit").inner_text() == "Du har 16 tegn tilbage"
    net.set_offline(True)
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.locator(".tov-queue li", has_text="Venter").wait_for()
    kept = json.loads(phone.evaluate("localStorage.getItem('tov-queue')"))
    assert [one["key"] for one in kept] == ["nr1"]
    net.set_offline(False)
    phone.locator(".tov-queue li", has_text="birk-eng").wait_for()
    assert len(Door.posts) == 1
    assert "idempotency_key=nr1" in Door.posts[0]
    assert "body" not in json.loads(phone.evaluate("localStorage.getItem('tov-queue')"))[0]


def test_words_that_were_not_stored_come_back_to_the_field(browser_here, address):
    Door.answer = "<!DOCTYPE html><p>Skriv ikke CPR-numre.</p>"
    net = browser_here.new_context()
    phone = net.new_page()
    phone.goto(f"{address}/phone.html")
    phone.locator("textarea").fill("Hele min tekst")
    net.set_offline(True)
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.locator(".tov-queue li", has_text="Venter").wait_for()
    phone.locator("textarea").fill("")
    net.set_offline(False)
    phone.get_by_role("button", name="Hent teksten, og ret den").click()
    assert phone.locator("textarea").input_value() == "Hele min tekst"


def test_letters_press_buttons_only_outside_text(browser_here, address):
    desk = browser_here.new_page()
    desk.goto(f"{address}/gallery.html")
    desk.keyboard.press("j")
    assert desk.evaluate("document.activeElement.textContent").startswith("36")
    desk.keyboard.press("k")
    assert desk.evaluate("document.activeElement.textContent").startswith("38")
    desk.locator("textarea").first.fill("")
    desk.keyboard.type("jk?")
    assert desk.locator("textarea").first.input_value() == "jk?"
    assert desk.locator("#tov-keys").is_hidden()
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    assert "Fortryd" in desk.locator("#tov-keys dl").inner_text()


def test_menu_opens_without_scripts(browser_here, address):
    phone = browser_here.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}).new_page()
    phone.goto(f"{address}/gallery.html")
    assert phone.get_by_role("link", name="Høringer").count() == 0
    phone.get_by_role("link", name="Menu").click()
    assert phone.get_by_role("link", name="Høringer").is_visible()
