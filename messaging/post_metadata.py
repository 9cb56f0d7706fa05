"""What posts are sent with (semantics §8.6), put together for a whole page at once.

However many posts there are, each kind of metadata takes one statement, and none when no
post needs it: a page of plain messages is read without any.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from mattermost_site import config
from mattermost_site.actor import Actor
from messaging import permalinks
from messaging.emoji_names import is_system_emoji
from messaging.links import first_link
from messaging.permalinks import Quote
from messaging.queries import post_parts
from messaging.queries.post_rows import WirePost

PREVIEWED = "previewed_post"
"""The prop that names the post which the first link leads to."""
_EMOJI = re.compile(r":([A-Za-z0-9_+-]{1,64}):")
_TEXTS = ("pretext", "title", "text", "fallback")


def complete(posts: Collection[WirePost], reader: Actor | None, *, embeds: bool = True) -> dict[str, Quote]:
    """Fill in ``metadata``, and hide what is not for clients: texts of deleted posts, addresses behind buttons.

    Quotes that ``reader`` may not see are left out with the prop that names them; for None,
    as for an event whose audience is narrowed, nothing is left out. ``embeds`` is false
    where the recorded server shows none. Answers the quotes shown, by the id of the quoting post.
    """
    living = [post for post in posts if not post["delete_at"]]
    for post in posts:
        if post["delete_at"]:
            post["message"], post["metadata"] = "", {}
    shown = _quotes(living, reader) if embeds else {}
    quoted = list({quote.post["id"]: quote.post for quote in shown.values()}.values())
    plain = [post for post in quoted if not permalinks.target_of(post["message"])]
    everything = living + plain
    hide_integrations(living + quoted)
    _add_parts(everything)
    _add_emojis(everything)
    if embeds:
        _add_embeds(living, shown)
        _add_embeds(plain, {})
    for post in quoted:
        if permalinks.target_of(post["message"]):
            post.pop("metadata", None)  # a quote within a quote is not expanded
    return shown


def without_quote(post: WirePost) -> WirePost:
    """A copy of a post for those who may not see what it quotes."""
    metadata = {key: value for key, value in post["metadata"].items() if key != "embeds"}
    props = {key: value for key, value in post["props"].items() if key != PREVIEWED}
    return post | {"metadata": metadata, "props": props}


def attachments_of(post: WirePost) -> list[dict[str, Any]]:
    """The message attachments of a post."""
    return _dicts(post["props"].get("attachments"))


def _quotes(posts: Sequence[WirePost], reader: Actor | None) -> dict[str, Quote]:
    targets = {post["id"]: target for post in posts if (target := permalinks.target_of(post["message"]))}
    if not targets:
        return {}
    found = permalinks.find_quotes(set(targets.values()))
    allowed = permalinks.readable(reader, found) if reader and found else set(found)
    shown = {post_id: found[target] for post_id, target in targets.items() if target in allowed}
    for post in posts:
        if targets.get(post["id"]) in found.keys() - allowed:
            post["props"] = {key: value for key, value in post["props"].items() if key != PREVIEWED}
    return shown


def _add_parts(posts: Sequence[WirePost]) -> None:
    acknowledgements = post_parts.acknowledgements_of
    wanting = (
        ("files", [post for post in posts if post["file_ids"]], post_parts.files_of),
        ("reactions", [post for post in posts if post.get("has_reactions")], post_parts.reactions_of),
        ("acknowledgements", [post for post in posts if post["metadata"] and _asks_for_ack(post)], acknowledgements),
    )
    for key, takers, load in wanting:
        parts = load({post["id"] for post in takers}) if takers else {}
        for post in takers:
            if post["id"] in parts:
                post["metadata"][key] = parts[post["id"]]


def _asks_for_ack(post: WirePost) -> bool:
    return bool(post["metadata"].get("priority", {}).get("requested_ack"))


def _add_emojis(posts: Sequence[WirePost]) -> None:
    if not config.current().service.enable_custom_emoji:
        return
    # Most posts have nothing of this: they are passed over before anything is called for them.
    candidates = [post for post in posts if post["props"] or ":" in post["message"] or "reactions" in post["metadata"]]
    names = {post["id"]: found for post in candidates if (found := set(_custom_names(post)))}
    if not names:
        return
    known = post_parts.emojis_by_name(set().union(*names.values()))
    for post in candidates:
        used = [known[name] for name in sorted(names.get(post["id"], ())) if name in known]
        if used:
            post["metadata"]["emojis"] = used


def _custom_names(post: WirePost) -> Iterator[str]:
    """Names in the texts and among the reactions of a post that may be those of custom emoji."""
    for text in _texts(post):
        if text.count(":") > 1:
            yield from (name for name in _EMOJI.findall(text) if not is_system_emoji(name))
    for reaction in post["metadata"].get("reactions", ()):
        if not is_system_emoji(reaction["emoji_name"]):
            yield reaction["emoji_name"]


def _texts(post: WirePost) -> Iterator[str]:
    yield post["message"]
    for attachment in attachments_of(post):
        values = [attachment.get(key) for key in _TEXTS]
        values += [field.get("value") for field in _dicts(attachment.get("fields"))]
        yield from (value for value in values if isinstance(value, str))


def _dicts(values: object) -> list[dict[str, Any]]:
    """Those of a list's items that are objects; clients may have sent anything."""
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _add_embeds(posts: Sequence[WirePost], quotes: dict[str, Quote]) -> None:
    for post in posts:
        if (post["props"] or quotes) and (embed := _embed(post, quotes.get(post["id"]))):
            post["metadata"]["embeds"] = [embed]


def _embed(post: WirePost, quote: Quote | None) -> dict[str, Any] | None:
    """The one embed of a post: attachments go before boards, and these before whatever the first link leads to."""
    if "attachments" in post["props"]:  # even if there are none, as recorded
        return {"type": "message_attachment"}
    if boards := post["props"].get("boards"):
        return {"type": "boards", "data": boards}
    if quote and not config.current().service.enable_permalink_previews:
        return {"type": "link", "url": first_link(post["message"])}
    if quote:
        return {"type": "permalink", "data": quote.json()}
    return None


def hide_integrations(posts: Collection[WirePost]) -> None:
    """Take away what only the server may know of buttons and menus: where they lead and with what context."""
    for post in posts:
        if not post["props"]:
            continue
        attachments = attachments_of(post)
        if any("actions" in attachment for attachment in attachments):
            post["props"] = post["props"] | {"attachments": [_without_integrations(one) for one in attachments]}


def _without_integrations(attachment: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(attachment.get("actions"), list):
        return attachment
    actions = _dicts(attachment["actions"])
    return attachment | {"actions": [{key: one[key] for key in one if key != "integration"} for one in actions]}
