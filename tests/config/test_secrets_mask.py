"""Secrets are never shown, and what is shown in their place never replaces them."""

from __future__ import annotations

from typing import Any

import pytest

from mattermost_site.config import MASK, Config, as_json, merge, with_values
from mattermost_site.config.entries import entries
from tests.config.conftest import MakeStore

SECRET_NAMES = [entry.name for entry in entries().values() if entry.setting.secret]
REPLICAS = ("postgres://chat:one@db1/chat", "postgres://chat:two@db2/chat")


def at(document: dict[str, Any], name: str) -> Any:
    """The value at a dotted name."""
    node: Any = document
    for key in name.split("."):
        node = node[key]
    return node


def patch(name: str, value: Any) -> dict[str, Any]:
    """A body that sets one dotted name."""
    for key in reversed(name.split(".")):
        value = {key: value}
    assert isinstance(value, dict)
    return value


@pytest.fixture
def secretive(sound: Config) -> Config:
    """A configuration in which every secret is set."""
    plugins = {"meeting": {"ClientSecret": "hidden", "url": "https://example.com", "keys": ["hidden"], "port": 1}}
    lag = ({"DataSource": "hidden", "QueryTimeLag": "SELECT 1"},)
    values: dict[str, Any] = dict.fromkeys(SECRET_NAMES, "hidden" * 6)
    values |= {"SqlSettings.DataSourceReplicas": REPLICAS, "SqlSettings.DataSourceSearchReplicas": ("hidden",)}
    return with_values(sound, {**values, "PluginSettings.Plugins": plugins, "SqlSettings.ReplicaLagSettings": lag})


def test_what_was_recorded_as_masked_is_masked(make_store: MakeStore, recorded: Any) -> None:
    step = next(step for step in recorded("system_config_read") if step.get("note") == "secrets are masked")
    shown = as_json(make_store().load())
    assert {name: at(shown, name) for name in step["body"]} == step["body"]


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_no_secret_is_shown(secretive: Config, name: str) -> None:
    assert "hidden" not in str(at(as_json(secretive), name))


def test_an_empty_secret_is_shown_as_empty(sound: Config) -> None:
    assert as_json(sound)["EmailSettings"]["SMTPPassword"] == ""


def test_each_item_of_a_list_is_masked(secretive: Config) -> None:
    assert as_json(secretive)["SqlSettings"]["DataSourceReplicas"] == [MASK, MASK]


def test_in_settings_of_plugins_what_is_named_like_a_secret_is_masked(secretive: Config) -> None:
    shown = as_json(secretive)["PluginSettings"]["Plugins"]
    assert shown == {"meeting": {"ClientSecret": MASK, "url": "https://example.com", "keys": [MASK], "port": 1}}


def test_they_can_be_shown_to_the_server_itself(secretive: Config) -> None:
    shown = as_json(secretive, mask_secrets=False)
    assert shown["SqlSettings"]["DataSourceReplicas"] == list(REPLICAS)


def test_they_stay_when_everything_comes_back(secretive: Config) -> None:
    assert merge(secretive, as_json(secretive), replace_objects=True) == secretive


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_each_stays_when_its_mask_comes_back(secretive: Config, name: str) -> None:
    assert merge(secretive, patch(name, at(as_json(secretive), name))) == secretive


def test_a_new_secret_is_taken(secretive: Config) -> None:
    assert merge(secretive, {"EmailSettings": {"SMTPPassword": "new"}}).email.smtp_password == "new"


def test_a_secret_can_be_cleared(secretive: Config) -> None:
    assert merge(secretive, {"EmailSettings": {"SMTPPassword": ""}}).email.smtp_password == ""


def test_a_mask_for_nothing_is_nothing(sound: Config) -> None:
    assert merge(sound, {"EmailSettings": {"SMTPPassword": MASK}}).email.smtp_password == ""


def test_a_replica_can_be_added_to_masked_ones(secretive: Config) -> None:
    more = merge(secretive, {"SqlSettings": {"DataSourceReplicas": [MASK, MASK, "postgres://db3/chat"]}})
    assert more.sql.data_source_replicas == (*REPLICAS, "postgres://db3/chat")


def test_they_stay_in_the_file_when_everything_is_saved(make_store: MakeStore) -> None:
    store = make_store()
    before = store.load()
    whole = as_json(before)
    whole["TeamSettings"]["CustomDescriptionText"] = "changed as a whole"
    store.save(whole)
    now = make_store().load()
    assert (now.team.custom_description_text, now.sql, now.file) == ("changed as a whole", before.sql, before.file)


@pytest.mark.parametrize("name", ["FileSettings.PublicLinkSalt", "SqlSettings.DataSourceReplicas"])
def test_they_can_be_left_out(secretive: Config, name: str) -> None:
    section, key = name.split(".")
    assert key not in as_json(secretive, remove_masked=True)[section]


def test_what_is_not_set_is_not_left_out_with_them(sound: Config) -> None:
    assert as_json(sound, remove_masked=True)["EmailSettings"]["SMTPPassword"] == ""
