"""Settings from the environment: ``MM_<SECTION>_<KEY>``, upper case, for example MM_SERVICESETTINGS_SITEURL."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from mattermost_site.config.entries import Entry, entries
from mattermost_site.config.values import from_text

PREFIX = "MM_"
SHORT_NAMES = {"MM_WEBCLIENT_DIRECTORY": "WebClientSettings.Directory"}

logger = logging.getLogger(__name__)


def variable_of(entry: Entry) -> str:
    """The name of the variable that sets a setting."""
    return PREFIX + "_".join(entry.keys).upper()


@cache
def _variables() -> dict[str, Entry]:
    names = {variable_of(entry): entry for entry in entries().values()}
    return names | {variable: entries()[name] for variable, name in SHORT_NAMES.items()}


@cache
def _sections() -> tuple[str, ...]:
    return tuple({f"{PREFIX}{entry.section.upper()}_" for entry in entries().values()})


def read_environment(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Values that the environment sets, by dotted name; ConfigError names a variable with a wrong value.

    A variable of a known section with an unknown key is warned of and otherwise ignored:
    it may be a setting of a newer version of the other server.
    """
    found: dict[str, Any] = {}
    for variable, text in sorted((os.environ if environ is None else environ).items()):
        if not variable.startswith(PREFIX):
            continue
        if entry := _variables().get(variable):
            found[entry.name] = from_text(entry, text, variable=variable)
        elif variable.startswith(_sections()):
            logger.warning("%s sets nothing that this server knows.", variable)
    return found
