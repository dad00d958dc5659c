"""The platform's door for releases: bytes that a stranger sent are judged in a limited child. Light: loads no numbers itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tovholder.confined import Stopped, run_limited

LARGEST = 32 << 20
_MEMORY = 4 << 30
_SECONDS = 600


class Unacceptable(Exception):
    """A sentence about why a release is not taken in."""


def admit(
    content: bytes, known: Sequence[bytes] = (), *, threshold: int = 5, zeros_small: bool = False, changes: bool = True
) -> dict[str, Any]:
    """This will check a release file (`accepting.check_release`) in a limited child and give its content; raises Unacceptable.

    content: the file's bytes; known: those of the releases taken in before. threshold, zeros_small, changes: what the agreement with the
    data owner asks at least.
    """
    asked = {
        "kind": "release",
        "threshold": threshold,
        "zeros_small": zeros_small,
        "changes": changes,
        "sizes": [len(one) for one in known],
    }
    found: dict[str, Any] = _asked_of_child(asked, content, known)["content"]
    return found


def claimed(content: bytes) -> tuple[str, str]:
    """This will give the code of the indicator and the period that a file says it is about, before it is judged; raises Unacceptable."""
    found = _asked_of_child({"kind": "claimed"}, content)
    return found["code"], found["period"]


def _asked_of_child(asked: dict[str, Any], content: bytes, known: Sequence[bytes] = ()) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise Unacceptable(f"Filen fylder mere end {LARGEST >> 20} MB. Del udgivelsen op.")
    child = ("tovholder.evidence.disclosure.child", json.dumps(asked))
    try:
        output = run_limited(child, b"".join(known) + content, memory=_MEMORY, processor=_SECONDS, wall=4 * _SECONDS)
    except Stopped:
        raise Unacceptable("Filen kunne ikke prøves inden for de rammer, vi har. Del udgivelsen op.") from None
    told: dict[str, Any] = json.loads(output[8:])
    if "unacceptable" in told:
        raise Unacceptable(told["unacceptable"])
    return told
