"""Passwords as the other server keeps them, so that either can check what the other has written.

PBKDF2, in the current form ``$pbkdf2$f=SHA256,w=<iterations>,l=<length>$<salt>$<hash>``
(standard base64 without padding), and bcrypt (``$2a$10$…``) from before version 11.
Django's own hashers do not fit: they find the algorithm before the first ``$``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os

import bcrypt
from django.conf import settings

ITERATIONS = 600_000
SALT_LENGTH = 16
KEY_LENGTH = 32
PASSWORD_LIMIT = 72  # bytes; the other server refuses to check a longer password
_BCRYPT_PREFIXES = ("$2a$", "$2b$", "$2y$")
_FUNCTIONS = {"SHA256": "sha256", "SHA512": "sha512"}


def hash_password(raw: str) -> str:
    """The text to store for a password; ValueError when it is longer than 72 bytes.

    ``settings.PASSWORD_ITERATIONS`` replaces the 600,000 iterations, for tests.
    """
    if len(raw.encode()) > PASSWORD_LIMIT:
        raise ValueError(f"a password has at most {PASSWORD_LIMIT} bytes")
    salt = os.urandom(SALT_LENGTH)
    key = hashlib.pbkdf2_hmac("sha256", raw.encode(), salt, _iterations(), KEY_LENGTH)
    return f"$pbkdf2${_current_parameters()}${_encode(salt)}${_encode(key)}"


def verify_password(raw: str, stored: str) -> bool:
    """Whether ``raw`` is the password behind the stored text; False for an empty or unknown form."""
    secret = raw.encode()
    if len(secret) > PASSWORD_LIMIT:
        return False
    if stored.startswith(_BCRYPT_PREFIXES):
        return _verify_bcrypt(secret, stored.encode())
    return _verify_pbkdf2(secret, stored)


def needs_rehash(stored: str) -> bool:
    """Whether a password that was just checked should be stored again in the current form."""
    return not stored.startswith(f"$pbkdf2${_current_parameters()}$")


def _iterations() -> int:
    return int(getattr(settings, "PASSWORD_ITERATIONS", ITERATIONS))


def _current_parameters() -> str:
    return f"f=SHA256,w={_iterations()},l={KEY_LENGTH}"


def _verify_bcrypt(secret: bytes, stored: bytes) -> bool:
    try:
        return bcrypt.checkpw(secret, stored)
    except ValueError:  # not a hash after all, or a NUL in the password
        return False


def _verify_pbkdf2(secret: bytes, stored: str) -> bool:
    try:
        lead, name, parameters, salt, key = stored.split("$")
        values = dict(part.split("=", 1) for part in parameters.split(","))
        function, iterations, length = _FUNCTIONS[values["f"]], int(values["w"]), int(values["l"])
        wanted = _decode(key)
        if lead or name != "pbkdf2" or len(wanted) != length:
            return False
        found = hashlib.pbkdf2_hmac(function, secret, _decode(salt), iterations, length)
    except (ValueError, KeyError, binascii.Error, OverflowError):
        return False
    return hmac.compare_digest(found, wanted)


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
