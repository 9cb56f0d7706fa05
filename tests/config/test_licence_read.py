"""The licence that clients see: every feature, for ever, for everybody."""

from __future__ import annotations

import re

import pytest

from mattermost_site import clock
from mattermost_site.config.licence import client_licence
from mattermost_site.ids import is_id
from tests.config.conftest import SHARED

FAR = 100 * 365 * clock.DAY  # ms
FOR_ADMINISTRATORS = {"Id", "SkuName", "IssuedAt", "StartsAt", "ExpiresAt", "Name", "Email"}


def test_every_described_key_is_there() -> None:
    described = (SHARED / "contract" / "bootstrap.md").read_text()
    listed = re.search(r"With a licence: (.*?) \(\* removed", described, re.DOTALL)
    assert listed
    assert client_licence(full=True).keys() == set(re.findall(r"`(\w+)`", listed[1]))


def test_it_is_a_licence() -> None:
    assert client_licence(full=False)["IsLicensed"] == "true"


def test_it_opens_what_an_enterprise_licence_opens() -> None:
    assert client_licence(full=False)["SkuShortName"] == "enterprise"


@pytest.mark.parametrize(
    "feature", ["LDAPGroups", "GuestAccounts", "MFA", "SharedChannels", "CustomPermissionsSchemes"]
)
def test_a_feature_is_on(feature: str) -> None:
    assert client_licence(full=False)[feature] == "true"


@pytest.mark.parametrize("kind", ["Cloud", "IsTrial", "IsGovSku"])
def test_it_is_no_licence_of_another_kind(kind: str) -> None:
    assert client_licence(full=False)[kind] == "false"


def test_it_has_begun() -> None:
    assert int(client_licence(full=True)["StartsAt"]) < clock.now()


def test_it_does_not_expire() -> None:
    assert int(client_licence(full=True)["ExpiresAt"]) > clock.now() + FAR


def test_it_is_for_more_people_than_there_are() -> None:
    assert int(client_licence(full=False)["Users"]) >= 1_000_000_000


def test_what_only_administrators_see_is_left_out_for_others() -> None:
    assert client_licence(full=True).keys() - client_licence(full=False).keys() == FOR_ADMINISTRATORS


def test_its_id_is_one() -> None:
    assert is_id(client_licence(full=True)["Id"])


def test_every_value_is_a_text() -> None:
    assert {type(value) for value in client_licence(full=True).values()} == {str}
