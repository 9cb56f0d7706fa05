"""Finding posts: filters, membership and words in one statement (semantics §13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from messaging.direct_names import direct_name, group_name
from messaging.queries.post_pages import PostList, list_of
from messaging.queries.post_rows import marks, run
from messaging.queries.posts import posts_by_ids
from messaging.search.dates import Span
from messaging.search.engines import engine
from messaging.search.expressions import excluded_expression, wanted_expression
from messaging.search.terms import Group, Terms

HITS = 100
"""Posts that one search finds; there are no further pages."""

Part = tuple[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose channels are searched: of one team and direct ones, or of all teams; ``archived`` ones too."""

    user_id: str
    team_id: str = ""
    archived: bool = False


def search_posts(scope: Scope, terms: Terms, *, any_word: bool = False) -> PostList:
    """The newest posts that the terms find; all words are to be found, or ``any_word``. Two statements."""
    if terms.is_empty:
        return PostList()
    ids = _find(scope, terms, any_word=any_word)
    return list_of([post for post in posts_by_ids(ids) if not post["delete_at"]])


def _find(scope: Scope, terms: Terms, *, any_word: bool) -> list[str]:
    matching = _matching(terms, any_word=any_word)
    parts = [_reach(scope), *_matches(matching, terms), *_authors(terms.authors), *_places(scope, terms.places)]
    parts += [(_within(span), ()) for span in terms.spans]
    parts += [(f"NOT ({_within(span)})", ()) for span in terms.excluded_spans]
    where = " AND ".join(sql for sql, _ in parts)
    # With words, "+ 0" keeps databases from reading posts by age until enough of them happen to match.
    age = "p.createat + 0" if matching else "p.createat"
    statement = f"""SELECT p.id FROM posts p
        WHERE p.deleteat = 0 AND COALESCE(p.type, '') NOT LIKE %s AND {where}
        ORDER BY {age} DESC, p.id DESC LIMIT {HITS}"""  # noqa: S608 - conditions of ours, values are parameters
    return [row[0] for row in run(statement, ["system_%", *(value for _, params in parts for value in params)])]


def _reach(scope: Scope) -> Part:
    """Of channels that the searcher is in."""
    team = " AND (c.teamid = %s OR c.teamid = '')" if scope.team_id else ""
    living = "" if scope.archived else " AND c.deleteat = 0"
    sql = f"""p.channelid IN (SELECT c.id FROM channelmembers m JOIN channels c ON c.id = m.channelid
        WHERE m.userid = %s{team}{living})"""  # noqa: S608 - constants
    return sql, [scope.user_id, scope.team_id] if scope.team_id else [scope.user_id]


def _matching(terms: Terms, *, any_word: bool) -> str:
    return wanted_expression(terms, engine().grammar, any_word=any_word)


def _matches(matching: str, terms: Terms) -> list[Part]:
    """Words and hashtags; where there are none, but some are excluded, all posts without these."""
    if matching:
        return [(f"p.id IN ({engine().matching})", [matching])]
    excluded = excluded_expression(terms, engine().grammar)
    # Not NOT IN: PostgreSQL would look through the whole list for each post [5 s against 0.02 s].
    return [(f"NOT EXISTS ({engine().matching} AND s.post_id = p.id)", [excluded])] if excluded else []


def _authors(group: Group) -> list[Part]:
    return _both(group.wanted, group.excluded, "p.userid", "SELECT id FROM users WHERE username IN ({0})", repeat=1)


def _places(scope: Scope, group: Group) -> list[Part]:
    """Channels by name or id: names of other teams' channels do no harm within the searcher's reach."""
    people = _ids_of(name for place in group.wanted + group.excluded for name in _people(place))
    wanted = [_channel_name(scope.user_id, place, people) for place in group.wanted]
    excluded = [_channel_name(scope.user_id, place, people) for place in group.excluded]
    chosen = "SELECT id FROM channels WHERE name IN ({0}) OR id IN ({0})"
    return _both(wanted, excluded, "p.channelid", chosen, repeat=2)


def _both(wanted: list[str], excluded: list[str], column: str, chosen: str, *, repeat: int) -> list[Part]:
    """That a column's value is among, or not among, the ids that ``chosen`` selects by the given values."""
    parts: list[Part] = []
    for values, operator in ((wanted, "IN"), (excluded, "NOT IN")):
        if values:
            parts.append((f"{column} {operator} ({chosen.format(marks(values))})", values * repeat))
    return parts


def _within(span: Span) -> str:
    """The numbers stand in the statement, so that PostgreSQL plans for these days, not for any."""
    sql = [] if span.start is None else [f"p.createat >= {span.start:d}"]
    sql += [] if span.end is None else [f"p.createat < {span.end:d}"]
    return " AND ".join(sql)


def _people(place: str) -> list[str]:
    """The user names in ``@ann`` or ``@ann,@ben``; none in the name of a channel."""
    return [name.lstrip("@") for name in place.split(",")] if place.startswith("@") else []


def _ids_of(names: Iterable[str]) -> dict[str, str]:
    wanted = set(names)
    return dict(User.objects.filter(username__in=wanted).values_list("username", "id")) if wanted else {}


def _channel_name(user_id: str, place: str, people: dict[str, str]) -> str:
    """What the channel is called in the database; a group is given with everybody in it, oneself too."""
    names = _people(place)
    ids = {people[name] for name in names if name in people}
    if not names or not all(name in people for name in names):
        return place
    return direct_name(user_id, *ids) if len(names) == 1 else group_name(list(ids))
