"""PUT /users/{id}/active and DELETE /users/{id}."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Bot, Status, User, UserAccessToken
from mattermost_site import config
from mattermost_site.ids import new_id
from messaging.models import Channel, ChannelMember, Post, Reaction
from teams.models import Team, TeamMember

SELF_SERVICE = {"TeamSettings.EnableUserDeactivation": True}
FOR_GOOD = {"ServiceSettings.EnableAPIUserDeletion": True}


def test_it_ends_sessions_and_keeps_memberships(client_for: Any, admin: User, team: Team, bob: User) -> None:
    theirs = client_for(bob)
    assert client_for(admin).put(f"/users/{bob.id}/active", {"active": False}).status_code == 200
    assert theirs.get("/users/me").status_code == 401
    assert TeamMember.objects.filter(team_id=team.id, user_id=bob.id, delete_at=0).exists()
    assert Status.objects.get(user_id=bob.id).status == "offline"


def test_it_tells_everybody(client_for: Any, admin: User, bob: User, events: list[Any]) -> None:
    client_for(admin).put(f"/users/{bob.id}/active", {"active": False})
    assert [event.name for event in events if event.name.startswith("user_")] == [
        *["user_updated"] * 3,
        "user_activation_status_change",
    ]


def test_it_stops_the_bots_of_who_is_gone(client_for: Any, admin: User, alice: User, bob: User) -> None:
    Bot.objects.create(user_id=bob.id, owner_id=alice.id)
    client_for(admin).delete(f"/users/{alice.id}")
    assert User.objects.get(id=bob.id).delete_at > 0


def test_a_bot_that_owns_itself_is_stopped_once(client_for: Any, admin: User, bob: User) -> None:
    Bot.objects.create(user_id=bob.id, owner_id=bob.id)
    assert client_for(admin).delete(f"/users/{bob.id}").status_code == 200


def test_reactivation_brings_no_session_back(client_for: Any, admin: User, bob: User) -> None:
    theirs, boss = client_for(bob), client_for(admin)
    boss.put(f"/users/{bob.id}/active", {"active": False})
    boss.put(f"/users/{bob.id}/active", {"active": True})
    assert theirs.get("/users/me").status_code == 401
    assert client_for(bob).get("/users/me").status_code == 200


def test_people_close_their_own_account_only_where_allowed(client_for: Any, bob: User) -> None:
    reply = client_for(bob).put("/users/me/active", {"active": False})
    assert (reply.status_code, reply.json()["id"]) == (401, "api.user.update_active.not_enable.app_error")
    with config.override(**SELF_SERVICE):
        assert client_for(bob).delete("/users/me").status_code == 200


def test_members_close_nobody_elses(client_for: Any, alice: User, bob: User) -> None:
    assert client_for(alice).delete(f"/users/{bob.id}").status_code == 403
    reply = client_for(alice).put(f"/users/{bob.id}/active", {"active": False})
    assert (reply.status_code, reply.json()["id"]) == (403, "api.user.update_active.permissions.app_error")


@pytest.mark.parametrize("body", [{}, {"active": None}, {"active": "false"}])
def test_it_refuses_other_values(client_for: Any, admin: User, bob: User, body: dict[str, Any]) -> None:
    reply = client_for(admin).put(f"/users/{bob.id}/active", body)
    assert (reply.status_code, reply.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


def test_nothing_is_deleted_for_good_where_that_is_off(client_for: Any, admin: User, bob: User) -> None:
    reply = client_for(admin).delete(f"/users/{bob.id}?permanent=true")
    assert (reply.status_code, reply.json()["id"]) == (401, "api.user.delete_user.not_enabled.app_error")
    assert User.objects.filter(id=bob.id, delete_at=0).exists()


def post(channel: Channel, user: User, root_id: str = "") -> Post:
    made = Post(id=new_id(), channel_id=channel.id, user_id=user.id, root_id=root_id, message="x", create_at=1)
    made.save(force_insert=True)
    return made


def test_deleting_for_good_leaves_nothing_of_a_person(
    client_for: Any, admin: User, alice: User, bob: User, town_square: Channel
) -> None:
    root, own = post(town_square, alice), post(town_square, bob)
    answer, answered = post(town_square, bob, root.id), post(town_square, alice, own.id)
    Reaction.objects.create(user_id=bob.id, post_id=root.id, emoji_name="smile", channel_id=town_square.id)
    Post.objects.filter(id=root.id).update(has_reactions=True)
    UserAccessToken.objects.create(id=new_id(), token=new_id(), user_id=bob.id, is_active=True)
    with config.override(**FOR_GOOD):
        assert client_for(admin).delete(f"/users/{bob.id}?permanent=true").status_code == 200
    assert not User.objects.filter(id=bob.id).exists()
    assert not Post.objects.filter(id__in=[own.id, answer.id, answered.id]).exists()
    assert not Post.objects.get(id=root.id).has_reactions
    for model in (Reaction, ChannelMember, TeamMember, UserAccessToken, Status):
        assert not model._default_manager.filter(user_id=bob.id).exists()
