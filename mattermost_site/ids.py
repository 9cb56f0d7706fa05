"""Identifiers as every client of this API knows them (semantics §1)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re

_STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_ALPHABET = b"ybndrfg8ejkmcpqxot1uwisza345h769"
_TO_OURS = bytes.maketrans(_STANDARD, _ALPHABET)
_ID = re.compile(r"[A-Za-z0-9]{26}")

ID_LENGTH = 26
TOKEN_LENGTH = 64

# The last of 26 characters holds three bits of 128, so an id, of either server, ends in one of the first eight.
# Digests end in one of the others: nobody takes a stored digest for a token that is still in clear.
ID_ENDINGS = "yrecowah"
_DIGEST_ENDINGS = "bfjpti37"
_TO_DIGEST = str.maketrans(ID_ENDINGS, _DIGEST_ENDINGS)


def _encode(raw: bytes) -> str:
    return base64.b32encode(raw).translate(_TO_OURS).rstrip(b"=").decode()


def new_id() -> str:
    """A fresh 26-character id: 16 random bytes in base32 with the API's alphabet."""
    return _encode(os.urandom(16))


def new_token() -> str:
    """A one-time token of 64 characters (invitation, e-mail verification, password reset)."""
    return _encode(os.urandom(40))


def is_id(value: object) -> bool:
    """Whether a value is exactly 26 ASCII letters or digits."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def keyed_digest(key: str, secret: str) -> str:
    """The 26-character form in which a session or personal token is stored (HMAC-SHA-256, 128 bits).

    Its last character is none in which an id ends.
    """
    text = _encode(hmac.new(key.encode(), secret.encode(), hashlib.sha256).digest()[:16])
    return text[:-1] + text[-1].translate(_TO_DIGEST)
