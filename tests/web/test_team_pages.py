"""Making, joining and leaving teams and channels by form."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from messaging.models import Channel, ChannelMember
from teams.models import Team, TeamMember

Pages = Callable[[User | None], Client]


def test_it_makes_a_team_with_a_name_from_its_title(pages_for: Pages, charlie: User) -> None:
    response = pages_for(charlie).post("/create_team", {"display_name": "Night Shift"})
    assert response["Location"] == "/night-shift/channels/town-square"


def test_it_makes_a_team_whose_title_has_no_letters_of_the_alphabet(pages_for: Pages, charlie: User) -> None:
    response = pages_for(charlie).post("/create_team", {"display_name": "夜班"})
    assert response.status_code == 302
    assert Team.objects.get(display_name="夜班").name


def test_it_says_why_a_team_cannot_be_made(pages_for: Pages, charlie: User, team: Team) -> None:
    page = pages_for(charlie).post("/create_team", {"display_name": "Other", "name": "crew"}).content.decode()
    assert 'role="alert"' in page and 'value="Other"' in page


def test_it_lists_only_open_teams_to_strangers(pages_for: Pages, charlie: User, team: Team) -> None:
    client = pages_for(charlie)
    assert "Crew" not in client.get("/select_team").content.decode()
    Team.objects.filter(id=team.id).update(allow_open_invite=True)
    assert "Crew" in client.get("/select_team").content.decode()


def test_it_lets_nobody_into_a_closed_team(pages_for: Pages, charlie: User, team: Team) -> None:
    assert pages_for(charlie).post("/select_team", {"team_id": team.id}).status_code == 403
    assert not TeamMember.objects.filter(team_id=team.id, user_id=charlie.id).exists()


def test_it_shows_the_invitation_link_to_members_only(pages_for: Pages, alice: User, charlie: User, team: Team) -> None:
    link = f"http://testserver/signup_user_complete/?id={team.invite_id}"
    assert link in pages_for(alice).get("/crew/invite_people").content.decode()
    assert pages_for(charlie).get("/crew/invite_people").status_code == 403


def test_it_begins_where_the_person_was_last(pages_for: Pages, alice: User, team: Team) -> None:
    client = pages_for(alice)
    client.get("/crew/channels/off-topic")
    assert client.get("/")["Location"] == "/crew"


def test_it_makes_private_channels(pages_for: Pages, alice: User, team: Team) -> None:
    form = {"display_name": "The Den", "type": "P"}
    assert pages_for(alice).post("/crew/create_channel", form)["Location"] == "/crew/channels/the-den"
    assert Channel.objects.get(name="the-den").type == "P"


def test_it_says_why_a_channel_cannot_be_made(pages_for: Pages, alice: User, team: Team) -> None:
    response = pages_for(alice).post("/crew/create_channel", {"display_name": "Town", "name": "town-square"})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_it_leaves_channels(pages_for: Pages, alice: User, team: Team) -> None:
    channel = Channel.objects.get(team_id=team.id, name="off-topic")
    pages_for(alice).post(f"/_/crew/channels/{channel.id}/leave")
    assert not ChannelMember.objects.filter(channel_id=channel.id, user_id=alice.id).exists()


def test_it_keeps_members_in_the_town_square(pages_for: Pages, alice: User, town_square: Channel) -> None:
    assert pages_for(alice).post(f"/_/crew/channels/{town_square.id}/leave").status_code == 400


def test_it_finds_people_by_name(pages_for: Pages, alice: User, bob: User, charlie: User, team: Team) -> None:
    page = pages_for(alice).get("/crew/messages?q=@bo").content.decode()
    assert "/crew/messages/@bob" in page and "charlie" not in page


def test_it_says_in_a_page_that_nothing_is_there(pages_for: Pages, alice: User) -> None:
    response = pages_for(alice).get("/nowhere/channels/town-square")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
