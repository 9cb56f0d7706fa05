"""A configuration of its own for each test: a file in a temporary folder, and an environment that is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from mattermost_site.config import Config, with_values
from mattermost_site.config.store import Store

SHARED = Path(__file__).resolve().parents[3] / "shared"
SECRETS = {"SqlSettings.AtRestEncryptKey": "k" * 32, "FileSettings.PublicLinkSalt": "s" * 32}

MakeStore = Callable[..., Store]
WriteFile = Callable[[Any], None]
ReadFile = Callable[[], dict[str, Any]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the configuration file is, or will be."""
    return tmp_path / "config" / "config.json"


@pytest.fixture
def make_store(file: Path) -> MakeStore:
    """``make_store(MM_…="…")``: the configuration of a process with this environment, on ``file``."""

    def make(**environ: str) -> Store:
        return Store({"MM_CONFIG": str(file), **environ})

    return make


@pytest.fixture
def write_file(file: Path) -> WriteFile:
    """Put a JSON document into ``file``, or a text as it is."""

    def write(document: Any) -> None:
        file.parent.mkdir(exist_ok=True)
        file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")

    return write


@pytest.fixture
def read_file(file: Path) -> ReadFile:
    """The document that ``file`` holds."""

    def read() -> dict[str, Any]:
        document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return document

    return read


@pytest.fixture
def sound() -> Config:
    """Defaults, with the secrets that a first start makes."""
    return with_values(Config(), SECRETS)


@pytest.fixture(scope="session")
def contract() -> Callable[[str], Any]:
    """``contract("config-default.json")``: a JSON file of the contract."""

    def load(name: str) -> Any:
        return json.loads((SHARED / "contract" / name).read_text(encoding="utf-8"))

    return load


@pytest.fixture(scope="session")
def recorded() -> Callable[[str], list[Mapping[str, Any]]]:
    """``recorded("system_config_read")``: the steps of a recording."""

    def load(name: str) -> list[Mapping[str, Any]]:
        steps: list[Mapping[str, Any]] = json.loads((SHARED / "conformance" / "golden" / f"{name}.json").read_text())
        return steps

    return load


@pytest.fixture(scope="session")
def foreign_file() -> Path:
    """The configuration file that another server left behind."""
    return SHARED / "data" / "mattermost-11.2" / "config.json"
