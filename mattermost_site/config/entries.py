"""Every setting under its dotted name (``ServiceSettings.SiteURL``), and the way between names and ``Config``.

The store, the environment and the API work with flat mappings of dotted names to
values; ``Config`` is what they become.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, get_origin, get_type_hints

from mattermost_site.config.declaring import METADATA_KEY, Setting, frozen
from mattermost_site.config.sections import Config

NOT_IN_FILE = frozenset({"FeatureFlags"})  # the environment alone sets them
OWN = frozenset({"WebClientSettings"})  # sections that the API does not know


@dataclass(frozen=True, slots=True)
class Entry:
    """One setting: its names in JSON and in Python, what was declared of it, type and default.

    ``kind`` is ``bool``, ``int``, ``str``, ``tuple`` or ``Mapping``; ``of`` the type of a
    tuple's items, ``str`` or ``Mapping``.
    """

    name: str
    keys: tuple[str, ...]
    attributes: tuple[str, ...]
    setting: Setting
    kind: type
    of: type
    default: Any

    @property
    def section(self) -> str:
        """The JSON name of the section."""
        return self.keys[0]


@cache
def entries() -> Mapping[str, Entry]:
    """All settings by dotted name, in the order of the file."""
    return MappingProxyType({entry.name: entry for entry in _walk(Config, (), ())})


def _walk(owner: type, keys: tuple[str, ...], attributes: tuple[str, ...]) -> Iterator[Entry]:
    hints = _hints(owner)
    for field in fields(owner):
        about: Setting = field.metadata[METADATA_KEY]
        path, names, hint = (*keys, about.key), (*attributes, field.name), hints[field.name]
        if is_dataclass(hint) and isinstance(hint, type):
            yield from _walk(hint, path, names)
            continue
        kind = get_origin(hint) or hint
        of = (get_origin(hint.__args__[0]) or hint.__args__[0]) if kind is tuple else str
        yield Entry(".".join(path), path, names, about, kind, of, _default(field))


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def value_of(config: Config, entry: Entry) -> Any:
    """The value of one setting."""
    value: Any = config
    for name in entry.attributes:
        value = getattr(value, name)
    return value


def flat(config: Config) -> dict[str, Any]:
    """Every value by dotted name."""
    return {name: value_of(config, entry) for name, entry in entries().items()}


def build(values: Mapping[str, Any]) -> Config:
    """The configuration with these values, and defaults for the rest. Names that are unknown raise KeyError."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *parents, last = entries()[name].attributes
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = value
    config = _construct(Config, tree)
    assert isinstance(config, Config)  # noqa: S101 - for the type checker
    return config


@cache
def _hints(owner: type) -> dict[str, Any]:
    return get_type_hints(owner)


def _construct(owner: type, tree: Mapping[str, Any]) -> Any:
    hints = _hints(owner)
    made = {
        name: _construct(hints[name], value) if is_dataclass(hints[name]) else value for name, value in tree.items()
    }
    return owner(**made)


def with_values(config: Config, values: Mapping[str, Any]) -> Config:
    """The configuration with some values changed; they are frozen, but neither their types nor rules are checked."""
    return build({**flat(config), **{name: frozen(value) for name, value in values.items()}})
