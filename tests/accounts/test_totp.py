"""Codes of RFC 6238, whose appendix B has the examples."""

from __future__ import annotations

import base64

import pytest

from accounts import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_it_makes_the_codes_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code_at(SECRET, seconds // 30) == code


@pytest.mark.parametrize(("steps", "matches"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_it_tolerates_one_step_each_way(steps: int, matches: bool) -> None:
    now = 1234567890000
    code = totp.code_at(SECRET, now // 30_000 + steps)
    assert (totp.matching_step(SECRET, code, now=now) is not None) is matches


@pytest.mark.parametrize("code", ["", "12345", "1234567", "٢٨٧٠٨٢"])
def test_it_takes_six_plain_digits_only(code: str) -> None:
    assert totp.matching_step(SECRET, code, now=59_000) is None


def test_it_takes_no_code_without_a_secret() -> None:
    assert totp.matching_step("", totp.code_at("", 1), now=30_000) is None
