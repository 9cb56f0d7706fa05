"""Names of built-in emoji."""

from __future__ import annotations

import re

import pytest

from messaging.emoji_names import SYSTEM_EMOJI, code_points, is_system_emoji

TONES = ("light", "medium_light", "medium", "medium_dark", "dark")


@pytest.mark.parametrize(
    "name", ["smile", "+1", "thumbsup", "heart", "grinning", "robot_face", "flag-de", "mattermost"]
)
def test_it_knows_the_names_that_clients_use(name: str) -> None:
    assert is_system_emoji(name)


@pytest.mark.parametrize("name", ["nosuchemoji", "", "smile face", "SMILE", ":smile:", "smile_light_skin_tone"])
def test_it_knows_no_other_name(name: str) -> None:
    assert not is_system_emoji(name)


@pytest.mark.parametrize("tone", TONES)
def test_it_knows_each_skin_tone_under_every_alias(tone: str) -> None:
    assert is_system_emoji(f"+1_{tone}_skin_tone")
    assert is_system_emoji(f"thumbsup_{tone}_skin_tone")


def test_it_tells_skin_tones_apart() -> None:
    assert len({code_points(f"wave_{tone}_skin_tone") for tone in TONES} | {code_points("wave")}) == 6


def test_it_knows_two_people_of_different_skin_tones() -> None:
    name = "man_and_woman_holding_hands_medium_light_skin_tone_medium_dark_skin_tone"
    assert code_points(name) == "1f469-1f3fc-200d-1f91d-200d-1f468-1f3fe"


def test_it_gives_the_code_points_as_pictures_are_named() -> None:
    assert code_points("heart") == "2764-fe0f"


def test_it_has_no_code_points_for_a_picture_without_a_character() -> None:
    assert code_points("mattermost") is None


def test_it_has_no_code_points_for_an_unknown_name() -> None:
    assert code_points("nosuchemoji") is None


def test_its_names_are_ones_that_a_message_can_hold() -> None:
    assert [name for name in SYSTEM_EMOJI if not re.fullmatch(r"[a-z0-9_+-]+", name)] == []


def test_its_code_points_are_all_hexadecimal() -> None:
    odd = [name for name, points in SYSTEM_EMOJI.items() if not re.fullmatch(r"[0-9a-f]{4,5}(-[0-9a-f]{4,5})*", points)]
    assert odd == ["mattermost"]
