"""The links of a message, as far as the server needs to know them (semantics §8.6).

A full Markdown parser would be the slowest part of reading a channel, so this looks for
one thing only: bare URLs outside of code. Each step takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n?", re.MULTILINE)
_TICKS = re.compile(r"`+")
_TARGET = re.compile(r"\]\([^()\s]*")
_URL = re.compile(r"(?<![\w/])(?:https?://|www\.)[^\s<>`\"]+", re.IGNORECASE)
_TRAILING = "?!.,:;*_~'\"|"


def first_link(message: str) -> str:
    """The first bare URL of a message: not in code, not the target of ``[text](…)``; ``""`` when there is none."""
    return next(bare_links(message), "")


def bare_links(message: str) -> Iterator[str]:
    """The bare URLs of a message in order, without the punctuation that ends a sentence."""
    if "://" not in message and "www." not in message.lower():
        return
    text = _TARGET.sub("] ", without_code(message))
    for match in _URL.finditer(text):
        yield _trimmed(match[0])


def without_code(message: str) -> str:
    """The message without fenced code and code spans."""
    return _without_spans(_without_blocks(message))


def _trimmed(url: str) -> str:
    while url and (url[-1] in _TRAILING or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


def _without_blocks(text: str) -> str:
    """The text without fenced code; an open fence reaches to the end."""
    if "```" not in text and "~~~" not in text:
        return text
    kept, fence, start = [], "", 0
    for match in _FENCE.finditer(text):
        mark = match[1]
        if not fence:
            kept.append(text[start : match.start()])
            fence = mark
        elif mark[0] == fence[0] and len(mark) >= len(fence):
            fence, start = "", match.end()
    if not fence:
        kept.append(text[start:])
    return "\n".join(kept)


def _without_spans(text: str) -> str:
    """The text without code spans: from a run of backticks to the next run of the same length."""
    if "`" not in text:
        return text
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    following: dict[int, int] = {}
    partner: list[int | None] = [None] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        partner[index] = following.get(length)
        following[length] = index
    kept, position, index = [], 0, 0
    while index < len(runs):
        end = partner[index]
        if end is None:
            index += 1
            continue
        kept.append(text[position : runs[index][0]])
        position, index = runs[end][1], end + 1
    return " ".join([*kept, text[position:]])
