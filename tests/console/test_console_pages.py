"""The System Console lets admins in, and changes the configuration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.actions.login import start_session
from accounts.authentication import COOKIE_TOKEN
from accounts.models import User
from accounts.user_agents import client_of
from mattermost_site import config
from mattermost_site.models import Outbox
from messaging.models import Channel
from tests.cast import PASSWORD

TEAM_SETTINGS = "/console/settings/TeamSettings/"


def browser(user: User) -> Client:
    client = Client()
    client.cookies[COOKIE_TOKEN] = start_session(user=user, client=client_of("")).token
    return client


@pytest.fixture
def settings_kept() -> Iterator[None]:
    before = config.current()
    yield
    config.save(before)


def filled(section: str) -> dict[str, str]:
    """A form as a browser sends it back unchanged."""
    from mattermost_site.console.settings_forms import SettingsForm, sections

    form = SettingsForm(sections()[section])
    data = {}
    for name, field in form.fields.items():
        value = form.initial[name]
        if value is True:
            data[name] = "on"
        elif value is not False:
            shown = field.prepare_value(value)
            data[name] = "" if shown is None else str(shown)
    return data


@pytest.mark.django_db
def test_it_sends_visitors_to_the_sign_in() -> None:
    reply = Client().get("/console/")
    assert (reply.status_code, reply["Location"].split("?")[0]) == (302, "/console/login/")


def test_it_keeps_members_out(alice: User) -> None:
    assert browser(alice).get("/console/").status_code == 302


def test_it_signs_an_admin_in_with_the_usual_session(admin: User) -> None:
    client = Client()
    reply = client.post("/console/login/", {"username": "admin", "password": PASSWORD, "next": "/console/settings/"})
    assert (reply.status_code, reply["Location"]) == (302, "/console/settings/")
    assert client.get("/console/").status_code == 200


def test_it_sends_nobody_to_another_site(admin: User) -> None:
    reply = Client().post(
        "/console/login/", {"username": "admin", "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert reply["Location"] == "/console/"


def test_it_tells_members_that_only_admins_come_in(alice: User) -> None:
    reply = Client().post("/console/login/", {"username": "alice", "password": PASSWORD})
    assert b"Only system administrators" in reply.content


@pytest.mark.parametrize(
    "page", ["", "settings/", "settings/?q=password", "settings/SqlSettings/", "accounts/user/", "teams/team/",
             "messaging/channel/", "mattermost_site/outbox/"]
)  # fmt: skip
def test_it_shows_every_page(admin: User, page: str) -> None:
    assert browser(admin).get(f"/console/{page}").status_code == 200


def test_it_never_shows_a_secret(admin: User) -> None:
    secret = config.current().sql.at_rest_encrypt_key.encode()
    page = browser(admin).get("/console/settings/SqlSettings/").content
    assert secret not in page


@pytest.mark.usefixtures("settings_kept")
def test_it_saves_what_was_changed(admin: User) -> None:
    data = filled("TeamSettings") | {"TeamSettings.SiteName": "Crew"}
    reply = browser(admin).post(TEAM_SETTINGS, data)
    assert reply.status_code == 302
    assert config.current().team.site_name == "Crew"


@pytest.mark.usefixtures("settings_kept")
def test_it_names_the_field_that_is_wrong_and_changes_nothing(admin: User) -> None:
    data = filled("TeamSettings") | {"TeamSettings.MaxUsersPerTeam": "0"}
    reply = browser(admin).post(TEAM_SETTINGS, data)
    assert (reply.status_code, b"MaxUsersPerTeam must be" in reply.content) == (400, True)
    assert config.current().team.max_users_per_team > 0


def test_it_shows_settings_of_the_environment_read_only(admin: User) -> None:
    page = browser(admin).get("/console/settings/SqlSettings/").content.decode()
    field = page.split('name="SqlSettings.DriverName"')[1].split(">")[0]
    assert "disabled" in field


def test_it_revives_dead_jobs(admin: User) -> None:
    row = Outbox.objects.create(kind="errands.run", state="dead", attempts=14)
    data = {"action": "try_again", "_selected_action": [row.pk]}
    assert browser(admin).post("/console/mattermost_site/outbox/", data).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)


def test_it_deactivates_others_but_not_oneself(admin: User, alice: User) -> None:
    data = {"action": "deactivate", "_selected_action": [admin.pk, alice.pk]}
    browser(admin).post("/console/accounts/user/", data)
    alice.refresh_from_db()
    admin.refresh_from_db()
    assert (alice.is_active, admin.is_active) == (False, True)


def test_it_archives_channels_but_not_town_square(admin: User, town_square: Channel) -> None:
    other = Channel.objects.get(team_id=town_square.team_id, name="off-topic")
    data = {"action": "archive", "_selected_action": [town_square.pk, other.pk]}
    browser(admin).post("/console/messaging/channel/", data)
    town_square.refresh_from_db()
    other.refresh_from_db()
    assert (town_square.delete_at, other.delete_at > 0) == (0, True)
