"""Reminders and acknowledgements of posts."""

from __future__ import annotations

import pytest

from accounts.models import User
from mattermost_site import clock
from mattermost_site.realtime.events import Event
from messaging.models import Channel, ChannelMember, Post, PostAcknowledgement, PostReminder
from messaging.tasks import deliver_reminders
from teams.models import Team
from tests.messaging.writer import BAD_BODY, NO_RIGHT, SOME_ID, Writer, carried, make_channel, named, read, refusal


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A private channel of alice and bob."""
    return make_channel(team, alice, bob, type="P")


@pytest.fixture
def reader(bob: User, channel: Channel) -> Writer:
    """bob."""
    return Writer(bob, channel)


@pytest.fixture
def post(alice: User, channel: Channel) -> str:
    """A post of alice."""
    return Writer(alice, channel).say("remember me")


def remind(reader: Writer, post_id: str, time: object = 4_102_444_800, user: str = "me") -> tuple[int, str]:
    answer = reader.post(f"/users/{user}/posts/{post_id}/reminder", {"target_time": time})
    return (200, "") if answer.status_code == 200 else refusal(answer)


def reminders() -> list[Post]:
    return list(Post.objects.filter(type="reminder"))


def test_a_reminder_is_confirmed_to_its_user_alone(reader: Writer, post: str, events: list[Event]) -> None:
    remind(reader, post)
    event = named(events, "ephemeral_message")[0]
    assert event.audience.user_id == reader.me.id
    assert carried(event)["props"] == {
        "type": "reminder",
        "target_time": 4_102_444_800,
        "post_id": post,
        "team_name": "crew",
        "username": "alice",
    }


def test_a_later_one_replaces_it(reader: Writer, post: str) -> None:
    remind(reader, post)
    remind(reader, post, 4_102_444_900)
    assert PostReminder.objects.get().target_time == 4_102_444_900


def test_it_is_delivered_when_it_is_due(reader: Writer, post: str) -> None:
    remind(reader, post, clock.now() // 1000 - 1)
    deliver_reminders()
    made = reminders()[0]
    assert made.props["post_id"] == post
    assert ChannelMember.objects.filter(channel_id=made.channel_id, user_id=reader.me.id).exists()


def test_it_is_delivered_once(reader: Writer, post: str) -> None:
    remind(reader, post, clock.now() // 1000 - 1)
    deliver_reminders()
    deliver_reminders()
    assert len(reminders()) == 1


def test_it_is_not_delivered_before_its_time(reader: Writer, post: str) -> None:
    remind(reader, post)
    deliver_reminders()
    assert reminders() == []


def test_it_is_not_delivered_to_who_may_not_read_the_post_any_more(reader: Writer, post: str) -> None:
    remind(reader, post, clock.now() // 1000 - 1)
    ChannelMember.objects.filter(channel_id=reader.channel.id, user_id=reader.me.id).delete()
    deliver_reminders()
    assert reminders() == []


def test_it_is_not_delivered_of_a_deleted_post(reader: Writer, alice: User, post: str) -> None:
    remind(reader, post, clock.now() // 1000 - 1)
    Writer(alice, reader.channel).delete(f"/posts/{post}")
    deliver_reminders()
    assert reminders() == []


def test_a_reminder_needs_membership(reader: Writer, charlie: User, post: str) -> None:
    assert remind(Writer(charlie, reader.channel), post) == (403, NO_RIGHT)
    assert remind(reader, SOME_ID) == (403, NO_RIGHT)


def test_a_reminder_is_for_oneself(reader: Writer, alice: User, post: str) -> None:
    assert remind(reader, post, user=alice.id) == (403, NO_RIGHT)


@pytest.mark.parametrize("time", ["soon", 0, None])
def test_a_reminder_needs_a_time(reader: Writer, post: str, time: object) -> None:
    assert remind(reader, post, time) == (400, BAD_BODY)


def test_an_acknowledgement_is_told(reader: Writer, post: str, events: list[Event]) -> None:
    found = read(reader.post(f"/users/me/posts/{post}/ack"))
    assert (found["user_id"], found["post_id"], found["acknowledged_at"] > 0) == (reader.me.id, post, True)
    assert carried(named(events, "post_acknowledgement_added")[0], "acknowledgement") == found
    assert len(named(events, "post_edited")) == 1


def test_it_can_be_taken_back_for_a_while(reader: Writer, post: str, events: list[Event]) -> None:
    reader.post(f"/users/me/posts/{post}/ack")
    reader.delete(f"/users/me/posts/{post}/ack")
    assert PostAcknowledgement.objects.get().acknowledged_at == 0
    assert len(named(events, "post_acknowledgement_removed")) == 1


def test_it_cannot_be_taken_back_later(reader: Writer, post: str) -> None:
    reader.post(f"/users/me/posts/{post}/ack")
    PostAcknowledgement.objects.update(acknowledged_at=clock.now() - 6 * clock.MINUTE)
    answer = reader.delete(f"/users/me/posts/{post}/ack")
    assert refusal(answer) == (403, "api.acknowledgement.delete.deadline.app_error")


def test_nothing_is_acknowledged_for_others(reader: Writer, alice: User, post: str) -> None:
    assert refusal(reader.post(f"/users/{alice.id}/posts/{post}/ack")) == (403, NO_RIGHT)


def test_nothing_is_acknowledged_by_outsiders(reader: Writer, charlie: User, post: str) -> None:
    assert refusal(Writer(charlie, reader.channel).post(f"/users/me/posts/{post}/ack")) == (403, NO_RIGHT)
