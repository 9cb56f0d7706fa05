"""What clients are told of the configuration (bootstrap.md §6): a flat object whose values are all texts.

Nothing is behind a licence here, so keys and values are those of a licensed server
(compare ``licence.py``).
"""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from mattermost_site import config
from mattermost_site.config.client_after_login import keys_after_login
from mattermost_site.config.client_before_login import keys_before_login
from mattermost_site.config.facts import Facts
from mattermost_site.config.sections import Config

__all__ = ["Facts", "client_config", "client_config_hash", "limited_client_config"]

HASH_LENGTH = 32  # characters
NO_FACTS = Facts()


class _Made(NamedTuple):
    settings: Config
    facts: Facts
    limited: dict[str, str]
    full: dict[str, str]
    hash: str


_latest: dict[str, _Made] = {}  # one entry for answers, one for the hash: both are asked for with every request


def limited_client_config(settings: Config, facts: Facts) -> dict[str, str]:
    """For clients without a session: the body of GET /config/client."""
    return dict(_made("answer", settings, facts).limited)


def client_config(settings: Config, facts: Facts) -> dict[str, str]:
    """For clients with a session: the body of GET /config/client, and ``data.config`` of ``config_changed``."""
    return dict(_made("answer", settings, facts).full)


def client_config_hash() -> str:
    """Tells whether the client configuration in force is another: a part of ``X-Version-Id``.

    It follows from settings alone, so it is the same on every server of a cluster.
    """
    return _made("hash", config.current(), NO_FACTS).hash


def _made(purpose: str, settings: Config, facts: Facts) -> _Made:
    latest = _latest.get(purpose)
    if latest is None or latest.settings is not settings or latest.facts != facts:
        limited = _as_texts(keys_before_login(settings, facts))
        full = limited | _as_texts(keys_after_login(settings, facts))
        digest = hashlib.sha256(json.dumps(full, sort_keys=True).encode()).hexdigest()[:HASH_LENGTH]
        latest = _latest[purpose] = _Made(settings, facts, limited, full, digest)
    return latest


def _as_texts(values: dict[str, object]) -> dict[str, str]:
    return {key: _as_text(value) for key, value in values.items()}


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)
