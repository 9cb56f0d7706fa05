"""Keeping drafts."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from mattermost_site import config
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Draft
from teams.models import Team
from tests.messaging.writer import (
    BAD_BODY,
    NO_RIGHT,
    SOME_ID,
    Writer,
    carried,
    make_channel,
    make_file,
    named,
    read,
    refusal,
)


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def save(writer: Writer, message: Any, **more: Any) -> Any:
    return writer.post("/drafts", {"channel_id": writer.channel.id, "message": message} | more)


def drafts(writer: Writer, team: Team, user: str = "me") -> Any:
    return read(writer.get(f"/users/{user}/teams/{team.id}/drafts"))


def test_it_is_there_afterwards(writer: Writer, team: Team) -> None:
    assert save(writer, "half a thought").status_code == 201
    assert [draft["message"] for draft in drafts(writer, team)] == ["half a thought"]


def test_saving_again_replaces_it(writer: Writer, team: Team) -> None:
    save(writer, "half", props={"x": 1})
    save(writer, "whole")
    assert [(draft["message"], draft["props"]) for draft in drafts(writer, team)] == [("whole", {})]


def test_a_thread_has_its_own(writer: Writer, team: Team) -> None:
    root = writer.say("root")
    save(writer, "to all")
    save(writer, "to the thread", root_id=root)
    assert len(drafts(writer, team)) == 2


def test_it_tells_the_other_connections(writer: Writer, events: list[Event]) -> None:
    writer.post("/drafts", {"channel_id": writer.channel.id, "message": "half"}, HTTP_CONNECTION_ID="c1")
    event = named(events, "draft_created")[0]
    assert (carried(event, "draft")["message"], event.audience.user_id) == ("half", writer.me.id)
    assert event.audience.omit_connection_id == "c1"


def test_it_shows_its_files(writer: Writer, team: Team) -> None:
    info = make_file(writer.me, writer.channel)
    save(writer, "with a file", file_ids=[info.id, SOME_ID])
    found = drafts(writer, team)[0]
    assert found["file_ids"] == [info.id, SOME_ID]
    assert [one["id"] for one in found["metadata"]["files"]] == [info.id]


def test_without_text_it_is_deleted(writer: Writer, team: Team) -> None:
    save(writer, "half")
    assert read(save(writer, "")) is None
    assert drafts(writer, team) is None


def test_it_shows_ones_own_whoever_is_named(writer: Writer, team: Team, bob: User) -> None:
    save(writer, "mine")
    save(Writer(bob, writer.channel), "bob's")
    assert [draft["message"] for draft in drafts(writer, team, bob.id)] == ["mine"]


def test_it_is_not_shown_of_channels_one_has_left(writer: Writer, team: Team) -> None:
    save(writer, "half")
    ChannelMember.objects.filter(channel_id=writer.channel.id, user_id=writer.me.id).delete()
    assert drafts(writer, team) is None


def test_deleting_it_is_told(writer: Writer, team: Team, events: list[Event]) -> None:
    save(writer, "half")
    writer.delete(f"/users/me/channels/{writer.channel.id}/drafts")
    assert drafts(writer, team) is None
    assert carried(named(events, "draft_deleted")[0], "draft")["message"] == "half"


def test_deleting_nothing_is_fine(writer: Writer, events: list[Event]) -> None:
    assert read(writer.delete("/users/me/channels/short/drafts/short")) == {"status": "OK"}
    assert named(events, "draft_deleted") == []


def test_nobody_deletes_those_of_others(writer: Writer, bob: User) -> None:
    save(writer, "mine")
    Writer(bob, writer.channel).delete(f"/users/{writer.me.id}/channels/{writer.channel.id}/drafts")
    assert Draft.objects.filter(user_id=writer.me.id).exists()


def test_it_needs_the_right_to_post(writer: Writer, charlie: User) -> None:
    assert refusal(save(Writer(charlie, writer.channel), "x")) == (403, NO_RIGHT)
    assert refusal(writer.post("/drafts", {"channel_id": "short", "message": "x"})) == (403, NO_RIGHT)


@pytest.mark.parametrize("body", [{"message": 1}, {"message": "x", "props": "x"}, {"message": "x", "file_ids": [1]}])
def test_it_refuses_wrong_types(writer: Writer, body: dict[str, Any]) -> None:
    assert refusal(writer.post("/drafts", {"channel_id": writer.channel.id} | body)) == (400, BAD_BODY)


def test_it_refuses_archived_channels(writer: Writer) -> None:
    Channel.objects.filter(id=writer.channel.id).update(delete_at=1)
    assert refusal(save(writer, "x")) == (400, "api.draft.create_draft.can_not_draft_to_deleted.error")


def test_it_can_be_turned_off(writer: Writer, team: Team) -> None:
    with config.override(**{"ServiceSettings.AllowSyncedDrafts": False}):
        answers = [
            save(writer, "x"),
            writer.get(f"/users/me/teams/{team.id}/drafts"),
            writer.delete(f"/users/me/channels/{writer.channel.id}/drafts"),
        ]
    assert [refusal(answer) for answer in answers] == [(501, "api.drafts.disabled.app_error")] * 3
