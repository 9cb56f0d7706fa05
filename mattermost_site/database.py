"""Database settings from ``SqlSettings`` (driver and data source)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mattermost_site.config import ConfigError

SQLITE_WAIT = 30  # seconds for the lock that another process holds
_LIBPQ = {
    "sslmode", "sslcert", "sslkey", "sslrootcert", "connect_timeout", "application_name", "target_session_attrs",
    "options", "keepalives", "keepalives_idle",
}  # fmt: skip


def database_settings(driver: str, source: str) -> dict[str, Any]:
    """Django's settings of one database; ConfigError when the data source cannot be understood."""
    if driver == "sqlite":
        return _sqlite(source)
    if driver == "postgres":
        return _postgres(source)
    raise ConfigError(f"SqlSettings.DriverName must be postgres or sqlite, not {driver!r}.")


def _sqlite(source: str) -> dict[str, Any]:
    try:
        Path(source).resolve().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"SqlSettings.DataSource: the folder of {source} cannot be made: {error.strerror}."
        ) from error
    return {
        "ENGINE": "mattermost_site.sqlite",
        "NAME": source,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": SQLITE_WAIT,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def _has_port(url: SplitResult) -> bool:
    """Whether the port is a number, or left out."""
    try:
        return url.port is None or bool(url.port)
    except ValueError:
        return False


def _postgres(source: str) -> dict[str, Any]:
    url = urlsplit(source)
    if url.scheme not in ("postgres", "postgresql") or not url.path.strip("/") or not _has_port(url):
        raise ConfigError("SqlSettings.DataSource must look like postgres://user:password@host:5432/database.")
    given = dict(parse_qsl(url.query))
    # Server-side binding and prepared statements halve the database's CPU time.
    options: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 2}
    options |= {key: value for key, value in given.items() if key in _LIBPQ}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or given.get("user", "")),
        "PASSWORD": unquote(url.password or given.get("password", "")),
        "HOST": unquote(url.hostname or given.get("host", "")),
        "PORT": url.port or given.get("port", ""),
        "CONN_MAX_AGE": None,
        "OPTIONS": options,
    }
