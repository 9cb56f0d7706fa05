"""PostgreSQL: a ``tsvector`` of our tokens with a GIN index.

Both forms of a token have the same position; hashtags have none and keep their sign.
Tokens hold letters, digits and pictures only, so they need no escaping within quotes.
"""

from __future__ import annotations

from collections import defaultdict

from messaging.search.documents import Document
from messaging.search.engines.base import Engine
from messaging.search.expressions import Grammar
from messaging.search.tokens import Phrase

LAST_POSITION = 16_383  # later ones would be stored as this one
POSITIONS_LIMIT = 255  # of one token


def _vector(document: Document) -> str:
    places: dict[str, list[str]] = defaultdict(list)
    for position, token in enumerate(document.tokens[:LAST_POSITION], start=1):
        for text in {token.kept, token.folded}:
            if len(places[text]) < POSITIONS_LIMIT:
                places[text].append(str(position))
    words = [f"'{text}':{','.join(positions)}" for text, positions in places.items()]
    return " ".join([*words, *(f"'{tag}'" for tag in document.tags)])


def _row(document: Document) -> list[object]:
    return [document.post_id, document.update_at, _vector(document)]


def _phrase(phrase: Phrase) -> str:
    words = [f"'{token.kept if phrase.has_accents else token.folded}'" for token in phrase.tokens]
    return f"({' <-> '.join(words)}{':*' if phrase.is_prefix else ''})"


GRAMMAR = Grammar(
    phrase=_phrase,
    tag=lambda tag: f"'{tag}'",
    and_sign=" & ",
    or_sign=" | ",
    without=lambda wanted, excluded: f"{wanted} & !{excluded}",
)
ENGINE = Engine(
    columns=("post_id", "update_at", "tokens"),
    placeholders=("%s", "%s", "%s::tsvector"),
    row=_row,
    grammar=GRAMMAR,
    matching="SELECT s.post_id FROM site_postsearch s WHERE s.tokens @@ %s::tsquery",
)
