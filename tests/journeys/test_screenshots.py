"""Pictures of the main pages. With SCREENSHOTS=1 they go to docs/pictures; without it three are made, to see that they can be."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from tests import world as worlds
from tests.journeys.conftest import DESK, PHONE

ROOT = Path(__file__).resolve().parents[2]
WANTED = os.environ.get("SCREENSHOTS") == "1"
LARGEST = 400_000
# Name: (address, who, at which widths).
PAGES = {
    "front": ("/", "anonymous", (DESK, PHONE)),
    "live": ("/v/sund26", "anonymous", (PHONE,)),
    "vote": ("/v/sund26/stem", "anonymous", (PHONE,)),
    "hall": ("/v/sund26/skaerm", "anonymous", (DESK,)),
    "moderator": ("/ordstyrer/{conference}/{waiting}/", "moderator", (DESK,)),
    "plan": ("/planer/version/{newer}/", "anonymous", (DESK, PHONE)),
    "compare": ("/planer/sammenlign/{heard}/{newer}/", "anonymous", (DESK, PHONE)),
    "consultation-desk": ("/hoeringer/{consultation}/bord/", "planner", (DESK,)),
    "board": ("/planer/godkendelse/{deciding}/", "anonymous", (DESK, PHONE)),
    "thread": ("/traade/udsagn/{said}/", "anonymous", (DESK, PHONE)),
    "gaps": ("/traade/huller/", "planner", (DESK,)),
    "parties-2026": ("/parter/?dag=31-12-2026", "anonymous", (DESK,)),
    "parties-2027": ("/parter/?dag=01-01-2027", "anonymous", (DESK, PHONE)),
    "initiative": ("/indsatser/{initiative}/", "anonymous", (DESK,)),
    "theme-group": ("/dialog/temagruppe/{group}/", "anonymous", (DESK,)),
}
SHOWN = {name: page for name, page in PAGES.items() if WANTED or name in ("front", "plan", "thread")}


@pytest.fixture(scope="module")
def world(site):
    made = worlds.build()
    worlds.grow(made)
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if not WANTED:
        return tmp_path_factory.mktemp("pictures")
    place = ROOT / "docs" / "pictures"
    place.mkdir(parents=True, exist_ok=True)
    return place


def lightness(picture):
    """This will return how many different bytes the unpacked rows of a PNG hold, and its width."""
    content, at, packed = picture.read_bytes(), 8, b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        packed += content[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return len(set(zlib.decompress(packed))), struct.unpack(">I", content[16:20])[0]


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_of(world, someone, folder, name):
    address, who, sizes = PAGES[name]
    parts = {part: getattr(getattr(world, part), "pk", "") for part in vars(world)}
    for size in sizes:
        page = someone(size, user=None if who == "anonymous" else world.users[who])
        assert page.goto(address.format(**parts)).status == 200
        picture = folder / f"{name}{'-phone' if size is PHONE else ''}.png"
        page.screenshot(path=picture, full_page=False, animations="disabled")
        page.context.close()
        colours, width = lightness(picture)
        assert colours > 40
        assert width == size["width"]
        assert picture.stat().st_size < LARGEST
