"""How a setting is declared: its JSON key, default, rules, and what a change of it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar, cast

from mattermost_site.config.rules import Rule

T = TypeVar("T")

METADATA_KEY = "setting"


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of one setting besides its type and default.

    ``key`` is its name in JSON. A ``secret`` is masked in answers of the API; inside an
    object or a list of objects only the parts whose names tell so. ``restart`` says that a
    change is used after the next start only.
    """

    key: str
    secret: bool = False
    restart: bool = False
    rules: tuple[Rule, ...] = ()


def setting(
    key: str, default: T, *, rule: Rule | tuple[Rule, ...] = (), secret: bool = False, restart: bool = False
) -> T:
    """Declare a field of a section: ``site_url: str = setting("SiteURL", default="")``."""
    rules = rule if isinstance(rule, tuple) else (rule,)
    metadata = {METADATA_KEY: Setting(key=key, secret=secret, restart=restart, rules=rules)}
    if isinstance(default, Mapping):
        value = frozen(default)
        return cast("T", field(default_factory=lambda: value, metadata=metadata))
    return field(default=default, metadata=metadata)


def frozen(value: Any) -> Any:
    """JSON as values that cannot be changed: objects become read-only mappings, lists tuples, at every depth."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(frozen(item) for item in value)
    return value


def thawed(value: Any) -> Any:
    """The reverse of ``frozen``: plain dicts and lists, ready for JSON."""
    if isinstance(value, Mapping):
        return {key: thawed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [thawed(item) for item in value]
    return value
