"""From the Markdown of a post to HTML that is safe to show.

Two walls: the parser writes no HTML of the author's (``html`` is off, links have a list of
schemes), and ``nh3`` removes from its output whatever is not on a list. What is costly is
bounded: length, nesting, and the size and kind of code that is highlighted.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from messaging.code_highlighting import highlight
from messaging.markdown_words import WORD, Surroundings, is_channel_name, word_tokens

__all__ = ["Names", "Surroundings", "is_channel_name", "names_in", "plain", "render"]

LENGTH_LIMIT = 20_000  # code points that are parsed; posts of this server have at most 16,383
NESTING_LIMIT = 12
SCHEMES = {"http", "https", "mailto", "tel", "ftp"}
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "s", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class", "target"},
    "img": {"src", "alt", "title", "class", "loading"},
    "span": {"class"},
    "code": {"class"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class"},
}
CLASSES = re.compile(r"hl-[a-z0-9]{1,4}|mention|mention-me|hashtag|channel-link|emoji|picture|code|align-[a-z]{1,6}")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")


@dataclass(frozen=True, slots=True)
class Names:
    """Whom and what texts may speak of; whether they exist is for the caller to find out."""

    users: frozenset[str]
    channels: frozenset[str]
    emoji: frozenset[str]


def names_in(messages: Iterable[str]) -> Names:
    """What looks like user names, channel names and emoji names in these texts, in lower case but for emoji."""
    users: set[str] = set()
    channels: set[str] = set()
    emoji: set[str] = set()
    for message in messages:
        for match in WORD.finditer(message[:LENGTH_LIMIT]):
            if name := match["user"]:
                users.update({name.lower(), name.lower().rstrip("._-")})
            elif name := match["channel"]:
                channels.add(name.lower())
            elif name := match["emoji"]:
                emoji.add(name)
    return Names(frozenset(users - {""}), frozenset(channels), frozenset(emoji))


def render(message: str, around: Surroundings | None = None) -> SafeString:
    """The message as HTML; what it speaks of is linked as far as ``around`` knows it. Never raises."""
    if len(message) > LENGTH_LIMIT:
        return mark_safe(f"<p>{html.escape(message)}</p>")  # noqa: S308 - escaped
    made = _parser().render(message, {"around": around or Surroundings()})
    return mark_safe(  # noqa: S308 - cleaned
        nh3.clean(
            made,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=_only_known_classes,
            url_schemes=SCHEMES,
            link_rel="nofollow noopener noreferrer",
        )
    )


def plain(message: str) -> str:
    """The message as text without markup, such as lists and notices show; not escaped."""
    text = nh3.clean(_parser().render(message[:LENGTH_LIMIT], {"around": Surroundings()}), tags=set())
    return html.unescape(text).strip()


def _only_known_classes(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if CLASSES.fullmatch(name)) or None
    if attribute == "target":
        return "_blank"
    return value


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": NESTING_LIMIT})
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    parser.validateLink = _is_allowed  # type: ignore[method-assign] # the parser's way to set it
    parser.core.ruler.push("words", _link_words)
    parser.add_render_rule("link_open", _link_open)
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    for cell in ("td_open", "th_open"):
        parser.add_render_rule(cell, _cell)
    return parser


def _is_allowed(url: str) -> bool:
    match = _SCHEME.match(url)
    return match is None or match[1].lower() in SCHEMES


def _link_words(state: StateCore) -> None:
    """Turn words of the text outside links into links: addresses, mentions, channels, hashtags, emoji."""
    around: Surroundings = state.env["around"]
    for block in state.tokens:
        if block.type != "inline" or not block.children:
            continue
        children: list[Token] = []
        depth = 0
        for token in block.children:
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            if token.type == "text" and token.content:
                children.extend(word_tokens(token, around, links=depth == 0))
            else:
                children.append(token)
        block.children = children


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    href = str(token.attrGet("href") or "")
    if not token.attrGet("class"):
        if not _SCHEME.match(href) and not href.startswith(("/", "#")):
            token.attrSet("href", f"http://{href}")
        token.attrSet("target", "_blank")
    return renderer.renderToken(tokens, index, options, env)


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    source = html.escape(str(token.attrGet("src") or ""))
    alt = html.escape(renderer.renderInlineAsText(token.children or [], options, env))
    name = "emoji" if token.meta.get("emoji") else "picture"
    if not source.lower().startswith(("http://", "https://", "/")):
        return alt
    title = f' title="{alt}"' if name == "emoji" else ""
    return f'<img src="{source}" alt="{alt}"{title} class="{name}" loading="lazy">'


def _code(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
    return f'<pre><code class="code">{highlight(token.content, language)}</code></pre>\n'


def _cell(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Alignment as a class: our pages allow no style attributes."""
    token = tokens[index]
    style: Any = token.attrGet("style")
    if style:
        token.attrs.pop("style")
        token.attrSet("class", f"align-{str(style).rpartition(':')[2]}")
    return renderer.renderToken(tokens, index, options, env)
