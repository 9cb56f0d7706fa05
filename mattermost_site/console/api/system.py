"""Ping, time zones, and other questions about the system."""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from mattermost_site.api import ApiView, json_response
from mattermost_site.console.permissions import Permission, may

logger = logging.getLogger(__name__)


def database_works() -> bool:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("the database does not answer")
        return False
    return True


def file_store_works() -> bool:
    """Whether the file store answers."""
    try:
        default_storage.exists("ping")
    except Exception:  # storages fail with errors of their own libraries
        logger.exception("the file store does not answer")
        return False
    return True


class Ping(ApiView):
    """Whether the server works (semantics §19)."""

    public = True

    def get(self, request: HttpRequest) -> HttpResponse:
        answer: dict[str, Any] = {
            "ActiveSearchBackend": "database",
            "AndroidLatestVersion": "",
            "AndroidMinVersion": "",
            "IosLatestVersion": "",
            "IosMinVersion": "",
            "status": "OK",
        }
        if not self.query.flag("get_server_status"):
            return json_response(answer)
        works = {"database_status": database_works(), "filestore_status": file_store_works()}
        answer |= {name: "OK" if state else "UNHEALTHY" for name, state in works.items()}
        if not all(works.values()):
            answer["status"] = "UNHEALTHY"
        if may(self.actor)(Permission.MANAGE_SYSTEM):
            answer["root_status"] = _runs_as_root()
        failed = answer["status"] != "OK" and not self.query.flag("use_rest_semantics")
        response = json_response(answer, 500 if failed else 200)
        for name in ("status", *works):
            response[name] = answer[name]
        return response


def _runs_as_root() -> bool:
    return os.geteuid() == 0


@cache
def timezones() -> list[str]:
    """Names of all time zones that mean a place or an offset, in order."""
    return sorted(available_timezones() - {"Factory", "localtime"})


class Timezones(ApiView):
    """Time zones that a user may choose."""

    def get(self, request: HttpRequest) -> list[str]:
        return timezones()
