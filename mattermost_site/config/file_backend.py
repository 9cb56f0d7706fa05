"""The configuration as a JSON file."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mattermost_site.config.backend import Change, Document
from mattermost_site.config.errors import ConfigError

# A file that is mounted by itself into a container cannot be replaced, only written.
_CANNOT_REPLACE = frozenset({errno.EBUSY, errno.EXDEV})


class FileBackend:
    """``config.json``. Writers of several processes take turns; readers see the old text or the new one."""

    fixed: Mapping[str, Any] = MappingProxyType({})
    embeds = True  # without a file and without a database in the environment, the embedded default is written

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Document | None:
        """The document, None when there is no file. ConfigError when it cannot be read or is no JSON object."""
        try:
            text = self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{self.path} cannot be read: {_reason(error)}.") from error
        try:
            document = json.loads(text)
        except ValueError as error:
            raise ConfigError(f"{self.path} is not valid JSON: {error}.") from error
        if not isinstance(document, dict):
            raise ConfigError(f"{self.path} must hold a JSON object.")
        return document

    def update(self, change: Change, *, author_id: str = "") -> Document:
        """Read, change and write in one turn; returns the document. Nothing is written when nothing changes."""
        with self._turn():
            before = self.read()
            after = change(deepcopy(before))
            if after != before:
                self._write(after)
        return after

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """A lock on the folder, because the file itself is replaced by every writer."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path.parent, os.O_RDONLY)
        except OSError as error:
            raise ConfigError(f"The folder of {self.path} cannot be used: {_reason(error)}.") from error
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _write(self, document: Mapping[str, Any]) -> None:
        text = json.dumps(document, indent=4, ensure_ascii=False) + "\n"
        target = self.path.resolve()  # a symbolic link stays one
        try:
            self._replace(target, text)
        except OSError as error:
            raise ConfigError(f"{self.path} cannot be written: {_reason(error)}.") from error

    def _replace(self, target: Path, text: str) -> None:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".config-", suffix=".tmp")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            if error.errno not in _CANNOT_REPLACE:
                raise
            target.write_text(text, encoding="utf-8")


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
