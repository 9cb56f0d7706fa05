"""SQLite: FTS5 over columns of our tokens, separated by blanks.

FTS5 cannot have two tokens at one place, so the accented form of a text is a column of its
own, empty where there are no accents. Triggers keep the FTS5 table in step with
``site_postsearch``, which finds rows by post and holds what FTS5 needs to forget one.
"""

from __future__ import annotations

from messaging.search.documents import Document
from messaging.search.engines.base import Engine
from messaging.search.expressions import Grammar
from messaging.search.tokens import Phrase


def _row(document: Document) -> list[object]:
    folded = " ".join(token.folded for token in document.tokens)
    kept = " ".join(token.kept for token in document.tokens)
    return [document.post_id, document.update_at, folded, "" if kept == folded else kept, " ".join(document.tags)]


def _phrase(phrase: Phrase) -> str:
    column = "kept" if phrase.has_accents else "tokens"
    words = " ".join(token.kept if phrase.has_accents else token.folded for token in phrase.tokens)
    return f'{column} : "{words}"{" *" if phrase.is_prefix else ""}'


GRAMMAR = Grammar(
    phrase=_phrase,
    tag=lambda tag: f'tags : "{tag}"',
    and_sign=" AND ",
    or_sign=" OR ",
    without=lambda wanted, excluded: f"{wanted} NOT {excluded}",
)
ENGINE = Engine(
    columns=("post_id", "update_at", "tokens", "kept", "tags"),
    placeholders=("%s",) * 5,
    row=_row,
    grammar=GRAMMAR,
    matching="SELECT s.post_id FROM site_postsearch_fts f JOIN site_postsearch s ON s.id = f.rowid "
    "WHERE site_postsearch_fts MATCH %s",
)
