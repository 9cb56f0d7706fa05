"""Events as frames and as entries of the stream (websocket.md §7)."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from mattermost_site.realtime.events import Audience, Event, Readers
from mattermost_site.realtime.wire import Control, Parcel, from_fields, parcel_of, to_fields

EVERYTHING = Event(
    "posted",
    {"post": '{"message":"grüße 😀"}', "n": 1},
    Audience(
        user_id="u",
        channel_id="c",
        team_id="t",
        connection_id="i",
        omit_users=("a", "b"),
        omit_connection_id="o",
        sanitized=True,
        sensitive=True,
        only_users=("x",),
        except_users=("y",),
        readers_of=Readers("r", "rt"),
        non_readers_of=Readers("s"),
    ),
    extras={"u1": {"mentions": '["u1"]'}, "u2": {"mentions": '["u2"]', "should_ack": True}, "u3": {"should_ack": True}},
    guests_see=frozenset({"g"}),
)


def frame(parcel: Parcel, extra: str = "", number: int = 7) -> Any:
    return orjson.loads(f"{parcel.head}{extra}{parcel.tail}{number}}}")


def test_it_splices_a_frame_that_equals_the_contract() -> None:
    event = Event("typing", {"parent_id": "", "user_id": "u"}, Audience(channel_id="c", omit_users=("u",)))
    assert frame(parcel_of(event)) == {
        "event": "typing",
        "data": {"parent_id": "", "user_id": "u"},
        "broadcast": {
            "omit_users": {"u": True},
            "user_id": "",
            "channel_id": "c",
            "team_id": "",
            "connection_id": "",
            "omit_connection_id": "",
        },
        "seq": 7,
    }


def test_it_shows_nobody_omitted_as_null() -> None:
    assert frame(parcel_of(Event("x", {}, Audience())))["broadcast"]["omit_users"] is None


@pytest.mark.parametrize(
    ("audience", "key"),
    [
        (Audience(sanitized=True), "contains_sanitized_data"),
        (Audience(sensitive=True), "contains_sensitive_data"),
    ],
)
def test_it_names_marks_only_when_they_are_true(audience: Audience, key: str) -> None:
    marks = {
        name: value
        for name, value in frame(parcel_of(Event("x", {}, audience)))["broadcast"].items()
        if name.startswith("contains")
    }
    assert marks == {key: True}


def test_it_does_not_show_the_narrowing() -> None:
    shown = frame(parcel_of(EVERYTHING))["broadcast"]
    assert not {"only_users", "except_users", "readers_of", "non_readers_of"} & shown.keys()


@pytest.mark.parametrize("data", [{}, {"a": 1}])
def test_it_adds_extra_members_to_data(data: dict[str, Any]) -> None:
    parcel = parcel_of(Event("posted", data, Audience(), extras={"u": {"mentions": '["u"]', "followers": "f"}}))
    assert frame(parcel, parcel.extras["u"])["data"] == {**data, "mentions": '["u"]', "followers": "f"}


def test_it_keeps_acknowledgements_apart() -> None:
    parcel = parcel_of(EVERYTHING)
    assert (set(parcel.acks), set(parcel.extras)) == ({"u2", "u3"}, {"u1", "u2"})


def test_an_event_survives_the_stream() -> None:
    parcel = parcel_of(EVERYTHING)
    assert from_fields(to_fields(parcel)) == parcel


def test_a_plain_event_survives_the_stream() -> None:
    parcel = parcel_of(Event("x", {}, Audience()))
    assert from_fields(to_fields(parcel)) == parcel


def test_an_order_survives_the_stream() -> None:
    order = Control("joined", {"user": "u", "channel": "c", "team": ""})
    assert from_fields(to_fields(order)) == order


def test_nobody_to_see_it_is_not_everybody_on_the_stream() -> None:
    parcel = parcel_of(Event("new_user", {}, Audience(), guests_see=frozenset()))
    entry = from_fields(to_fields(parcel))
    assert isinstance(entry, Parcel) and entry.guests_see == frozenset()


def test_a_mention_of_thousands_is_stored_once() -> None:
    extras = {f"{number:026}": {"mentions": f'["{number:026}"]'} for number in range(1000)}
    assert len(to_fields(parcel_of(Event("posted", {}, Audience(), extras=extras)))[b"x"]) < 28_000


def test_it_refuses_data_that_is_no_json() -> None:
    with pytest.raises(TypeError):
        parcel_of(Event("x", {"a": object()}, Audience()))
