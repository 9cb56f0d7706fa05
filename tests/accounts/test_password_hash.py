"""Passwords can be checked by us and by the other server, whoever has stored them."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import bcrypt
import pytest

from accounts.hashers import hash_password, needs_rehash, verify_password

# Stored by a v11.2 server for "Sys@dmin-sample1".
RECORDED = "$pbkdf2$f=SHA256,w=600000,l=32$FI/2DBGkkjLqZsGW37Wc5A$4YOZzhTEilD937nG5Xe459+sSamnuVGo0lcPlcJURmc"


def old_hash(raw: str) -> str:
    """What servers before version 11 stored."""
    return bcrypt.hashpw(raw.encode(), bcrypt.gensalt(4, prefix=b"2a")).decode()


def test_it_accepts_a_recorded_password() -> None:
    assert verify_password("Sys@dmin-sample1", RECORDED)


def test_it_refuses_another_password_than_the_recorded() -> None:
    assert not verify_password("Sys@dmin-sample2", RECORDED)


def test_it_accepts_an_old_password() -> None:
    assert verify_password("Passw0rd-1234!", old_hash("Passw0rd-1234!"))


def test_it_refuses_another_password_than_the_old() -> None:
    assert not verify_password("passw0rd-1234!", old_hash("Passw0rd-1234!"))


def test_it_accepts_what_it_stored() -> None:
    assert verify_password("pässword 🔑", hash_password("pässword 🔑"))


def test_it_stores_the_form_that_the_other_server_reads() -> None:
    parts = re.fullmatch(
        r"\$pbkdf2\$f=SHA256,w=(\d+),l=32\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})", hash_password("secret")
    )
    assert parts is not None
    salt = base64.b64decode(parts[2] + "==")
    assert base64.b64decode(parts[3] + "=") == hashlib.pbkdf2_hmac("sha256", b"secret", salt, int(parts[1]))


def test_it_iterates_as_often_as_the_other_server(settings: Any) -> None:
    del settings.PASSWORD_ITERATIONS
    assert hash_password("secret").startswith("$pbkdf2$f=SHA256,w=600000,l=32$")


def test_it_salts() -> None:
    assert hash_password("secret") != hash_password("secret")


def test_it_stores_no_password_that_the_other_server_would_refuse_to_check() -> None:
    with pytest.raises(ValueError, match="72"):
        hash_password("é" * 37)


def test_it_refuses_a_longer_password_that_begins_like_the_stored_one() -> None:
    assert not verify_password("x" * 73, old_hash("x" * 72))


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "plain",
        "$2a$10$short",
        "$pbkdf2$f=SHA256,w=10,l=32$AAAA",
        "$pbkdf2$f=MD5,w=10,l=32$AAAA$AAAA",
        "$pbkdf2$f=SHA256,w=0,l=3$AAAA$AAAA",
        "$pbkdf2$f=SHA256,w=10,l=0$AAAA$",
        "$pbkdf2$w=10$AAAA$AAAA",
        "$pbkdf2$f=SHA256,w=10,l=3$AA!A$AAAA",
    ],
)
def test_it_accepts_nothing_for_what_is_no_hash(stored: str) -> None:
    assert not verify_password("", stored)


def test_it_wants_an_old_password_stored_anew() -> None:
    assert needs_rehash(old_hash("secret"))


def test_it_wants_a_current_password_kept() -> None:
    assert not needs_rehash(hash_password("secret"))


def test_it_wants_a_weaker_hash_replaced(settings: Any) -> None:
    weak = hash_password("secret")
    settings.PASSWORD_ITERATIONS = 600_000
    assert needs_rehash(weak)
