"""Codes of a second factor that change with time (RFC 6238: six digits, steps of 30 seconds, SHA-1)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import struct
from collections.abc import Container
from urllib.parse import quote, urlencode

STEP = 30  # seconds
DIGITS = 6
TOLERANCE = 1  # steps before and after the present one, for clocks that differ
SECRET_BYTES = 20


def new_secret() -> str:
    """A fresh secret: 32 characters of base32."""
    return base64.b32encode(os.urandom(SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of a time step; ValueError when the secret is no base32."""
    try:
        key = base64.b32decode(secret)
    except binascii.Error as error:
        raise ValueError("not base32") from error
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, *, now: int, used: Container[int] = ()) -> int | None:
    """The time step that a code is for, None when it is wrong or was used; ``now`` in ms."""
    if not secret or len(code) != DIGITS or not code.isascii():
        return None
    present = now // 1000 // STEP
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if step not in used and hmac.compare_digest(code_at(secret, step), code):
            return step
    return None


def address(secret: str, *, issuer: str, account: str) -> str:
    """What authenticator apps read from the QR code."""
    query = urlencode({"secret": secret, "issuer": issuer})
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{query}"
