"""What a request for the socket without an upgrade is told."""

from __future__ import annotations

from django.http import HttpRequest

from mattermost_site.api import ApiView
from mattermost_site.errors import AppError


class Socket(ApiView):
    """The path of the socket for plain HTTP; real sockets never come here (``mattermost_site.asgi``)."""

    public = True

    def get(self, request: HttpRequest) -> None:
        raise AppError("api.web_socket.connect.upgrade.app_error", status=400)
