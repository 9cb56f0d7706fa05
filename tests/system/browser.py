"""A browser with the official web client, as the server sees it: cookies, its two headers, its requests."""

from __future__ import annotations

from typing import Any

import httpx

JSON, NDJSON = "application/json", "application/x-ndjson"
OK = (200,)


class Browser:
    """One browser: signed in by cookies, never by an Authorization header (bootstrap.md §1)."""

    def __init__(self, base: str) -> None:
        self.http = httpx.Client(base_url=base, timeout=20, headers={"X-Requested-With": "XMLHttpRequest"})

    def ask(
        self, method: str, path: str, body: Any = None, *, status: tuple[int, ...] = OK, type: str | None = JSON
    ) -> Any:
        """The reply, parsed as the client does by its exact content type; it must have one of the statuses."""
        headers = {}
        if method != "GET" and (token := self.http.cookies.get("MMCSRF")):
            headers["X-CSRF-Token"] = token
        reply = self.http.request(method, f"/api/v4{path}", json=body, headers=headers)
        assert reply.status_code in status, f"{method} {path}: {reply.status_code} {reply.text[:300]}"
        if type is not None:
            assert reply.headers["Content-Type"] == type, f"{method} {path}"
        if type == NDJSON:
            return [httpx.Response(200, content=line).json() for line in reply.text.splitlines()]
        return reply.json() if type == JSON else reply

    def get(self, path: str, **options: Any) -> Any:
        return self.ask("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.ask("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.ask("PUT", path, body, **options)

    def delete(self, path: str, **options: Any) -> Any:
        return self.ask("DELETE", path, **options)

    @property
    def cookie_header(self) -> dict[str, str]:
        """What opening a socket carries along."""
        return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)}

    def close(self) -> None:
        self.http.close()
