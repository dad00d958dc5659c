"""Secrets outside the database: one root secret in a file, one derived key for each purpose."""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path


def read_or_make_root(path: Path) -> bytes:
    """This will return the root secret, made on first use in a file that only its owner may read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(file.fileno())
        return path.read_bytes()


@lru_cache(maxsize=32)
def _derived(root: bytes, purpose: str) -> bytes:
    return hmac.new(root, b"tovholder/1/" + purpose.encode(), hashlib.sha256).digest()


def key_for(purpose: str) -> bytes:
    """This will return the derived key for a purpose such as "claim" or "device"."""
    from django.conf import settings

    return _derived(settings.ROOT_SECRET, purpose)


def keyed_digest(purpose: str, value: str) -> str:
    """This will return the HMAC of a value under the purpose's key, as 64 hex digits."""
    return hmac.new(key_for(purpose), value.encode(), hashlib.sha256).hexdigest()


def keyed_bits(purpose: str, value: str, bits: int) -> int:
    """This will return pseudo-random bits that only the holder of the root secret can make again."""
    return int.from_bytes(hmac.new(key_for(purpose), value.encode(), hashlib.sha256).digest(), "big") >> (256 - bits)
