"""Actions of the socket on the database, and what the hub reads there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import TestCase

from accounts import sessions
from accounts.actions.login import NewSession, log_out, start_session
from accounts.models import Status, User
from accounts.user_agents import client_of
from mattermost_site import config
from mattermost_site.errors import AppError
from mattermost_site.realtime.events import Event
from messaging.consumers import actions
from messaging.consumers.backend import SocketBackend
from messaging.models import Channel
from teams.models import Team, TeamMember

pytestmark = pytest.mark.django_db
NOBODY = "n" * 26


def sign_in(user: User) -> NewSession:
    return start_session(user=user, client=client_of(""))


def act(user: User, name: str, **data: Any) -> Any:
    """The reply's data when the user asks for this."""
    digest = sign_in(user).session.token
    with TestCase.captureOnCommitCallbacks(execute=True):
        return actions.run(digest, name, data)


def refusal(user: User, name: str, **data: Any) -> tuple[str, int, Any]:
    with pytest.raises(AppError) as caught:
        act(user, name, **data)
    return caught.value.id, caught.value.status, caught.value.params.get("Name")


INVALID = "api.websocket_handler.invalid_param.app_error"


@pytest.mark.parametrize(("sent", "told"), [({}, ""), ({"parent_id": "r" * 26}, "r" * 26), ({"parent_id": 5}, "")])
def test_typing_is_told_to_the_channel(
    alice: User, town_square: Channel, events: list[Event], sent: dict[str, Any], told: str
) -> None:
    assert act(alice, "user_typing", channel_id=town_square.id, **sent) is None
    (event,) = (event for event in events if event.name == "typing")
    assert event.data == {"parent_id": told, "user_id": alice.id}
    assert (event.audience.channel_id, event.audience.omit_users) == (town_square.id, (alice.id,))


@pytest.mark.parametrize("data", [{}, {"channel_id": "short"}, {"channel_id": NOBODY}, {"channel_id": 5}])
def test_typing_needs_a_channel(alice: User, team: Team, events: list[Event], data: dict[str, Any]) -> None:
    assert refusal(alice, "user_typing", **data) == (INVALID, 400, "channel_id")


def test_typing_needs_membership(charlie: User, town_square: Channel, events: list[Event]) -> None:
    assert refusal(charlie, "user_typing", channel_id=town_square.id) == (INVALID, 400, "channel_id")
    assert not [event for event in events if event.name == "typing"]


def test_a_client_reports_activity(alice: User) -> None:
    act(alice, "user_update_active_status", user_is_active=False, manual=True)
    assert Status.objects.get(user_id=alice.id).status == "away"


@pytest.mark.parametrize("data", [{}, {"user_is_active": "yes"}, {"user_is_active": 1}])
def test_it_must_say_which(alice: User, data: dict[str, Any]) -> None:
    assert refusal(alice, "user_update_active_status", **data) == (INVALID, 400, "user_is_active")


def test_statuses_are_told_by_id(alice: User, bob: User) -> None:
    Status.objects.create(user_id=bob.id, status="dnd", manual=True)
    reply = act(alice, "get_statuses_by_ids", user_ids=[alice.id, bob.id, NOBODY])
    assert reply == {alice.id: "offline", bob.id: "dnd", NOBODY: "offline"}


@pytest.mark.parametrize("data", [{}, {"user_ids": []}, {"user_ids": NOBODY}, {"user_ids": [1]}, {"user_ids": ["x"]}])
def test_ids_are_checked(alice: User, data: dict[str, Any]) -> None:
    assert refusal(alice, "get_statuses_by_ids", **data) == (INVALID, 400, "user_ids")


def test_all_who_are_not_offline_are_listed(alice: User, bob: User) -> None:
    Status.objects.create(user_id=bob.id, status="away")
    assert act(alice, "get_statuses") == {bob.id: "away"}


def test_a_session_that_is_over_can_do_nothing(alice: User) -> None:
    made = sign_in(alice)
    log_out(session_id=made.session.id)
    with pytest.raises(actions.NotAuthenticated):
        actions.run(made.session.token, "get_statuses", {})


def test_the_hub_knows_who_holds_a_token(alice: User, admin: User) -> None:
    backend, made = SocketBackend(), sign_in(alice)
    identity = backend.identify(made.token)
    assert identity is not None
    assert (identity.user_id, identity.session_id, identity.is_admin) == (alice.id, made.session.id, False)
    assert backend.identify_again(identity.credential) == identity
    boss = backend.identify(sign_in(admin).token)
    assert boss is not None and boss.is_admin


def test_the_hub_learns_that_a_session_is_over(alice: User) -> None:
    made = sign_in(alice)
    log_out(session_id=made.session.id)
    assert SocketBackend().identify_again(made.session.token) is None


def test_the_key_of_a_session_in_the_cache_is_its_credential(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped: list[str] = []
    monkeypatch.setattr(sessions._sessions, "invalidate", lambda *keys: dropped.extend(keys))
    made = sign_in(alice)
    identity = SocketBackend().identify(made.token)
    log_out(session_id=made.session.id)
    assert identity is not None and dropped == [identity.credential]


def test_memberships_are_read_with_two_statements(
    alice: User, town_square: Channel, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(2):
        found = SocketBackend().memberships(alice.id)
    assert town_square.id in found.channel_ids and list(found.team_ids) == [town_square.team_id]


def test_a_team_that_was_left_does_not_count(alice: User, team: Team) -> None:
    TeamMember.objects.filter(user_id=alice.id).update(delete_at=1)
    assert not SocketBackend().memberships(alice.id).team_ids


def test_only_what_is_not_by_hand_is_apparent(alice: User, bob: User, charlie: User) -> None:
    Status.objects.create(user_id=alice.id, status="online")
    Status.objects.create(user_id=bob.id, status="away", manual=True)
    Status.objects.create(user_id=charlie.id, status="offline")
    assert SocketBackend().apparently_online() == [alice.id]


@pytest.mark.parametrize(("active", "may"), [(False, False), (True, True)])
def test_an_enforced_second_factor_is_needed(alice: User, active: bool, may: bool) -> None:
    User.objects.filter(id=alice.id).update(mfa_active=active)
    token = sign_in(alice).token
    with config.override(
        **{
            "ServiceSettings.EnableMultifactorAuthentication": True,
            "ServiceSettings.EnforceMultifactorAuthentication": True,
        }
    ):
        identity = SocketBackend().identify(token)
    assert identity is not None and identity.may_take_part is may
