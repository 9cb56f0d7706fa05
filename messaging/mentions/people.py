"""Whom a new post mentions: its words, the members' wishes and the database put together (semantics §10.1).

A post without ``@`` whose words nobody listens for costs no statement in a public or
private channel; one with names costs one, whatever the size of the channel.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mattermost_site import config
from messaging.mentions.matching import CHANNEL_WIDE, HERE, Keywords, hits, names_in
from messaging.mentions.text import words_of
from messaging.mentions.wishes import wishes_of
from messaging.models import Channel
from messaging.queries import listeners
from messaging.queries.collapsed_threads import may_be_off, with_collapsed_threads
from messaging.queries.listeners import Named

DIRECT, GROUP = "D", "G"
SILENCED = "mentionHighlightDisabled"
"""The prop of a post whose author may not mention everybody but did."""
GROUPS_SILENCED = "disable_group_highlight"
"""The prop of a post whose author may not mention groups but did."""
NOT_FOR_EVERYBODY = frozenset({"system_header_change", "system_purpose_change"})
"""Types of posts in which words for everybody mention nobody."""


@dataclass(frozen=True, slots=True)
class Content:
    """What decides whom a post mentions.

    ``is_integration``: a webhook wrote it, so its nominal author counts too. ``may_mention_all`` and
    ``may_mention_groups`` are rights of the author.
    """

    author_id: str
    message: str
    props: Mapping[str, Any] = field(default_factory=dict)
    type: str = ""
    is_integration: bool = False
    may_mention_all: bool = True
    may_mention_groups: bool = True

    def words(self) -> list[str]:
        """Its words, each once."""
        return words_of(self.message, dict(self.props))


@dataclass(slots=True)
class Mentions:
    """Whom a post mentions, by user id.

    ``commented``: of ``people``, those who are mentioned only because they take part in the
    thread. ``by_root``: whom the root of the thread mentions. ``usernames`` are those of the
    members of a direct or group channel. ``too_many`` holds words for everybody that the
    channel is too large for, ``silenced`` says that the author may not use them. Of groups,
    ``empty_groups`` are the names of those with nobody here, ``groups_silenced`` says that the
    author may not mention any.
    """

    people: set[str] = field(default_factory=set)
    commented: set[str] = field(default_factory=set)
    by_root: set[str] = field(default_factory=set)
    usernames: dict[str, str] = field(default_factory=dict)
    outside_channel: list[Named] = field(default_factory=list)
    outside_team: list[Named] = field(default_factory=list)
    too_many: list[str] = field(default_factory=list)
    silenced: bool = False
    empty_groups: list[str] = field(default_factory=list)
    groups_silenced: bool = False


def mentions_of(content: Content, channel: Channel, *, root: Content | None = None, root_id: str = "") -> Mentions:
    """Whom a post mentions in its channel; ``root`` is what a reply answers. The author is never among them."""
    found = _all_others(channel) if channel.type in (DIRECT, GROUP) else _by_words(content, channel, root)
    if root_id and may_be_off():
        _add_commenters(found, root_id)
    if not content.is_integration:
        found.people.discard(content.author_id)
        found.commented.discard(content.author_id)
    return found


def _all_others(channel: Channel) -> Mentions:
    usernames = listeners.all_members(channel.id)
    return Mentions(people=set(usernames), usernames=usernames)


def _by_words(content: Content, channel: Channel, root: Content | None) -> Mentions:
    words = content.words()
    root_words = root.words() if root else []
    known = _Known(channel, [*words, *root_words])
    found = known.hits(words)
    mentions = Mentions(people=known.members(found))
    wide = found & CHANNEL_WIDE
    if wide and content.type not in NOT_FOR_EVERYBODY:
        _add_everybody(mentions, channel, wide, content)
    if root:
        of_root = known.hits(root_words)
        mentions.by_root = known.members(of_root)
        if (wide := of_root & CHANNEL_WIDE) and not root.props.get(SILENCED) and not _is_too_large(channel):
            mentions.by_root |= listeners.wanting_channel_wide(channel.id, online_only=wide == {HERE})
    _add_groups(mentions, channel, known.groups(found), content)
    outsiders = [person for person in known.outsiders(found) if not person.is_bot]
    mentions.outside_channel = [person for person in outsiders if person.is_in_team]
    mentions.outside_team = [person for person in outsiders if not person.is_in_team]
    return mentions


def _add_everybody(mentions: Mentions, channel: Channel, wide: set[str], content: Content) -> None:
    if not content.may_mention_all:
        mentions.silenced = True
    elif _is_too_large(channel):
        mentions.too_many = sorted(wide)
    else:
        mentions.people |= listeners.wanting_channel_wide(channel.id, online_only=wide == {HERE})


def _add_groups(mentions: Mentions, channel: Channel, groups: list[Named], content: Content) -> None:
    if not groups or content.type in NOT_FOR_EVERYBODY:
        return
    if not content.may_mention_groups:
        mentions.groups_silenced = True
        return
    members = listeners.members_of_groups(channel.id, [group.id for group in groups])
    mentions.people = mentions.people.union(*members.values())
    mentions.empty_groups = [group.name for group in groups if group.id not in members]


def _is_too_large(channel: Channel) -> bool:
    return listeners.is_larger_than(channel.id, config.current().team.max_notifications_per_channel)


def _add_commenters(mentions: Mentions, root_id: str) -> None:
    """Those without collapsed threads who want to hear of comments: in threads they take part in, or on their posts."""
    asked = listeners.commenters(root_id)
    wanting = {user_id for user_id, (level, has_root, _) in asked.items() if has_root or level == "any"}
    wanting -= mentions.people
    mentions.commented = wanting - with_collapsed_threads(wanting)
    mentions.people |= mentions.commented


class _Known(Container[str]):
    """What words of posts in one channel can hit: names of accounts, keywords, words for everybody."""

    def __init__(self, channel: Channel, words: Iterable[str]) -> None:
        self._channel = channel
        self._named = {f"@{one.name}": one for one in listeners.bearers(channel, names_in(words))}
        self._keywords: Keywords = wishes_of(channel.id).keywords

    def __contains__(self, form: object) -> bool:
        return form in CHANNEL_WIDE or form in self._named or form in self._keywords.listeners

    def hits(self, words: Iterable[str]) -> set[str]:
        return hits(words, self, self._keywords.inside)

    def members(self, found: Collection[str]) -> set[str]:
        """The members who are meant by what was hit; those who listen for words are looked up once more."""
        named = {one.id for key in found if (one := self._named.get(key)) and one.is_member}
        heard = {user_id for key in found for user_id in self._keywords.listeners.get(key, ())}
        return named | listeners.members_among(self._channel.id, heard - named)

    def outsiders(self, found: Collection[str]) -> list[Named]:
        people = [one for one in self._named.values() if not (one.is_member or one.is_group)]
        return [one for one in people if f"@{one.name}" in found]

    def groups(self, found: Collection[str]) -> list[Named]:
        return [one for key, one in self._named.items() if key in found and one.is_group]
