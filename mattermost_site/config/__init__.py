"""The configuration: ``from mattermost_site import config``, then ``config.current().service.site_url``.

Settings are declared in ``sections``. Environment variables win over the file (or the
database), and that over defaults. This package may be used before Django is set up.
"""

from __future__ import annotations

from typing import Any

from mattermost_site.config.entries import Entry, entries, value_of, with_values
from mattermost_site.config.errors import ConfigError
from mattermost_site.config.exchange import Permitted, as_json, check_remote_change, everything, merge, names_as_json
from mattermost_site.config.masks import MASK
from mattermost_site.config.sections import Config
from mattermost_site.config.store import Store
from mattermost_site.config.validation import validate

__all__ = [
    "MASK",
    "Config",
    "ConfigError",
    "Entry",
    "as_json",
    "check_remote_change",
    "current",
    "entries",
    "environment_overrides",
    "load",
    "merge",
    "on_change",
    "override",
    "patch",
    "reload",
    "save",
    "set_broadcaster",
    "validate",
    "value_of",
    "with_values",
]

_store = Store()

current = _store.current
load = _store.load
reload = _store.reload
save = _store.save
patch = _store.patch
on_change = _store.on_change
set_broadcaster = _store.set_broadcaster
override = _store.override


def environment_overrides(*, readable: Permitted = everything) -> dict[str, Any]:
    """The body of GET /config/environment: nested objects of ``true``, ``{}`` when the caller sees none."""
    return names_as_json(_store.environment_overrides(), readable=readable)
