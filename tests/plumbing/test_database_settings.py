"""The data source says how to reach the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from mattermost_site.config import ConfigError
from mattermost_site.database import database_settings


def test_it_reads_a_postgres_address() -> None:
    source = "postgres://mm%40user:p%2Fw@db.example:5433/chat?sslmode=disable&connect_timeout=10&binary_parameters=yes"
    settings = database_settings("postgres", source)
    wanted = {"NAME": "chat", "USER": "mm@user", "PASSWORD": "p/w", "HOST": "db.example", "PORT": 5433}
    assert {key: settings[key] for key in wanted} == wanted
    assert settings["OPTIONS"]["sslmode"] == "disable"
    assert "binary_parameters" not in settings["OPTIONS"]


def test_it_makes_the_folder_of_an_sqlite_file(tmp_path: Path) -> None:
    database_settings("sqlite", str(tmp_path / "new" / "chat.db"))
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize(
    ("driver", "source"),
    [("mysql", "x"), ("postgres", "chat"), ("postgres", "mysql://h/chat"), ("postgres", "postgres://h")],
)
def test_it_says_in_one_sentence_what_is_wrong(driver: str, source: str) -> None:
    with pytest.raises(ConfigError, match="SqlSettings"):
        database_settings(driver, source)
