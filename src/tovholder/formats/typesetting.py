"""Pages set by Typst from files held in memory: no packages, no network, no file of the machine but the fonts it is given."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from tovholder.formats.woff2 import SIGNATURE, signs_of, truetype

STANDARDS = ("ua-1", "a-2a")
CHART_DOTS_PER_INCH = 200
MISSING_SIGN = "?"
_TRIES = 12
_NAMED_SIGNS = re.compile(r'(?:the text|codepoint) `?"(.+?)"`?(?: could| of|\n|$| in)')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")
_FONT_ENDINGS = (".woff2", ".ttf", ".otf")
_BOX = re.compile(r'viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)')
TALLEST = 1.0
_CHART = (
    '#set page(width: auto, height: auto, margin: 0pt)\n#set text(font: ("IBM Plex Sans", "Libertinus Serif"))\n'
    '#image("chart.svg", alt: " ")\n'
)


def width_share(svg: str) -> float:
    """This will give the share of the line, in per cent, that a drawing may take so that a tall one stays on its page."""
    box = _BOX.search(svg)
    if box is None or not float(box[1]):
        return 100.0
    return min(100.0, 100.0 * TALLEST / (float(box[2]) / float(box[1])))


class Typesetting:
    """The fonts of one folder (TrueType or WOFF2, at any depth) made ready; used as a context, so that they are put away again."""

    def __init__(self, fonts: Path | None) -> None:
        self._fonts = fonts
        self._kept = ExitStack()
        self._place = ""
        self.signs: frozenset[int] = frozenset(range(0x20, 0x7F)) | frozenset(range(0xA1, 0x100))

    def __enter__(self) -> Typesetting:
        self._place = self._kept.enter_context(tempfile.TemporaryDirectory())
        found = sorted(self._fonts.rglob("*")) if self._fonts is not None and self._fonts.is_dir() else []
        for number, path in enumerate(path for path in found if path.suffix in _FONT_ENDINGS):
            content = path.read_bytes()
            font = truetype(content) if content.startswith(SIGNATURE) else content
            (Path(self._place) / f"{number:03d}.ttf").write_bytes(font)
            self.signs |= signs_of(font)
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def pdf(self, template: bytes, said: Any, files: Mapping[str, bytes], *, made_at: datetime) -> bytes:
        """This will set the template with `said` as its said.json, as PDF/UA-1 and PDF/A-2a; raises ValueError when Typst refuses."""

        def attempt(shown: Any) -> bytes:
            whole = {"main.typ": template, "said.json": json.dumps(shown, ensure_ascii=False).encode(), **files}
            return self._compiled(whole, format="pdf", pdf_standards=list(STANDARDS), timestamp=int(made_at.timestamp()))

        return _until_shown(attempt, said, self.signs)

    def png(self, svg: str) -> bytes:
        """This will draw one SVG at 200 dots an inch; raises ValueError when it cannot be drawn."""
        return self._compiled({"main.typ": _CHART.encode(), "chart.svg": svg.encode()}, format="png", ppi=CHART_DOTS_PER_INCH)

    def _compiled(self, files: dict[str, bytes], **options: Any) -> bytes:
        import typst

        try:
            made: Any = typst.compile(
                files,
                root=self._place,
                font_paths=[self._place],
                ignore_system_fonts=True,
                package_path=self._place,
                package_cache_path=self._place,
                **options,
            )
        except typst.TypstError as error:
            raise ValueError(str(error)) from error
        return made[0] if isinstance(made, list) else made  # type: ignore[no-any-return]


def _until_shown(attempt: Callable[[Any], bytes], said: Any, signs: Collection[int]) -> bytes:
    """The standard refuses a sign that no font can draw: each that Typst names is shown as a question mark, and at last all unknown."""
    for _ in range(_TRIES):
        try:
            return attempt(said)
        except ValueError as error:
            named = {sign for text in _NAMED_SIGNS.findall(str(error)) for sign in _ESCAPED.sub(_sign, text)}
            if not named:
                raise
            # Some signs are refused although a font has them, and a combining sign comes with the letter it stands on.
            unknown = {sign for sign in named if ord(sign) not in signs} or named
            said = _replaced(said, lambda sign, gone=unknown: sign not in gone)  # type: ignore[misc]
    return attempt(_replaced(said, lambda sign: ord(sign) in signs))


def _sign(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _replaced(said: Any, is_kept: Callable[[str], bool]) -> Any:
    if isinstance(said, str):
        return "".join(sign if is_kept(sign) else MISSING_SIGN for sign in said)
    if isinstance(said, dict):
        return {key: _replaced(value, is_kept) for key, value in said.items()}
    return [_replaced(value, is_kept) for value in said] if isinstance(said, list) else said
