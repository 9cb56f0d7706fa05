"""The page of a channel: who sees it, what it says, what it costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from messaging.access import load_access
from messaging.actions.channels import NewChannel, create_channel
from messaging.actions.direct import open_direct
from messaging.actions.posts import NewPost, create_post
from messaging.models import Channel, ChannelMember
from teams.models import Team
from tests.cast import actor_of

Pages = Callable[[User | None], Client]
QUERIES = 40  # of a channel's page, whatever its length


def say(user: User, channel: Channel, message: str, root_id: str = "") -> str:
    """Post as somebody; the post's id."""
    access = load_access(user.id, channel.id)
    assert access
    wanted = NewPost(message=message, root_id=root_id)
    made: str = create_post(actor=actor_of(user), access=access, wanted=wanted)["id"]
    return made


@pytest.fixture
def den(alice: User, team: Team) -> Channel:
    """A private channel of alice."""
    wanted = NewChannel(team_id=team.id, name="den", display_name="Den", type="P")
    return create_channel(actor=actor_of(alice), creator=alice, wanted=wanted)


def test_it_shows_posts_as_safe_html(pages_for: Pages, alice: User, bob: User, town_square: Channel) -> None:
    say(bob, town_square, "**bold** <script>alert(1)</script> @alice")
    page = pages_for(alice).get("/crew/channels/town-square").content.decode()
    assert "<strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'class="mention mention-me"' in page


def test_it_escapes_names(pages_for: Pages, alice: User, team: Team) -> None:
    Team.objects.filter(id=team.id).update(display_name='<img src=x onerror="x">')
    assert "<img src=x" not in pages_for(alice).get("/crew/channels/town-square").content.decode()


def test_it_allows_only_its_own_scripts(pages_for: Pages, alice: User, team: Team) -> None:
    response = pages_for(alice).get("/crew/channels/town-square")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "style-src 'self';" in policy and "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert "<script>" not in response.content.decode() and " style=" not in response.content.decode()


def test_it_keeps_strangers_out_of_the_team(pages_for: Pages, charlie: User, team: Team) -> None:
    assert pages_for(charlie).get("/crew/channels/town-square").status_code == 403


def test_it_hides_private_channels_from_the_team(pages_for: Pages, bob: User, den: Channel) -> None:
    assert pages_for(bob).get("/crew/channels/den").status_code == 404


def test_it_shows_nobody_the_messages_of_two_others(
    pages_for: Pages, alice: User, bob: User, charlie: User, team: Team
) -> None:
    channel = open_direct(user_id=alice.id, other_id=bob.id)
    say(alice, channel, "a secret")
    assert "a secret" in pages_for(bob).get("/crew/messages/@alice").content.decode()
    assert pages_for(charlie).get(f"/_/crew/channels/{channel.id}/posts").status_code == 403


def test_it_offers_to_join_public_channels(pages_for: Pages, alice: User, bob: User, team: Team) -> None:
    wanted = NewChannel(team_id=team.id, name="open", display_name="Open", type="O")
    channel = create_channel(actor=actor_of(alice), creator=alice, wanted=wanted)
    client = pages_for(bob)
    assert "Join channel" in client.get("/crew/channels/open").content.decode()
    client.post(f"/_/crew/channels/{channel.id}/join")
    assert ChannelMember.objects.filter(channel_id=channel.id, user_id=bob.id).exists()


def test_it_marks_the_channel_as_read(pages_for: Pages, alice: User, bob: User, town_square: Channel) -> None:
    say(bob, town_square, "@alice news")
    client = pages_for(alice)
    assert 'id="new"' in client.get("/crew/channels/town-square").content.decode()
    assert ChannelMember.objects.get(channel_id=town_square.id, user_id=alice.id).mention_count == 0
    assert 'id="new"' not in client.get("/crew/channels/town-square").content.decode()


def test_it_opens_no_thread_of_another_channel(pages_for: Pages, alice: User, bob: User, den: Channel) -> None:
    root_id = say(alice, den, "in the den")
    client = pages_for(bob)
    assert client.get(f"/crew/channels/town-square?thread={root_id}").status_code == 404
    assert client.get(f"/_/crew/threads/{root_id}").status_code == 403


def test_it_costs_the_same_for_many_posts(
    pages_for: Pages, alice: User, bob: User, town_square: Channel, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        say((alice, bob)[number % 2], town_square, f"{number} @bob :tada: ~off-topic")
    client = pages_for(alice)
    client.get("/crew/channels/town-square")
    with django_assert_max_num_queries(QUERIES):  # type: ignore[attr-defined]
        client.get("/crew/channels/town-square")
