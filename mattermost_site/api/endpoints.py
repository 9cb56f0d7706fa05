"""The endpoints that the API consists of (``endpoints.csv``), and which of them the site map serves.

A path's shape is the path with ``{}`` for every value in it, so that the table's
``/api/v4/users/{user_id}`` and the route ``api/v4/users/<id:user_id>`` have the same one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

TABLE = Path(__file__).with_name("endpoints.csv")
ANY_METHOD = "*"
_VALUE = re.compile(r"\{[^}]*\}|<[^>]*>")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the table.

    ``routed`` is false for what the API's description lists although the recorded
    servers answer that there is nothing.
    """

    method: str
    path: str
    operation: str
    area: str
    routed: bool

    @property
    def shape(self) -> str:
        """The path with ``{}`` for every value."""
        return shape_of(self.path)

    @property
    def is_served(self) -> bool:
        """Whether the site map has a view for this method and path."""
        routes = served_by(settings.ROOT_URLCONF)
        return (self.method, self.shape) in routes or (ANY_METHOD, self.shape) in routes


def shape_of(path: str) -> str:
    """The shape of a path of the table or of a route."""
    return _VALUE.sub("{}", path)


@cache
def table() -> tuple[Endpoint, ...]:
    """Every endpoint of the API, sorted by area and path."""
    with TABLE.open(newline="") as file:
        return tuple(
            Endpoint(row["method"], row["path"], row["operation"], row["area"], row["routed"] == "yes")
            for row in csv.DictReader(file)
        )


@cache
def served_by(urlconf: str) -> frozenset[tuple[str, str]]:
    """Method and shape of everything that a site map serves.

    Only routes made with ``path()`` count, because a regular expression (the last
    resort under the API) has no shape. A view that is a plain function serves any method.
    """
    return frozenset(
        (method, shape_of("/" + route))
        for route, view in _routes(get_resolver(urlconf).url_patterns)
        for method in _methods(view)
    )


def _routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if not isinstance(pattern.pattern, RoutePattern):
            continue
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _methods(view: Any) -> list[str]:
    view_class = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if view_class is None:
        return [ANY_METHOD]
    methods = [name for name in view_class.http_method_names if hasattr(view_class, name)]
    if "get" in methods and "head" not in methods and "head" in view_class.http_method_names:
        methods.append("head")  # Django's views answer it with what get answers
    return [name.upper() for name in methods]
