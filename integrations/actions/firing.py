"""Outgoing webhooks: who is told of a post, and what becomes of the answer (semantics §17)."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlencode

import orjson

from accounts.models import User
from integrations import outgoing
from integrations.actions.messages import Sender, actor_for, post_message
from integrations.listening import listeners_of
from integrations.models import OutgoingWebhook
from integrations.payloads import BadPayload, Payload, read_payload
from mattermost_site import clock, config, jobs
from mattermost_site.errors import AppError
from mattermost_site.hooks import CreatedPost
from messaging.access import load_access
from messaging.models import Channel
from messaging.permissions import OPEN
from teams.models import Team

TASK = "integrations.call_outgoing_hook"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
COMMENT = "comment"  # the response type that answers below the post
ATTEMPTS = 3
PAUSE = 10 * clock.SECOND

logger = logging.getLogger(__name__)


def on_post(post: CreatedPost) -> None:
    """Have outgoing webhooks called that a new post sets off, each of their addresses by a job of its own.

    Only posts of public channels count, and none that a webhook wrote: two servers could else talk for ever.
    """
    if post.channel_type != OPEN or post.is_integration or not config.current().service.enable_outgoing_webhooks:
        return
    for listener in listeners_of(post.team_id):
        word = listener.trigger_in(post.message, post.channel_id)
        for url in listener.callback_urls if word is not None else ():
            jobs.enqueue(TASK, {"hook_id": listener.hook_id, "url": url, "facts": _facts(post, word or "")})


def _facts(post: CreatedPost, trigger_word: str) -> dict[str, Any]:
    """What of the post is sent, as it was when it was written."""
    return {
        "channel_id": post.channel_id,
        "create_at": post.create_at,
        "user_id": post.user_id,
        "post_id": post.id,
        "text": post.message,
        "trigger_word": trigger_word,
        "file_ids": ",".join(post.file_ids),
    }


def call_hook(*, hook_id: str, url: str, facts: dict[str, Any], attempt: int = 1) -> None:
    """Call one address of an outgoing webhook, and post what it answers; a deleted webhook calls nobody.

    What cannot have arrived is sent again a little later, a few times. Anything else is not:
    the receiver may have acted on it.
    """
    hook = OutgoingWebhook.objects.filter(id=hook_id, delete_at=0).first()
    channel = Channel.objects.filter(id=facts["channel_id"]).first()
    if hook is None or channel is None or not config.current().service.enable_outgoing_webhooks:
        return
    kind = JSON if hook.content_type == JSON else FORM
    try:
        content = _body(hook, channel, facts, kind)
        answer = outgoing.call("POST", url, headers={"Content-Type": kind, "Accept": JSON}, content=content)
    except outgoing.CallFailed as error:
        logger.warning("outgoing webhook %s could not be called: %s", hook_id, error)
        if not error.was_sent and not isinstance(error, outgoing.AddressRefused) and attempt < ATTEMPTS:
            again = {"hook_id": hook_id, "url": url, "facts": facts, "attempt": attempt + 1}
            jobs.enqueue(TASK, again, delay=PAUSE * attempt)
        return
    _take(hook, channel, facts["post_id"], answer)


def _body(hook: OutgoingWebhook, channel: Channel, facts: dict[str, Any], kind: str) -> bytes:
    """What is sent; the time is in ms in JSON, in seconds in a form (recorded)."""
    values = {
        "token": hook.token,
        "team_id": channel.team_id,
        "team_domain": Team.objects.filter(id=channel.team_id).values_list("name", flat=True).first() or "",
        "channel_id": channel.id,
        "channel_name": channel.name,
        "timestamp": facts["create_at"] if kind == JSON else facts["create_at"] // clock.SECOND,
        "user_id": facts["user_id"],
        "user_name": User.objects.filter(id=facts["user_id"]).values_list("username", flat=True).first() or "",
        "post_id": facts["post_id"],
        "text": facts["text"],
        "trigger_word": facts["trigger_word"],
        "file_ids": facts["file_ids"],
    }
    return orjson.dumps(values) if kind == JSON else urlencode(values).encode()


def _take(hook: OutgoingWebhook, channel: Channel, post_id: str, answer: outgoing.Answer) -> None:
    """Post an answer, whatever its status (recorded); what is none, or cannot be posted, is passed over."""
    try:
        payload = read_payload(answer.content) if answer.content.strip() else Payload()
        if payload.text is None and not payload.attachments:
            return
        _post(hook, channel, payload, root_id=post_id if payload.response_type == COMMENT else "")
    except (BadPayload, AppError) as error:
        logger.info("the answer to outgoing webhook %s was not posted: %s", hook.id, error)


def _post(hook: OutgoingWebhook, channel: Channel, payload: Payload, *, root_id: str) -> None:
    creator = User.objects.filter(id=hook.creator_id).first()
    access = load_access(hook.creator_id, channel.id)
    if creator is None or access is None:
        return
    sender = Sender(hook.display_name, hook.username, hook.icon_url)
    post_message(actor=actor_for(creator), access=access, payload=payload, sender=sender, root_id=root_id)
