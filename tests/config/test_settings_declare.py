"""The declared settings are those of the contract, and sound."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from accounts.permission_ids import CONSOLE_SECTIONS
from mattermost_site.catalogue import texts
from mattermost_site.config import Config, entries, validate
from mattermost_site.config.access import RESTRICTED, SECTIONS, SETTINGS
from mattermost_site.config.entries import NOT_IN_FILE, OWN
from mattermost_site.config.errors import is_valid_id
from mattermost_site.config.values import document_of

Load = Callable[[str], Any]

DEFAULTS = {entry.name: entry.default for entry in entries().values() if entry.section not in NOT_IN_FILE | OWN}


def test_defaults_are_those_of_the_contract(contract: Load) -> None:
    assert document_of(DEFAULTS) == contract("config-default.json")


def test_sections_and_keys_have_the_order_of_the_contract(contract: Load) -> None:
    order = [(section, list(keys)) for section, keys in contract("config-default.json").items()]
    assert [(section, list(keys)) for section, keys in document_of(DEFAULTS).items()] == order


def test_feature_flags_have_the_recorded_values(contract: Load) -> None:
    flags = {
        f"FeatureFlag{e.keys[1]}": str(e.default).lower() for e in entries().values() if e.section == "FeatureFlags"
    }
    recorded = {k: v for k, v in contract("client-config.json")["logged_out"].items() if k.startswith("FeatureFlag")}
    assert {key: flags.get(key) for key in recorded} == recorded


def test_defaults_keep_the_rules(sound: Config) -> None:
    validate(sound)


def test_no_setting_can_be_changed_in_place(sound: Config) -> None:
    with pytest.raises(FrozenInstanceError):
        sound.service.site_url = "https://example.com"  # type: ignore[misc]


def test_no_object_can_be_changed_in_place(sound: Config) -> None:
    with pytest.raises(TypeError):
        sound.plugin.plugin_states["playbooks"]["Enable"] = False


def test_names_in_python_are_those_in_json() -> None:
    strange = [e.name for e in entries().values() if e.attributes[-1].replace("_", "") != e.keys[-1].lower()]
    assert strange == []


def test_names_in_python_are_words() -> None:
    assert [e.name for e in entries().values() if re.search(r"(^|_)[b-z](_|$)", e.attributes[-1])] == []


def test_every_rule_has_a_text() -> None:
    ids = {is_valid_id(rule.error) for entry in entries().values() for rule in entry.setting.rules}
    assert ids - texts().keys() == set()


def test_every_section_has_a_place_in_the_console() -> None:
    assert {entry.section for entry in entries().values()} == SECTIONS.keys()


def test_the_table_of_consoles_names_settings_that_exist() -> None:
    assert (SETTINGS.keys() | RESTRICTED) - entries().keys() == set()


def test_the_table_of_consoles_names_consoles_that_exist() -> None:
    named = {console for consoles in (*SECTIONS.values(), *SETTINGS.values()) for console in consoles.split()}
    assert named - set(CONSOLE_SECTIONS) == set()
