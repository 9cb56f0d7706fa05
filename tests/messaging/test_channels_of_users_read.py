"""The channels and memberships of one user."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from messaging.models import Channel
from teams.models import Team
from tests.messaging.channels import NOWHERE, make_channel, read, refusal


@pytest.fixture
def path(alice: User, team: Team) -> str:
    """alice's channels in the team."""
    return f"/users/{alice.id}/teams/{team.id}/channels"


@pytest.fixture
def old(client_for: Any, alice: User, team: Team) -> Channel:
    """An archived channel of alice's."""
    channel = make_channel(client_for(alice), team, "old")
    client_for(alice).delete(f"/channels/{channel.id}")
    channel.refresh_from_db()
    return channel


def names(reply: Any) -> list[str]:
    """The names of listed channels."""
    return [shape["name"] for shape in read(reply)]


def test_a_team_lists_direct_channels_too(client_for: Any, alice: User, bob: User, path: str) -> None:
    direct = read(client_for(alice).post("/channels/direct", [alice.id, bob.id]))
    assert names(client_for(alice).get(path)) == [direct["name"], "off-topic", "town-square"]


def test_archived_channels_are_listed_when_asked_for(client_for: Any, alice: User, path: str, old: Channel) -> None:
    client = client_for(alice)
    assert "old" not in names(client.get(path))
    assert "old" in names(client.get(f"{path}?include_deleted=true"))
    assert "old" in names(client.get(f"{path}?include_deleted=true&last_delete_at={old.delete_at}"))
    assert "old" not in names(client.get(f"{path}?include_deleted=true&last_delete_at={old.delete_at + 1}"))


def test_a_negative_time_is_refused(client_for: Any, alice: User, path: str) -> None:
    reply = client_for(alice).get(f"{path}?last_delete_at=-1")
    assert refusal(reply) == (400, "api.context.invalid_url_param.app_error")


def test_an_unchanged_list_is_not_sent_again(client_for: Any, alice: User, path: str, town_square: Channel) -> None:
    client = client_for(alice)
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    Channel.objects.filter(id=town_square.id).update(last_post_at=99_999_999_999_999)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_who_has_no_channels_there_gets_404(client_for: Any, admin: User, team: Team) -> None:
    reply = client_for(admin).get(f"/users/{NOWHERE}/teams/{team.id}/channels")
    assert refusal(reply) == (404, "app.channel.get_channels.not_found.app_error")


def test_who_has_no_channels_at_all_gets_an_empty_list(client_for: Any, charlie: User) -> None:
    reply = client_for(charlie).get("/users/me/channels")
    assert (reply.status_code, reply.content) == (200, b"[]")


@pytest.mark.parametrize(
    "what", ["teams/{team}/channels", "teams/{team}/channels/members", "channels", "channel_members"]
)
def test_nobody_reads_those_of_others(client_for: Any, alice: User, bob: User, team: Team, what: str) -> None:
    assert client_for(bob).get(f"/users/{alice.id}/{what.format(team=team.id)}").status_code == 403


def test_admins_read_those_of_others_without_times(
    client_for: Any, admin: User, path: str, town_square: Channel
) -> None:
    shapes = read(client_for(admin).get(f"{path}/members"))
    assert [(shape["roles"], shape["last_update_at"]) for shape in shapes] == [("channel_user channel_admin", -1)] * 2


def test_memberships_name_the_team(client_for: Any, alice: User, bob: User, team: Team) -> None:
    client_for(alice).post("/channels/direct", [alice.id, bob.id])
    shapes = read(client_for(alice).get("/users/me/channel_members"))
    assert sorted(shape["team_name"] for shape in shapes) == ["", team.name, team.name]


def test_memberships_come_in_pages(client_for: Any, alice: User, team: Team) -> None:
    client = client_for(alice)
    pages = [read(client.get(f"/users/me/channel_members?per_page=1&page={page}")) for page in range(3)]
    assert [len(page) for page in pages] == [1, 1, 0]


def test_all_memberships_come_one_a_line(client_for: Any, alice: User, team: Team) -> None:
    reply = client_for(alice).get("/users/me/channel_members?page=-1")
    lines = b"".join(reply.streaming_content).splitlines()
    assert reply["Content-Type"] == "application/x-ndjson"
    assert {orjson.loads(line)["team_name"] for line in lines} == {team.name}


@pytest.mark.parametrize(
    ("what", "statements"),
    [("/teams/{team}/channels", 2), ("/teams/{team}/channels/members", 2), ("/channel_members", 1)],
)
def test_a_list_takes_few_statements_whatever_its_length(
    serving: None, client_for: Any, alice: User, team: Team, what: str, statements: int
) -> None:
    client = client_for(alice)
    for number in range(5):
        make_channel(client, team, f"channel{number}")
    address = "/users/me" + what.format(team=team.id)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == statements


def test_one_channel_takes_one_statement(serving: None, client_for: Any, alice: User, town_square: Channel) -> None:
    client = client_for(alice)
    client.get(f"/channels/{town_square.id}")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/channels/{town_square.id}")
    assert len(queries) == 1
