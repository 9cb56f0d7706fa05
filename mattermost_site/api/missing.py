"""The last resort under /api/v4: requests that no view answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import NoReturn

from django.http import HttpRequest

from mattermost_site.api.endpoints import Endpoint, table
from mattermost_site.errors import AppError, NoSuchRoute


@dataclass(slots=True)
class _Node:
    """A place in the tree of paths: what follows it, and the endpoints that end here by method."""

    children: dict[str, _Node] = field(default_factory=dict)
    endpoints: dict[str, Endpoint] = field(default_factory=dict)


@cache
def _tree() -> _Node:
    root = _Node()
    for endpoint in table():
        node = root
        for segment in endpoint.shape.split("/"):
            node = node.children.setdefault(segment, _Node())
        node.endpoints[endpoint.method] = endpoint
    return root


def find_endpoint(method: str, path: str) -> Endpoint | None:
    """The endpoint of the API that a request is meant for, None when there is none.

    A value in the path matches one segment that is not empty; a segment that the
    table has literally goes before a value.
    """
    return _find(_tree(), method, path.split("/"), 0)


def _find(node: _Node, method: str, segments: list[str], depth: int) -> Endpoint | None:
    if depth == len(segments):
        return node.endpoints.get(method)
    found = None
    if literal := node.children.get(segments[depth]):
        found = _find(literal, method, segments, depth + 1)
    if found is None and segments[depth] and (value := node.children.get("{}")):
        found = _find(value, method, segments, depth + 1)
    return found


def answer_missing(request: HttpRequest) -> NoReturn:
    """Refuse a request that no view answers.

    Raises AppError with status 501 for an endpoint of the API that is not served yet,
    and NoSuchRoute for everything else: unknown paths, the wrong method (the recorded
    servers never answer 405), and values that the route of a served endpoint does not
    take (``/posts/with.dots``).
    """
    endpoint = find_endpoint(request.method or "", request.path_info)
    if endpoint is None or not endpoint.routed or endpoint.is_served:
        raise NoSuchRoute
    raise AppError("api.not_implemented.app_error", status=501, params={"Operation": endpoint.operation})
