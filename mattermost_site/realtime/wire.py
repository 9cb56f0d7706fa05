"""Events and orders as they travel: serialised once, the audience apart from the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from mattermost_site.realtime.events import Audience, Event, Readers

ACK = "should_ack"
ACK_MEMBER = ',"should_ack":true'
_OWN_ID = "\x00"  # stands for the recipient's id; no JSON text holds it

Fields = dict[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Parcel:
    """An event, serialised: a frame is ``head``, the recipient's extra members, ``tail``, a number and ``}``.

    ``extras`` holds those members as text, by user id; ``acks`` are the users whose
    connections get ``should_ack`` if they asked for it.
    """

    name: str
    audience: Audience
    head: str
    tail: str
    extras: Mapping[str, str]
    acks: frozenset[str]
    guests_see: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Control:
    """An order to every process; never shown to a client. ``realtime/control.py`` lists the kinds."""

    kind: str
    data: dict[str, Any]


Entry = Parcel | Control


def parcel_of(event: Event) -> Parcel:
    """Serialise an event. TypeError when its data is no JSON."""
    name = orjson.dumps(event.name).decode()
    data = orjson.dumps(event.data).decode()[:-1]
    broadcast = orjson.dumps(event.audience.broadcast()).decode()
    comma = "" if data == "{" else ","
    extras: dict[str, str] = {}
    for user_id, added in event.extras.items():
        members = {key: value for key, value in added.items() if key != ACK}
        if members:
            extras[user_id] = comma + orjson.dumps(members).decode()[1:-1]
    return Parcel(
        name=event.name,
        audience=event.audience,
        head=f'{{"event":{name},"data":{data}',
        tail=f'}},"broadcast":{broadcast},"seq":',
        extras=extras,
        acks=frozenset(user_id for user_id, added in event.extras.items() if added.get(ACK)),
        guests_see=event.guests_see,
    )


def to_fields(entry: Entry) -> Fields:
    """The entry as fields of the shared stream. What decides about most recipients has a field of its own."""
    if isinstance(entry, Control):
        return {b"k": entry.kind.encode(), b"d": orjson.dumps(entry.data)}
    audience = entry.audience
    targets = zip(_TARGETS, _targets(audience), strict=True)
    packed = {b"n": entry.name.encode(), b"h": entry.head.encode(), b"t": entry.tail.encode()}
    packed |= {key: value.encode() for key, value in targets if value}
    if rest := _rest(audience):
        packed[b"a"] = orjson.dumps(rest)
    if entry.extras:
        packed[b"x"] = orjson.dumps(_grouped(entry.extras))
    if entry.acks:
        packed[b"s"] = " ".join(entry.acks).encode()
    if entry.guests_see is not None:
        packed[b"g"] = " ".join(entry.guests_see).encode()
    return packed


_TARGETS = (b"i", b"u", b"c", b"m")


def _targets(audience: Audience) -> tuple[str, str, str, str]:
    return (audience.connection_id, audience.user_id, audience.channel_id, audience.team_id)


def target_of(fields: Fields) -> tuple[str, str, str, str]:
    """Connection, user, channel and team of an event's fields, without parsing the rest."""
    return tuple(fields.get(key, b"").decode() for key in _TARGETS)  # type: ignore[return-value]


def from_fields(fields: Fields) -> Entry:
    """The entry that ``to_fields`` wrote."""
    if kind := fields.get(b"k"):
        return Control(kind.decode(), orjson.loads(fields[b"d"]))
    connection_id, user_id, channel_id, team_id = target_of(fields)
    rest = orjson.loads(fields.get(b"a", b"{}"))
    for key in ("readers_of", "non_readers_of"):
        if key in rest:
            rest[key] = Readers(*rest[key])
    for key in ("omit_users", "only_users", "except_users"):
        if key in rest:
            rest[key] = tuple(rest[key])
    guests = fields.get(b"g")
    return Parcel(
        name=fields[b"n"].decode(),
        audience=Audience(user_id=user_id, channel_id=channel_id, team_id=team_id, connection_id=connection_id, **rest),
        head=fields[b"h"].decode(),
        tail=fields[b"t"].decode(),
        extras=_ungrouped(orjson.loads(fields.get(b"x", b"{}"))),
        acks=frozenset(fields.get(b"s", b"").decode().split()),
        guests_see=None if guests is None else frozenset(guests.decode().split()),
    )


def _rest(audience: Audience) -> dict[str, Any]:
    values: dict[str, Any] = {
        "omit_users": audience.omit_users,
        "omit_connection_id": audience.omit_connection_id,
        "sanitized": audience.sanitized,
        "sensitive": audience.sensitive,
        "only_users": audience.only_users,
        "except_users": audience.except_users,
    }
    for key, readers in (("readers_of", audience.readers_of), ("non_readers_of", audience.non_readers_of)):
        values[key] = readers and (readers.channel_id, readers.team_id)
    return {key: value for key, value in values.items() if value}


def _grouped(extras: Mapping[str, str]) -> dict[str, str]:
    """Users by text. ``@channel`` gives thousands the same text but for their own id, so that is left out of it."""
    groups: dict[str, list[str]] = {}
    for user_id, members in extras.items():
        groups.setdefault(members.replace(user_id, _OWN_ID), []).append(user_id)
    return {members: " ".join(users) for members, users in groups.items()}


def _ungrouped(groups: Mapping[str, str]) -> dict[str, str]:
    return {
        user_id: members.replace(_OWN_ID, user_id) for members, users in groups.items() for user_id in users.split()
    }
