"""Where settings come from, and what changes them: environment, then file or database, then defaults."""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mattermost_site.config.backend import Backend, Document
from mattermost_site.config.entries import NOT_IN_FILE, OWN, build, entries, flat, value_of, with_values
from mattermost_site.config.environment import read_environment, variable_of
from mattermost_site.config.errors import ConfigError
from mattermost_site.config.exchange import Permitted, merge
from mattermost_site.config.file_backend import FileBackend
from mattermost_site.config.sections import Config
from mattermost_site.config.validation import validate
from mattermost_site.config.values import document_of, from_json, put, read

LOCATION = "MM_CONFIG"
DEFAULT_FILE = "config/config.json"

DRIVER, SOURCE = "SqlSettings.DriverName", "SqlSettings.DataSource"
EMBEDDED = {DRIVER: "sqlite", SOURCE: "data/mattermost.db", "FileSettings.Directory": "./data/files/"}

GENERATED = ("SqlSettings.AtRestEncryptKey", "FileSettings.PublicLinkSalt")
SECRET_LENGTH = 32  # characters, as in files of the other server
SECRET_ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769"  # noqa: S105 - the letters, not a secret

Listener = Callable[[Config, Config], None]
Check = Callable[[Config, Config], None]

logger = logging.getLogger(__name__)


class Store:
    """The configuration of a process: one immutable ``Config``, replaced as a whole."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        self._environ = os.environ if environ is None else environ
        self._lock = threading.RLock()
        self._config: Config | None = None
        self._backend: Backend | None = None
        self._overrides: Mapping[str, Any] = MappingProxyType({})
        self._listeners: list[Listener] = []
        self._broadcast: Callable[[], None] | None = None

    def current(self) -> Config:
        """The configuration in force; read on first use."""
        return self._config or self.load()

    def load(self) -> Config:
        """Read the configuration; what there is not yet is written: the file, generated secrets.

        ConfigError when a value is not allowed or the place cannot be read or written.
        """
        with self._lock:
            if self._config is None:
                self._config = self._read()
            return self._config

    def reload(self) -> Config:
        """Read again and tell listeners. On ConfigError the old configuration stays in force."""
        with self._lock:
            old, new = self._config, self._read()
            self._config = new
        if old is not None and old != new:
            self._tell(old, new)
        return new

    def save(
        self,
        new: Config | Mapping[str, Any],
        *,
        author_id: str = "",
        writable: Permitted | None = None,
        check: Check | None = None,
    ) -> tuple[Config, Config]:
        """Put a configuration in force, keep it, and tell listeners and other processes; returns old and new.

        A mapping is taken as the body of PUT /config, a ``Config`` must come from
        ``current()``. Only what differs from the configuration in force is written, into
        what is kept at that moment: changes made elsewhere meanwhile survive, and so do
        unknown keys. What the environment sets is neither written nor changed.

        ``writable`` leaves out settings as in ``merge``; ``check(old, new)`` may refuse by
        raising. ConfigError when the result is not allowed; then nothing is written.
        """

        def wanted(old: Config) -> Config:
            return new if isinstance(new, Config) else merge(old, new, writable=writable, replace_objects=True)

        return self._change(wanted, author_id, check)

    def patch(
        self,
        changes: Mapping[str, Any],
        *,
        author_id: str = "",
        writable: Permitted | None = None,
        check: Check | None = None,
    ) -> tuple[Config, Config]:
        """Change some settings, given as the body of PUT /config/patch. Otherwise like ``save``."""
        return self._change(lambda old: merge(old, changes, writable=writable), author_id, check)

    def _change(self, wanted: Callable[[Config], Config], author_id: str, check: Check | None) -> tuple[Config, Config]:
        with self._lock:
            old = self.current()
            aim = wanted(old)
            if check:
                check(old, aim)
            changes = self._keepable(old, aim)
            if not changes:
                return old, old

            def change(document: Document | None) -> Document:
                changed = self._completed(document)
                for name, value in changes.items():
                    put(changed, entries()[name], value)
                self._effective(changed)
                return changed

            new = self._config = self._effective(self._place().update(change, author_id=author_id))
        self._tell(old, new)
        self._tell_others()
        return old, new

    def environment_overrides(self) -> Mapping[str, Any]:
        """What the environment sets, by dotted name."""
        self.current()
        return self._overrides

    def on_change(self, callback: Listener) -> Callable[[], None]:
        """Have ``callback(old, new)`` called after every change; returns what takes it off again."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def set_broadcaster(self, callback: Callable[[], None] | None) -> None:
        """What tells other processes that the configuration was saved: they call ``reload``."""
        self._broadcast = callback

    @contextmanager
    def override(self, **values: Any) -> Iterator[Config]:
        """For tests: other values by dotted name, ``override(**{"TeamSettings.EnableOpenServer": True})``.

        Nothing is written; listeners are told. The rules are not applied, types are.
        """
        old = self.current()
        new = with_values(old, {name: from_json(entries()[name], value) for name, value in values.items()})
        self._config = new
        self._tell(old, new)
        try:
            yield new
        finally:
            self._config = old
            self._tell(new, old)

    def _place(self) -> Backend:
        if self._backend is None:
            location = self._environ.get(LOCATION) or DEFAULT_FILE
            if location.startswith(("postgres://", "postgresql://")):
                from mattermost_site.config.database_backend import DatabaseBackend

                self._backend = DatabaseBackend(location)
            else:
                self._backend = FileBackend(Path(location))
        return self._backend

    def _read(self) -> Config:
        before, self._overrides = self._overrides, MappingProxyType(read_environment(self._environ))
        try:
            document = self._place().read()
            if document is None or self._missing_secrets(document):
                document = self._place().update(self._completed)
            return self._effective(document)
        except ConfigError:
            self._overrides = before
            raise

    def _fixed(self) -> dict[str, Any]:
        return {**self._place().fixed, **self._overrides}

    def _effective(self, document: Mapping[str, Any]) -> Config:
        config = build({**read(document), **self._fixed()})
        validate(config, variables={name: variable_of(entries()[name]) for name in self._overrides})
        return config

    def _completed(self, document: Document | None) -> Document:
        """The document with what the first start writes."""
        complete = document_of(self._first_values()) if document is None else document
        for name in self._missing_secrets(complete):
            put(complete, entries()[name], "".join(secrets.choice(SECRET_ALPHABET) for _ in range(SECRET_LENGTH)))
        return complete

    def _missing_secrets(self, document: Mapping[str, Any]) -> list[str]:
        values = read(document)
        return [name for name in GENERATED if not values.get(name) and name not in self._fixed()]

    def _first_values(self) -> dict[str, Any]:
        """Defaults; those of the embedded installation unless the environment names a database."""
        values = {e.name: e.default for e in entries().values() if e.section not in NOT_IN_FILE | OWN}
        fixed = self._fixed()
        if self._place().embeds and fixed.get(DRIVER, "" if SOURCE in fixed else "sqlite") == "sqlite":
            values |= EMBEDDED
        return values

    def _keepable(self, old: Config, new: Config) -> dict[str, Any]:
        before, fixed = flat(old), self._fixed()
        return {
            entry.name: value
            for entry in entries().values()
            if (value := value_of(new, entry)) != before[entry.name]
            and entry.name not in fixed
            and entry.section not in NOT_IN_FILE
        }

    def _tell_others(self) -> None:
        try:
            if self._broadcast:
                self._broadcast()
        except Exception:
            logger.exception("other processes could not be told of a change of settings")

    def _tell(self, old: Config, new: Config) -> None:
        for listener in list(self._listeners):
            try:
                listener(old, new)
            except Exception:
                logger.exception("a change of settings could not be taken over by %r", listener)
