"""Words of a message that mean something: addresses, mentions, channels, hashtags, emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markdown_it.token import Token

from messaging.emoji_names import code_points

# Every repetition is bounded or followed by what it cannot match, so that no text takes long.
WORD = re.compile(
    r"""
      (?<![\w@/]) (?P<url> (?:https?://|www\.) [^\s<>"]{1,2048} )
    | (?<![\w.+-]) (?P<email> [\w.+-]{1,64} @ [A-Za-z0-9-]{1,63} (?:\.[A-Za-z0-9-]{1,63}){1,8} )
    | (?<![\w@.]) @ (?P<user> [A-Za-z0-9._-]{1,64} )
    | (?<![\w~]) ~ (?P<channel> [A-Za-z0-9][A-Za-z0-9_-]{0,63} )
    | (?<![\w#&/]) \# (?P<hashtag> [^\W\d_][\w.-]{1,200} )
    | : (?P<emoji> [A-Za-z0-9_+-]{1,64} ) :
    """,
    re.VERBOSE,
)
EVERYBODY = frozenset({"all", "channel", "here"})
SHORTEST_HASHTAG = 3  # characters; a rule of clients


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may be linked from a message.

    ``users``: addresses by user name. ``channels``: display name and address by channel name.
    ``emoji``: addresses of pictures by name of a custom emoji. ``me``: the reader's user name.
    ``hashtags``: the address that a hashtag is appended to, "" for none.
    """

    users: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    emoji: Mapping[str, str] = field(default_factory=dict)
    me: str = ""
    hashtags: str = ""


def word_tokens(token: Token, around: Surroundings, *, links: bool) -> Iterator[Token]:
    """A text token as tokens; without ``links`` only emoji are made of words."""
    text, done = token.content, 0
    for match in WORD.finditer(text):
        made, used = _tokens_of(match, around, links=links)
        if not made:
            continue
        if match.start() > done:
            yield _text(text[done : match.start()])
        yield from made
        done = match.start() + used
    if done == 0:
        yield token
    elif done < len(text):
        yield _text(text[done:])


def _tokens_of(match: re.Match[str], around: Surroundings, *, links: bool) -> tuple[list[Token], int]:
    """The tokens for one word, none when it means nothing, and how many characters they stand for."""
    if match.lastgroup == "emoji":
        return _emoji(match["emoji"], around), len(match[0])
    if not links:
        return [], 0
    if match.lastgroup == "url":
        return _url(match["url"])
    if match.lastgroup == "email":
        return _link(f"mailto:{match['email']}", match["email"]), len(match[0])
    if match.lastgroup == "user":
        return _mention(match["user"], around)
    if match.lastgroup == "channel":
        found = around.channels.get(match["channel"].lower())
        return (_link(found[1], f"~{found[0]}", "channel-link") if found else []), len(match[0])
    return _hashtag(match["hashtag"], around)


def _url(url: str) -> tuple[list[Token], int]:
    url = url.rstrip(".,;:!?'*_~|")
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(".,;:!?'")
    if not url.partition("://")[2] and not url.startswith("www."):
        return [], 0
    return _link(url if "://" in url else f"http://{url}", url), len(url)


def _mention(word: str, around: Surroundings) -> tuple[list[Token], int]:
    """A mention: the longest user name that the word begins with, but for points and dashes at its end."""
    name = word
    while name:
        lower = name.lower()
        if lower in EVERYBODY or lower in around.users:
            mine = lower in EVERYBODY or lower == around.me
            classes = "mention mention-me" if mine else "mention"
            href = around.users.get(lower, "")
            made = _link(href, f"@{name}", classes) if href else _span(f"@{name}", classes)
            return made, len(name) + 1
        if name[-1] not in "._-":
            return [], 0
        name = name[:-1]
    return [], 0


def _hashtag(word: str, around: Surroundings) -> tuple[list[Token], int]:
    tag = word.rstrip("._-")
    if len(tag) < SHORTEST_HASHTAG:
        return [], 0
    made = _link(f"{around.hashtags}{tag}", f"#{tag}", "hashtag") if around.hashtags else _span(f"#{tag}", "hashtag")
    return made, len(tag) + 1


def _emoji(name: str, around: Surroundings) -> list[Token]:
    if points := code_points(name):
        return _span("".join(chr(int(point, 16)) for point in points.split("-")), "emoji")
    if address := around.emoji.get(name):
        picture = Token("image", "img", 0, attrs={"src": address}, meta={"emoji": True})
        picture.children = [_text(f":{name}:")]
        return [picture]
    return []


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(href: str, label: str, classes: str = "") -> list[Token]:
    attributes: dict[str, str | int | float] = {"href": href}
    if classes:
        attributes["class"] = classes
    return [Token("link_open", "a", 1, attrs=attributes), _text(label), Token("link_close", "a", -1)]


def _span(label: str, classes: str) -> list[Token]:
    return [Token("word_open", "span", 1, attrs={"class": classes}), _text(label), Token("word_close", "span", -1)]


def is_channel_name(name: object) -> bool:
    """Whether this may stand in the address of a channel or team."""
    return isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name) is not None
