"""The official web client, when ``WebClientSettings.Directory`` names a folder with its build.

It then is what ``/`` and every path that nothing else owns answer, and our own client
moves to ``/web/``. The build has ``root.html``, which starts the client on every path,
and files that it asks for under ``/static/``.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, get_script_prefix, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from mattermost_site import config
from mattermost_site.static_files import ASK_AGAIN, FOREVER, file_response

OWN_PREFIX = "web/"
NOT_OURS = "api/|hooks/|oauth/|plugins/|\\.well-known/|web-static/|console(?:/|$)"
FRAMING = "frame-ancestors 'self'"
HASHED = re.compile(r"[.-][0-9a-f]{8,}\.")  # names that change with their content
ROOT_FILES = frozenset({"robots.txt", "favicon.ico", "manifest.json"})
logger = logging.getLogger(__name__)

_META = re.compile(rb"""(<meta\s+http-equiv=["']Content-Security-Policy["']\s+content=["'][^"]*?script-src 'self')""")


def official_folder() -> Path | None:
    """The folder of the build; None when none is set, or there is none: a wrong setting must not stop the API."""
    directory = config.current().web_client.directory
    if not directory:
        return None
    folder = Path(directory).resolve()
    if (folder / "root.html").is_file():
        return folder
    logger.error("WebClientSettings.Directory: there is no root.html in %s", folder)
    return None


def own_prefix() -> str:
    """Where our own client is, below the site's path: at its root, unless the official client is there."""
    return OWN_PREFIX if official_folder() else ""


def official_patterns() -> list[URLPattern]:
    """The routes of the official client, to stand last; none when it is not served."""
    if official_folder() is None:
        return []
    return [
        re_path(r"^static/(?P<name>.+)$", static),
        re_path(rf"^(?!{NOT_OURS})(?P<path>.*)$", page),
    ]


@csrf_exempt
@require_safe
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """``root.html``, whatever the path; a few files are asked for beside it."""
    folder = _folder()
    if path in ROOT_FILES and (folder / path).is_file():
        return file_response(request, folder / path, cache=ASK_AGAIN)
    prefix = get_script_prefix()
    response = file_response(
        request,
        folder / "root.html",
        cache="no-cache",
        type="text/html; charset=utf-8",
        change=_adapted if prefix != "/" else None,
    )
    ancestors = config.current().service.frame_ancestors
    response["Content-Security-Policy"] = f"{FRAMING} {ancestors}".rstrip() + f"; script-src 'self'{_script_hash()}"
    response["X-Frame-Options"] = "SAMEORIGIN"
    if ancestors:
        del response["X-Frame-Options"]  # it cannot name other sites, and would forbid what the policy allows
        response.xframe_options_exempt = True  # type: ignore[attr-defined] # what Django's middleware looks for
    return response


@csrf_exempt
@require_safe
def static(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the build. Builds have their files beside ``root.html``, or in a folder ``static``."""
    folder = _folder()
    files = folder / "static" if (folder / "static").is_dir() else folder
    try:
        path = (files / name).resolve()
    except (OSError, ValueError):
        raise Http404 from None
    if not path.is_relative_to(files) or path.name.endswith((".gz", ".br")):
        raise Http404
    change = _adapted if get_script_prefix() != "/" and path.suffix in (".css", ".json", ".html") else None
    cache = FOREVER if HASHED.search(path.name) else ASK_AGAIN
    return file_response(request, path, cache=cache, change=change)


def _folder() -> Path:
    folder = official_folder()
    if folder is None:
        raise Http404
    return folder


def _adapted(content: bytes) -> bytes:
    """A file for a site below a path: addresses of ``/static/`` begin with it, and ``root.html`` tells the scripts."""
    prefix = get_script_prefix().encode()
    content = re.sub(rb"""(["'(=])/static/""", rb"\g<1>" + prefix + rb"static/", content)
    if b"</head>" not in content:
        return content
    content = _META.sub(rb"\g<1>" + _script_hash().encode(), content, count=1)
    return content.replace(b"<head>", b"<head><script>" + _path_script().encode() + b"</script>", 1)


def _path_script() -> str:
    return f"window.publicPath='{get_script_prefix()}static/'"


def _script_hash() -> str:
    """What the policy must name so that ``_path_script`` may run; nothing for a site at the root."""
    return "" if get_script_prefix() == "/" else f" {_hash(_path_script())}"


@cache
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
