"""Sessions that end while their socket is open (websocket.md §2)."""

from __future__ import annotations

from mattermost_site import clock
from mattermost_site.realtime import control, housekeeping
from mattermost_site.realtime.connection import Whole
from mattermost_site.realtime.hub import FAILED, Hub
from mattermost_site.realtime.wire import Control
from tests.realtime.hubs import People, connect, event, identity, play, settle, tell

CHANNELS = {"talk": ["ann"]}
TALK = event("posted", channel_id="talk")


def dropped_from_cache(*credentials: str, cache: str = "sessions") -> Control:
    return Control(control.INVALIDATE, {"cache": cache, "keys": list(credentials)})


def test_a_session_that_ended_hears_nothing_more_and_stays_open() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")
        people.ended.add("ann/phone")
        await tell(hub, dropped_from_cache("ann/phone"))
        await tell(hub, TALK)
        assert (ann.names, ann.socket.closed) == ([], None)

    play(scene)


def test_nothing_slips_through_while_the_session_is_asked_about() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")
        people.ended.add("ann/phone")
        await tell(hub, dropped_from_cache("ann/phone"), TALK)
        assert ann.names == []

    play(scene)


def test_a_session_that_only_changed_loses_nothing() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        ann = await connect(hub, "ann", "ann/phone")
        await tell(hub, TALK, dropped_from_cache("ann/phone"), TALK, dropped_from_cache("ann/phone"), TALK)
        assert (ann.names, ann.socket.numbers) == (["posted"] * 3, [0, 1, 2, 3])

    play(scene)


def test_the_users_other_session_goes_on() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        phone, desk = await connect(hub, "ann", "ann/phone"), await connect(hub, "ann", "ann/desk")
        people.ended.add("ann/phone")
        await tell(hub, dropped_from_cache("ann/phone"), TALK)
        assert (phone.names, desk.names) == ([], ["posted"])

    play(scene)


def test_other_caches_are_no_concern() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")
        people.ended.add("ann/phone")
        await tell(hub, dropped_from_cache("ann/phone", cache="roles"), TALK)
        assert ann.names == ["posted"]

    play(scene)


def test_a_failed_question_closes_the_socket() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")

        def fail(credential: str) -> None:
            raise OSError("the database is away")

        people.identify_again = fail  # type: ignore[method-assign]
        await tell(hub, dropped_from_cache("ann/phone"))
        assert ann.socket.closed == FAILED

    play(scene)


def test_a_revoked_session_is_silenced_at_once() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        phone, desk = await connect(hub, "ann", "ann/phone"), await connect(hub, "ann", "ann/desk")
        sessions = [phone.connection.identity.session_id]
        await tell(hub, Control(control.SESSIONS, {"user": "ann", "sessions": sessions}), TALK)
        assert (phone.names, desk.names) == ([], ["posted"])

    play(scene)


def test_all_sessions_are_revoked_when_none_is_named() -> None:
    async def scene() -> None:
        hub = Hub(People(CHANNELS))
        phone, desk = await connect(hub, "ann", "ann/phone"), await connect(hub, "ann", "ann/desk")
        await tell(hub, Control(control.SESSIONS, {"user": "ann", "sessions": []}), TALK)
        assert phone.names == desk.names == []

    play(scene)


def test_replies_still_reach_a_session_that_ended() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")
        people.ended.add("ann/phone")
        await tell(hub, dropped_from_cache("ann/phone"))
        ann.connection.push(Whole('{"status":"FAIL"}'))
        await settle(hub)
        assert ann.socket.frames[-1] == {"status": "FAIL"}

    play(scene)


def test_roles_follow_the_session() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")
        people.identify_again = lambda credential: identity("ann", credential, is_admin=True)  # type: ignore[method-assign]
        secret = event("secret", sensitive=True)
        await tell(hub, secret, dropped_from_cache("ann/phone"))
        await tell(hub, secret)
        assert ann.names == ["secret"]

    play(scene)


def test_a_session_that_is_about_to_end_is_asked_about_in_time() -> None:
    async def scene() -> None:
        people = People(CHANNELS)
        hub = Hub(people)
        ann = await connect(hub, "ann", "ann/phone")
        ann.connection.identity = identity("ann", "ann/phone", expires_at=clock.now() + clock.MINUTE)
        housekeeping.check_sessions(hub)
        await settle(hub)
        assert ann.connection.identity.expires_at == 0  # as the backend says now

    play(scene)
