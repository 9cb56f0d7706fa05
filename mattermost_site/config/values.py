"""From JSON, or the text of an environment variable, to the value of a setting and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from mattermost_site.config.declaring import frozen, thawed
from mattermost_site.config.entries import Entry, entries
from mattermost_site.config.errors import WRONG_TYPE, ConfigError

TRUE = frozenset({"true", "t", "1"})
FALSE = frozenset({"false", "f", "0"})


def allowed(entry: Entry) -> str:
    """What a setting takes, for the sentence "… must be …"."""
    if entry.setting.rules:
        return " and ".join(rule.allowed for rule in entry.setting.rules)
    if entry.kind is tuple:
        return "a list of texts" if entry.of is str else "a list of objects"
    return {bool: "true or false", int: "a whole number", str: "a text", Mapping: "an object"}[entry.kind]


def from_json(entry: Entry, value: Any, *, where: str = "") -> Any:
    """The value of a setting from its JSON; ConfigError when it has another type.

    ``where`` names the source in the sentence, the dotted name when it is empty.
    """
    if not _fits(entry, value):
        shown = orjson.dumps(value, default=str).decode()[:60]
        raise ConfigError(
            f"{where or entry.name} must be {allowed(entry)}, not {_named(entry, shown)}.",
            id=WRONG_TYPE,
            setting=entry.name,
        )
    return frozen(value)


def _named(entry: Entry, shown: str) -> str:
    return "the value that it has" if entry.setting.secret else shown


def _fits(entry: Entry, value: Any) -> bool:
    if entry.kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if entry.kind is tuple:
        return isinstance(value, list | tuple) and all(isinstance(item, entry.of) for item in value)
    return isinstance(value, entry.kind)


def from_text(entry: Entry, text: str, *, variable: str) -> Any:
    """The value of a setting from an environment variable; ConfigError names the variable.

    Lists are separated by spaces or JSON, objects are JSON, booleans ``true false 1 0 t f``.
    """
    try:
        value = _parsed(entry, text)
    except ValueError:
        problem = f"{variable} must be {allowed(entry)}"
        shown = "" if entry.setting.secret else f", not {text[:60]!r}"
        raise ConfigError(f"{problem}{shown}.", id=WRONG_TYPE, setting=entry.name) from None
    return from_json(entry, value, where=variable)


def _parsed(entry: Entry, text: str) -> Any:
    if entry.kind is str:
        return text
    text = text.strip()
    if entry.kind is bool:
        if text.lower() not in TRUE | FALSE:
            raise ValueError(text)
        return text.lower() in TRUE
    if entry.kind is int:
        return int(text)
    if entry.kind is tuple and not text.startswith("["):
        return text.split()
    return orjson.loads(text)


def given(document: Mapping[str, Any]) -> Iterator[tuple[Entry, Any]]:
    """The known settings that a JSON document holds, as they stand there. ``null`` counts as absent."""
    for entry in entries().values():
        node: Any = document
        for key in entry.keys:
            node = node.get(key) if isinstance(node, Mapping) else None
        if node is not None:
            yield entry, node


def read(document: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a document by dotted name; unknown keys are passed over. ConfigError for a wrong type."""
    check_shape(document)
    return {entry.name: from_json(entry, value) for entry, value in given(document)}


def check_shape(document: Mapping[str, Any]) -> None:
    """ConfigError when something that holds settings is no object."""
    for entry in entries().values():
        node: Any = document
        for depth, key in enumerate(entry.keys[:-1], start=1):
            node = node.get(key)
            if node is None:
                break
            if not isinstance(node, Mapping):
                name = ".".join(entry.keys[:depth])
                raise ConfigError(f"{name} must be an object.", id=WRONG_TYPE, setting=name)


def put(document: dict[str, Any], entry: Entry, value: Any) -> None:
    """Write a setting into a JSON document, in place. What else the document holds stays."""
    node = document
    for key in entry.keys[:-1]:
        if not isinstance(node.get(key), dict):
            node[key] = {}
        node = node[key]
    node[entry.keys[-1]] = thawed(value)


def document_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON document from values by dotted name."""
    document: dict[str, Any] = {}
    for name, value in values.items():
        put(document, entries()[name], value)
    return document
