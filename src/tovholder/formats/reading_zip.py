"""A zip file opened with suspicion: entries, names, encryption, and what they unpack to, counted while reading."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from tovholder.formats.reading_shapes import Unreadable

if TYPE_CHECKING:
    from lxml import etree

ENTRIES = 5_000
UNPACKED_BYTES = 200 << 20
RATIO = 100
RATIO_FROM_BYTES = 1 << 20
_CHUNK = 1 << 16
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
_BOMB = "Filen pakker ud til mere, end vi tør læse. Gem den igen i {}, og prøv."
_DAMAGED = "Filen er beskadiget. Gem den igen i {}, og prøv."
_UNTRUSTED = "Filen er bygget på en måde, vi ikke stoler på. Gem den igen i {}, og prøv."


class Package:
    """An open zip package; `room` is what may still be unpacked, shared with packages inside it; `program` is what it is saved in."""

    def __init__(self, content: bytes, room: list[int] | None = None, *, program: str = "Word") -> None:
        self._program = program
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
            raise Unreadable(_DAMAGED.format(program)) from None
        self.room = [UNPACKED_BYTES] if room is None else room
        if len(self._entries) > ENTRIES:
            raise Unreadable(_BOMB.format(program))
        names = [entry.filename for entry in self._entries]
        if len(set(names)) != len(names) or any(map(_leads_outside, names)):
            raise Unreadable(_UNTRUSTED.format(program))
        if any(entry.flag_bits & 1 for entry in self._entries):
            raise Unreadable("Filen er låst med adgangskode. Fjern koden, og prøv igen.")
        self.names = tuple(name for name in names if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """This will unpack one entry, counting every byte; raises Unreadable at a bomb or a damaged entry."""
        packed = max(self._zip.getinfo(name).compress_size, 1)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(name) as entry:
                while part := entry.read(_CHUNK):
                    size += len(part)
                    self.room[0] -= len(part)
                    if self.room[0] < 0 or (size > RATIO_FROM_BYTES and size / packed > RATIO):
                        raise Unreadable(_BOMB.format(self._program))
                    parts.append(part)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
            raise Unreadable(_DAMAGED.format(self._program)) from None
        return b"".join(parts)

    def begins(self, name: str) -> bytes:
        """This will give the first eight bytes of an entry, or none when it is damaged."""
        try:
            with self._zip.open(name) as entry:
                return entry.read(8)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
            return b""

    def is_archive(self, name: str) -> bool:
        """This will tell whether an entry is itself an archive."""
        return self.begins(name).startswith(_ARCHIVES)

    def tree(self, name: str) -> etree._Element | None:
        """This will parse one XML entry without entities, DTD or network; None when it is not there; raises Unreadable."""
        return parse_xml(self.read(name), program=self._program) if name in self.names else None


def parse_xml(content: bytes, *, program: str = "Word") -> etree._Element:
    """This will parse XML without entities, DTD or network; raises Unreadable when it is damaged or declares a DTD."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(_DAMAGED.format(program)) from None
    if str(getattr(tree.getroottree().docinfo, "doctype", "")):
        raise Unreadable(_UNTRUSTED.format(program))
    return tree


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or "\\" in name or ".." in parts or ":" in parts[0] or "\0" in name
