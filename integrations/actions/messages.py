"""Posting what an integration sent, in the name of whoever owns it (semantics §15, §17)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from accounts.models import Bot, User
from integrations.payloads import Payload
from integrations.slack import converted, converted_attachment, texts_of, user_ids_in
from mattermost_site import config
from mattermost_site.actor import Actor
from mattermost_site.errors import InvalidParam
from messaging.access import ChannelAccess
from messaging.actions.posts import NewPost, Priority, create_post
from messaging.attachments import ATTACHMENTS
from messaging.validation import MESSAGE_LIMIT

WITH_ATTACHMENTS = "slack_attachment"
DEFAULT_USERNAME = "webhook"
OWN_PROPS = frozenset({ATTACHMENTS, "from_webhook", "override_username", "override_icon_url", "webhook_display_name"})
"""Props that the server sets, whatever was sent under their names."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The webhook that speaks: its name in the console, and what it is called and looks like unless a message says."""

    display_name: str
    username: str = ""
    icon_url: str = ""


def actor_for(user: User) -> Actor:
    """Somebody in whose name an integration acts: with the rights of the account, without a session."""
    is_bot = Bot.objects.filter(user_id=user.id).exists()
    return Actor(
        user_id=user.id,
        roles=tuple(user.roles.split()),
        locale=user.locale,
        session_props={"is_bot": "true"} if is_bot else {},
    )


def post_message(
    *, actor: Actor, access: ChannelAccess, payload: Payload, sender: Sender, root_id: str = ""
) -> list[dict[str, Any]]:
    """Post a message, a long one in several posts, all or none; answers their wire shapes.

    Raises InvalidParam for a type that only the server uses and a priority without a value,
    and what creating posts raises.
    """
    if payload.type.startswith("system_"):
        raise InvalidParam("type")
    payload = _translated(payload)
    parts = _split(payload.text or "")
    props = _props(payload, sender)
    with transaction.atomic():
        return [
            create_post(
                actor=actor,
                access=access,
                wanted=_new_post(text, payload, props, root_id, is_last=number == len(parts)),
                set_online=False,
            )
            for number, text in enumerate(parts, start=1)
        ]


def _translated(payload: Payload) -> Payload:
    """The message with Slack's markup converted; one statement when it mentions people by id."""
    text, attachments = payload.text or "", payload.attachments
    user_ids = user_ids_in([text, *texts_of(attachments)])
    names = dict(User.objects.filter(id__in=user_ids).values_list("id", "username")) if user_ids else {}
    changed = [converted_attachment(one, names) for one in attachments]
    return replace(payload, text=converted(text, names), attachments=changed)


def _split(text: str) -> list[str]:
    """A text in pieces that fit a post each, at least one."""
    return [text[start : start + MESSAGE_LIMIT] for start in range(0, len(text), MESSAGE_LIMIT)] or [""]


def _props(payload: Payload, sender: Sender) -> dict[str, Any]:
    service = config.current().service
    props = {key: value for key, value in payload.props.items() if key not in OWN_PROPS}
    props |= {"from_webhook": "true", "webhook_display_name": sender.display_name}
    if service.enable_post_username_override:
        props["override_username"] = payload.username or sender.username or DEFAULT_USERNAME
    if service.enable_post_icon_override:
        if icon := payload.icon_url or sender.icon_url:
            props["override_icon_url"] = icon
        if payload.icon_emoji:
            props["override_icon_emoji"] = payload.icon_emoji
    return props


def _new_post(text: str, payload: Payload, props: dict[str, Any], root_id: str, *, is_last: bool) -> NewPost:
    attached = {ATTACHMENTS: payload.attachments} if payload.attachments and is_last else {}
    return NewPost(
        message=text,
        root_id=root_id,
        type=WITH_ATTACHMENTS if payload.attachments else payload.type,
        props=props | attached,
        priority=_priority(payload),
        is_integration=True,
    )


def _priority(payload: Payload) -> Priority | None:
    if payload.priority is None:
        return None
    if payload.priority["priority"] is None:
        raise InvalidParam("priority")
    return Priority(
        label=payload.priority["priority"],
        requested_ack=payload.priority["requested_ack"],
        persistent_notifications=payload.priority["persistent_notifications"],
    )
