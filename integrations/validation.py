"""What webhooks and slash commands may look like (semantics §2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson

from accounts.validation import check_username
from integrations.models import Command, IncomingWebhook, OutgoingWebhook
from mattermost_site.errors import AppError

NAME_LIMIT = 64  # code points
HOOK_DESCRIPTION_LIMIT = 500
COMMAND_DESCRIPTION_LIMIT = 128
ADDRESS_LIMIT = 1024  # of one address, and of a list of them or of trigger words as JSON
CONTENT_TYPE_LIMIT = 128
TOKEN_LIMIT = 26
TRIGGER_LIMIT = 128
TRIGGER_WHENS = (0, 1)
_TRIGGER = re.compile(r"[\w.-][\w./-]*")
_HTTP = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


def check_incoming_hook(hook: IncomingWebhook) -> None:
    """AppError for the first field that is out of bounds: ``model.incoming_hook.<field>.app_error``."""
    if hook.username:
        try:
            check_username(hook.username)
        except AppError as error:
            raise AppError("api.incoming_webhook.invalid_username.app_error", detailed=error.id) from error
    _check_lengths("model.incoming_hook", display_name=(hook.display_name, NAME_LIMIT))
    _check_lengths("model.incoming_hook", description=(hook.description, HOOK_DESCRIPTION_LIMIT))
    _check_lengths("model.incoming_hook", icon_url=(hook.icon_url, ADDRESS_LIMIT))


def check_outgoing_hook(hook: OutgoingWebhook) -> None:
    """AppError for the first field that is out of bounds: ``model.outgoing_hook.…``."""
    prefix = "model.outgoing_hook"
    if _is_too_long(hook.trigger_words):
        raise AppError(f"{prefix}.is_valid.words.app_error")
    if not all(hook.trigger_words):
        raise AppError(f"{prefix}.is_valid.trigger_words.app_error")
    if not hook.callback_urls or _is_too_long(hook.callback_urls):
        raise AppError(f"{prefix}.is_valid.callback.app_error")
    if not all(map(is_http, hook.callback_urls)):
        raise AppError(f"{prefix}.is_valid.url.app_error")
    _check_lengths(
        f"{prefix}.is_valid",
        display_name=(hook.display_name, NAME_LIMIT),
        description=(hook.description, HOOK_DESCRIPTION_LIMIT),
        content_type=(hook.content_type, CONTENT_TYPE_LIMIT),
    )
    if hook.trigger_when not in TRIGGER_WHENS:
        raise AppError(f"{prefix}.is_valid.content_type.app_error")  # the id as recorded
    _check_lengths("model.outgoing_hook", username=(hook.username, NAME_LIMIT), icon_url=(hook.icon_url, ADDRESS_LIMIT))


def check_command(command: Command) -> None:
    """AppError for the first field that is out of bounds: ``model.command.is_valid.<field>.app_error``."""
    prefix = "model.command"
    if len(command.trigger) > TRIGGER_LIMIT or not _TRIGGER.fullmatch(command.trigger):
        raise AppError(f"{prefix}.is_valid.trigger.app_error")
    if not 0 < len(command.url) <= ADDRESS_LIMIT:
        raise AppError(f"{prefix}.is_valid.url.app_error")
    if not is_http(command.url):
        raise AppError(f"{prefix}.is_valid.url_http.app_error")
    if command.method not in ("P", "G"):
        raise AppError(f"{prefix}.is_valid.method.app_error")
    _check_lengths(
        f"{prefix}.is_valid",
        display_name=(command.display_name, NAME_LIMIT),
        description=(command.description, COMMAND_DESCRIPTION_LIMIT),
    )
    suggested = (command.icon_url, command.auto_complete_desc, command.auto_complete_hint)
    if len(command.username) > NAME_LIMIT or any(len(text) > ADDRESS_LIMIT for text in suggested):
        raise AppError("app.command.createcommand.internal_error")


def is_http(address: str) -> bool:
    """Whether an address is one that the server can call."""
    return _HTTP.match(address) is not None


def _check_lengths(prefix: str, **fields: tuple[str, int]) -> None:
    for name, (value, limit) in fields.items():
        if len(value) > limit:
            raise AppError(f"{prefix}.{name}.app_error")


def _is_too_long(values: Sequence[str]) -> bool:
    return len(orjson.dumps(values).decode()) > ADDRESS_LIMIT
