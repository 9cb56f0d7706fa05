"""What channels and posts may look like (semantics §2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import orjson

from mattermost_site.errors import AppError
from messaging.models import Channel, Post

CHANNEL_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
DIRECT_NAME = re.compile(r"[A-Za-z0-9]{26}__[A-Za-z0-9]{26}")
GROUP_NAME = re.compile(r"[a-f0-9]{40}")
ROLE_NAME = re.compile(r"[a-z0-9_]{1,64}")
NAME_LIMIT = 64
HEADER_LIMIT = 1024  # code points
PURPOSE_LIMIT = 250
BANNER_LIMIT = 1024
COLOUR = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")
MESSAGE_LIMIT = 16_383
PROPS_LIMIT = 800_000  # code points of JSON
FILE_LIMIT = 10
TYPE_LIMIT = 26


class InvalidChannel(AppError):
    """A field of a channel is not allowed: ``model.channel.is_valid.<field>.app_error``."""

    def __init__(self, field: str) -> None:
        super().__init__(f"model.channel.is_valid.{field}.app_error")


class InvalidPost(AppError):
    """A field of a post is not allowed: ``model.post.is_valid.<field>.app_error``."""

    def __init__(self, field: str, **params: object) -> None:
        super().__init__(f"model.post.is_valid.{field}.app_error", params=params)


def check_channel(channel: Channel) -> None:
    """InvalidChannel for the first field that is out of bounds."""
    if len(channel.display_name) > NAME_LIMIT:
        raise InvalidChannel("display_name")
    if channel.type in ("O", "P"):
        check_channel_name(channel.name)
    if len(channel.header) > HEADER_LIMIT:
        raise InvalidChannel("header")
    if len(channel.purpose) > PURPOSE_LIMIT:
        raise InvalidChannel("purpose")
    if channel.type not in ("O", "P", "D", "G"):
        raise InvalidChannel("type")


def check_channel_name(name: str) -> None:
    """InvalidChannel unless a public or private channel may be called so; direct and group names are not theirs."""
    if not CHANNEL_NAME.fullmatch(name) or len(name.encode()) > NAME_LIMIT:
        raise InvalidChannel("1_or_more")
    if DIRECT_NAME.fullmatch(name) or GROUP_NAME.fullmatch(name):
        raise InvalidChannel("name")


def checked_banner(channel: Channel, banner: dict[str, Any]) -> dict[str, Any]:
    """The banner of a public or private channel, complete; InvalidChannel when a part is missing or too long.

    An enabled banner needs a text (Markdown) and a colour, ``#`` and hexadecimal digits.
    """
    if channel.type not in ("O", "P"):
        raise InvalidChannel("banner_info.channel_type")
    enabled, text = bool(banner.get("enabled")), str(banner.get("text") or "")
    colour = str(banner.get("background_color") or "")
    if len(text) > BANNER_LIMIT:
        raise InvalidChannel("banner_info.text.invalid_length")
    if enabled and not text:
        raise InvalidChannel("banner_info.text.empty")
    if enabled and not COLOUR.fullmatch(colour):
        raise InvalidChannel("banner_info.background_color.empty")
    return {"enabled": enabled, "text": text, "background_color": colour}


def are_role_names(names: Sequence[str]) -> bool:
    """Whether these can be a member's roles: some names, and not the system admin's alone."""
    return bool(names) and list(names) != ["system_admin"] and all(map(ROLE_NAME.fullmatch, names))


def check_post(post: Post) -> None:
    """InvalidPost for the first field that is out of bounds."""
    if len(post.message) > MESSAGE_LIMIT:
        raise InvalidPost("message_length", Length=len(post.message), MaxLength=MESSAGE_LIMIT)
    if len(post.hashtags) > 1000:
        raise InvalidPost("hashtags")
    if len(orjson.dumps(post.file_ids)) > 300:
        raise InvalidPost("file_ids")
    if len(orjson.dumps(post.props).decode()) > PROPS_LIMIT:
        raise InvalidPost("props")
