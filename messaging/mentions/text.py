"""The words of a post that may mention somebody (semantics §10.1). Pure text, and linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from messaging.links import without_code

TEXT_LIMIT = 16_383  # code points of one text that are looked at; attachments may be far longer
FORM_LIMIT = 128  # code points of the longest word that anybody can be mentioned by
ATTACHMENT_TEXTS = ("pretext", "text")

_MARKUP = re.compile(r"`|~~~|\]\(|://|www\.|^(?: {4}|\t)", re.IGNORECASE | re.MULTILINE)
_TARGET = re.compile(r"""\]\([ \t]{0,8}<?[^()\s<>]*>?(?:[ \t]{1,8}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'))?""")
_URL = re.compile(r"(?<![A-Za-z0-9])(?:(?:https?|ftp)://|www\.)[^\s<>]+", re.IGNORECASE)
_BLOCK = re.compile(r"\n[ \t]*\n")
_LIST_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_WORD = re.compile(r"[\w:.\-@]+")
_LEADING, _TRAILING = ":.-_", ".-:_"
_INNER = re.compile(r"[.\-:]")


def texts_of(message: str, props: dict[str, Any]) -> Iterator[str]:
    """The Markdown of a post: its message, and of its attachments pretext, text and the values of fields."""
    yield message
    attachments = props.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        if not isinstance(attachment, dict):
            continue
        fields = attachment.get("fields")
        values = [attachment.get(key) for key in ATTACHMENT_TEXTS]
        if isinstance(fields, list):
            values += [field.get("value") for field in fields if isinstance(field, dict)]
        yield from (value for value in values if isinstance(value, str))


def plain_text(markdown: str) -> str:
    """A text without code, targets of links and bare URLs; labels of links stay."""
    text = markdown[:TEXT_LIMIT]
    if not _MARKUP.search(text):
        return text
    text = _TARGET.sub("] ", without_code(_without_indented(text)))
    return _URL.sub(" ", text)


def _without_indented(text: str) -> str:
    """The text without indented code: paragraphs whose lines all begin with a tab or four blanks, outside of lists."""
    if "    " not in text and "\t" not in text:
        return text
    kept: list[str] = []
    in_list = False
    for block in _BLOCK.split(text):
        lines = [line for line in block.split("\n") if line.strip()]
        indented = bool(lines) and all(line.startswith(("    ", "\t")) for line in lines)
        if lines and not indented:
            in_list = _LIST_ITEM.match(lines[0]) is not None
        if in_list or not indented:
            kept.append(block)
    return "\n\n".join(kept)


def words_of(message: str, props: dict[str, Any]) -> list[str]:
    """The words of a post, each once and in order; those that look like ``:emoji:`` are left out."""
    found: dict[str, None] = {}
    for text in texts_of(message, props):
        for word in _WORD.findall(plain_text(text)):
            if word[0] == ":" and word[-1] == ":":
                continue
            if trimmed := word.lstrip(_LEADING):
                found[trimmed] = None
    return list(found)


def forms_of(word: str) -> Iterator[str]:
    """A word as it is, then without its trailing ``. - : _`` one by one; what is too long for a mention is left out."""
    end = len(word)
    while end:
        if end <= FORM_LIMIT:
            yield word[:end]
        if word[end - 1] not in _TRAILING:
            return
        end -= 1


def parts_of(word: str) -> list[str]:
    """What a word consists of when it is split at ``. - :``; nothing for one that is not split by these."""
    parts = [part for part in _INNER.split(word) if 0 < len(part) <= FORM_LIMIT]
    return [] if parts == [word] else parts
