"""Session and personal tokens in clear, and their replacement by digests.

A digest ends in a character in which no token of the other server ends
(``mattermost_site.ids``), so each row says by itself which it holds: rewriting can stop
and go on anywhere, and finds what the other server adds when it works here again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db import connection, transaction

from mattermost_site import config
from mattermost_site.adoption.inspection import rows, value
from mattermost_site.ids import ID_ENDINGS, keyed_digest

# Tables with such a token in a column "token", and their primary keys. An OAuth access token is a session's token too.
TABLES: Mapping[str, str] = MappingProxyType({"sessions": "id", "useraccesstokens": "id", "oauthaccessdata": "token"})
BATCH = 5000  # rows that one transaction locks, for some tens of milliseconds

_IN_CLEAR = f"right(token, 1) IN ({', '.join(repr(letter) for letter in ID_ENDINGS)})"

Progress = Callable[[int], None]


def count(table: str) -> int:
    """How many tokens of the table are in clear."""
    return int(value(f"SELECT count(*) FROM {table} WHERE {_IN_CLEAR}"))  # noqa: S608 - names of TABLES


def any_in_clear() -> bool:
    """Whether any table holds a token in clear: another server has worked here since the last ``adopt``."""
    questions = " OR ".join(f"EXISTS (SELECT FROM {table} WHERE {_IN_CLEAR})" for table in TABLES)  # noqa: S608
    return bool(value(f"SELECT {questions}"))


def rewrite(table: str, progress: Progress) -> int:
    """Replace the tokens of a table by digests, in batches; returns how many there were.

    ``progress`` is told after each batch how many are done. The key is that of the
    configuration in force, as for sessions of our own (``accounts.sessions.digest``).
    """
    done, last = 0, ""
    while batch := _batch(table, last):
        _replace(table, batch)
        done, last = done + len(batch), batch[-1][0]
        progress(done)
    return done


def _batch(table: str, last: str) -> list[tuple[str, str]]:
    key = TABLES[table]
    statement = f"SELECT {key}, token FROM {table} WHERE {key} > %s AND {_IN_CLEAR} ORDER BY {key} LIMIT {BATCH}"  # noqa: S608
    return [(row[0], row[1]) for row in rows(statement, [last])]


def _replace(table: str, batch: list[tuple[str, str]]) -> None:
    secret = config.current().sql.at_rest_encrypt_key
    key = TABLES[table]
    statement = f"""
        UPDATE {table} AS stored SET token = new.digest
        FROM unnest(%s::text[], %s::text[], %s::text[]) AS new (key, token, digest)
        WHERE stored.{key} = new.key AND stored.token = new.token
    """  # noqa: S608 - names of TABLES
    keys, tokens = [row[0] for row in batch], [row[1] for row in batch]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [keys, tokens, [keyed_digest(secret, token) for token in tokens]])
