"""What posts are sent with."""

from __future__ import annotations

import pytest

from accounts.models import User
from mattermost_site import clock, config
from mattermost_site.ids import new_id
from messaging.models import Channel, Emoji, PostAcknowledgement, PostPriority
from teams.models import Team
from tests.messaging.writer import Writer, make_channel, make_file, read


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(alice: User, channel: Channel) -> Writer:
    """alice."""
    return Writer(alice, channel)


def metadata(reader: Writer, post_id: str) -> dict[str, object]:
    found: dict[str, object] = read(reader.get(f"/posts/{post_id}"))["metadata"]
    return found


def link(post_id: str) -> str:
    return f"http://chat.test/crew/pl/{post_id}"


def test_a_plain_post_has_none(writer: Writer) -> None:
    assert metadata(writer, writer.say("plain :smile: 12:30:45")) == {}


def test_it_has_files_in_the_order_of_their_making(writer: Writer) -> None:
    infos = [make_file(writer.me, writer.channel, name) for name in ("a.txt", "b.txt")]
    found = metadata(writer, writer.say("files", file_ids=[info.id for info in infos[::-1]]))
    assert {one["name"] for one in found["files"]} == {"a.txt", "b.txt"}  # type: ignore[attr-defined]


def test_it_has_custom_emoji_of_texts(writer: Writer) -> None:
    Emoji(id=new_id(), name="party", creator_id=writer.me.id, create_at=clock.now()).save(force_insert=True)
    post_id = writer.say("plain", props={"attachments": [{"text": ":party: :nosuch:"}]})
    assert [one["name"] for one in metadata(writer, post_id)["emojis"]] == ["party"]  # type: ignore[attr-defined]


def test_it_has_a_priority_and_who_acknowledged(writer: Writer, bob: User) -> None:
    post_id = writer.say("urgent")
    place = {"post_id": post_id, "channel_id": writer.channel.id}
    PostPriority(**place, priority="urgent", requested_ack=True).save(force_insert=True)
    PostAcknowledgement(**place, user_id=bob.id, acknowledged_at=5).save(force_insert=True)
    found = metadata(writer, post_id)
    assert found["priority"]["priority"] == "urgent"  # type: ignore[index]
    assert [one["user_id"] for one in found["acknowledgements"]] == [bob.id]  # type: ignore[attr-defined]


def test_attachments_go_before_links(writer: Writer) -> None:
    other = writer.say("quoted")
    post_id = writer.say(link(other), props={"attachments": [{"text": "x"}]})
    assert metadata(writer, post_id)["embeds"] == [{"type": "message_attachment"}]


def test_it_quotes_the_post_that_the_first_link_leads_to(writer: Writer) -> None:
    first, second = writer.say("first"), writer.say("second")
    embeds = metadata(writer, writer.say(f"see {link(first)} and {link(second)}"))["embeds"]
    assert [one["data"]["post"]["message"] for one in embeds] == ["first"]  # type: ignore[attr-defined]


def test_a_quote_within_a_quote_is_not_expanded(writer: Writer) -> None:
    middle = writer.say(link(writer.say("first")))
    embeds = metadata(writer, writer.say(link(middle)))["embeds"]
    assert "metadata" not in embeds[0]["data"]["post"]  # type: ignore[index]


def test_a_quote_is_kept_from_who_may_not_read_it(writer: Writer, team: Team, bob: User) -> None:
    hidden = Writer(writer.me, make_channel(team, writer.me, name="secret", type="P")).say("hidden")
    post_id = writer.say(link(hidden))
    found = read(Writer(bob, writer.channel).get(f"/posts/{post_id}"))
    assert (found["metadata"], found["props"]) == ({}, {})
    assert metadata(writer, post_id)["embeds"]


def test_a_deleted_post_is_no_longer_quoted(writer: Writer) -> None:
    first = writer.say("first")
    post_id = writer.say(link(first))
    writer.delete(f"/posts/{first}")
    assert metadata(writer, post_id) == {}


def test_quotes_can_be_turned_off(writer: Writer) -> None:
    first = writer.say("first")
    with config.override(**{"ServiceSettings.EnablePermalinkPreviews": False}):
        post_id = writer.say(link(first))
        assert metadata(writer, post_id)["embeds"] == [{"type": "link", "url": link(first)}]
