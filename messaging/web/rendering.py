"""From posts to what templates show: names, times, Markdown, reactions, files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zlib import crc32

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from accounts.models import User
from mattermost_site import config
from messaging import markdown
from messaging.emoji_names import code_points
from messaging.queries import pages
from messaging.queries.post_parts import files_of, reactions_of
from messaging.queries.post_rows import WirePost
from messaging.queries.unreads import SILENT_TYPES
from messaging.web.post_views import PostView, ReactionView

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EXCERPT = 90  # characters of the post that a reply answers
PARSED_FOR_EXCERPT = 500
HUES = 10
NOBODY = "Someone"


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom posts are rendered: the person, the team whose addresses links get, the time zone."""

    user_id: str
    username: str
    team_name: str
    zone: tzinfo


def direct_address(team_name: str, username: str) -> str:
    """Where messages with a person are."""
    return reverse("web:direct", kwargs={"team_name": team_name, "name": f"@{username}"})


def channel_address(team_name: str, name: str) -> str:
    """Where a public or private channel is."""
    return reverse("web:channel", kwargs={"team_name": team_name, "channel_name": name})


def hue_of(text: str) -> int:
    """A colour for a person or team without a picture, always the same."""
    return crc32(text.encode()) % HUES


def api_address(path: str) -> str:
    """The address of something the API serves."""
    return f"{get_script_prefix()}api/v4/{path}"


class Renderer:
    """Renders posts for one reader, with as many reads for a hundred posts as for one."""

    def __init__(self, reader: Reader, posts: Iterable[WirePost]) -> None:
        posts = list(posts)
        self.reader = reader
        self.authors = User.objects.only("id", "username", "last_picture_update").in_bulk(
            {post["user_id"] for post in posts}
        )
        self.files = files_of([post["id"] for post in posts])
        self.reactions = reactions_of([post["id"] for post in posts if post.get("has_reactions")])
        names = markdown.names_in(text for post in posts for text in _texts(post))
        self.people = {
            user.username: direct_address(reader.team_name, user.username)
            for user in pages.people_by_names(names.users)
        }
        used = {one["emoji_name"] for reactions in self.reactions.values() for one in reactions}
        custom = {name for name in names.emoji | used if code_points(name) is None}
        self.emoji = {
            name: api_address(f"emoji/{emoji_id}/image") for name, emoji_id in pages.custom_emoji(custom).items()
        }

    def view(self, post: WirePost) -> PostView:
        """One post."""
        author = self.authors.get(post["user_id"])
        name = self._name(post, author)
        created = (EPOCH + timedelta(milliseconds=post["create_at"])).astimezone(self.reader.zone)
        return PostView(
            id=post["id"],
            channel_id=post["channel_id"],
            root_id=post["root_id"],
            author_id=post["user_id"],
            author=name,
            address=direct_address(self.reader.team_name, author.username) if author else "",
            avatar=_avatar(author),
            initials=name[:2].upper(),
            hue=hue_of(post["user_id"]),
            created=created,
            created_ms=post["create_at"],
            is_edited=bool(post["edit_at"]),
            is_system=post["type"].startswith("system_"),
            is_silent=post["type"] in SILENT_TYPES,
            is_bot=post["props"].get("from_bot") == "true" or post["props"].get("from_webhook") == "true",
            is_pinned=post["is_pinned"],
            body=self.html(post, post["message"]),
            source=post["message"],
            reply_count=post["reply_count"],
            files=[_file(info) for info in self.files.get(post["id"], [])],
            attachments=[self._attachment(post, value) for value in _attachments(post)],
            reactions=self._reactions(post),
        )

    def html(self, post: WirePost, text: str) -> SafeString:
        """Text of a post as HTML."""
        mentioned = post["props"].get("channel_mentions")
        around = markdown.Surroundings(
            users=self.people,
            channels=self._channels(mentioned) if isinstance(mentioned, dict) else {},
            emoji=self.emoji,
            me=self.reader.username,
        )
        return markdown.render(text, around)

    def _channels(self, mentioned: dict[str, Any]) -> dict[str, tuple[str, str]]:
        found = {}
        for name, about in mentioned.items():
            if isinstance(about, dict) and markdown.is_channel_name(name):
                team = about.get("team_name") or self.reader.team_name
                if markdown.is_channel_name(team):
                    found[name] = (str(about.get("display_name") or name), channel_address(team, name))
        return found

    def _name(self, post: WirePost, author: User | None) -> str:
        override = post["props"].get("override_username")
        is_hook = post["props"].get("from_webhook") == "true"
        if is_hook and override and config.current().service.enable_post_username_override:
            return str(override)
        return author.username if author else NOBODY

    def _reactions(self, post: WirePost) -> list[ReactionView]:
        """Reactions by name, in the order in which each was first used."""
        found: dict[str, ReactionView] = {}
        for reaction in self.reactions.get(post["id"], []):
            name = reaction["emoji_name"]
            if name not in found:
                points = code_points(name)
                sign = "".join(chr(int(point, 16)) for point in points.split("-")) if points else ""
                found[name] = ReactionView(name, sign, self.emoji.get(name, ""))
            found[name].user_ids.append(reaction["user_id"])
        return list(found.values())

    def _attachment(self, post: WirePost, value: dict[str, Any]) -> dict[str, Any]:
        """A message attachment, as far as it is text."""
        return {
            "pretext": self.html(post, str(value.get("pretext") or "")),
            "title": str(value.get("title") or ""),
            "title_link": _web_address(value.get("title_link")),
            "author": str(value.get("author_name") or ""),
            "text": self.html(post, str(value.get("text") or "")),
            "footer": str(value.get("footer") or ""),
            "fields": [
                {"title": str(one.get("title") or ""), "value": self.html(post, str(one.get("value") or ""))}
                for one in _dicts(value.get("fields"))
            ],
        }


def excerpt(text: str) -> str:
    """The beginning of a message, on one line and without markup."""
    line = " ".join(markdown.plain(text[:PARSED_FOR_EXCERPT]).split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"


def _texts(post: WirePost) -> list[str]:
    texts = [post["message"]]
    for value in _attachments(post):
        texts += [str(value.get(key) or "") for key in ("pretext", "text")]
        texts += [str(one.get("value") or "") for one in _dicts(value.get("fields"))]
    return texts


def _attachments(post: WirePost) -> list[dict[str, Any]]:
    return _dicts(post["props"].get("attachments"))


def _dicts(value: Any) -> list[dict[str, Any]]:
    """The objects in what should be a list of objects: anybody may post anything there."""
    return [item for item in value if isinstance(item, dict)][:20] if isinstance(value, list) else []


def _web_address(value: Any) -> str:
    return value if isinstance(value, str) and value.startswith(("https://", "http://")) else ""


def _avatar(author: User | None) -> str:
    if author is None or author.last_picture_update <= 0:
        return ""
    return api_address(f"users/{author.id}/image?_={author.last_picture_update}")


def _file(info: dict[str, Any]) -> dict[str, Any]:
    address = api_address(f"files/{info['id']}")
    is_picture = bool(info.get("has_preview_image"))
    return {**info, "address": address, "picture": f"{address}/preview" if is_picture else ""}
