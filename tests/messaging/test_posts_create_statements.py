"""How many statements the hottest write takes: a baseline that may fall, not rise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mattermost_site import config
from messaging.actions.members import store_member
from messaging.models import Channel
from teams.models import Team
from tests.messaging.writer import Writer, make_channel, read

BEGIN_OR_END = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


@pytest.fixture(autouse=True)
def caches_in_use() -> Iterator[None]:
    """As in a server, which hears what others invalidate."""
    with config.override(**{"CacheSettings.CacheType": "lru"}):
        yield


@pytest.fixture
def writer(team: Team, alice: User, bob: User, make_user: Callable[..., User]) -> Writer:
    """alice in a channel with ten others, of whom one listens for a word; whatever is cached is warm."""
    # What earlier tests invalidated is read past the caches for as long as a transaction lasts, here for good.
    vars(connection).pop("invalidated_keys", None)
    with TestCase.captureOnCommitCallbacks(execute=True):  # what is invalidated is kept again after a commit only
        channel = make_channel(team, alice, bob)
        for number in range(9):
            store_member(channel=channel, user=make_user(f"member{number}"))
        store_member(channel=channel, user=make_user("listener", notify_props={"mention_keys": "budget"}))
    writer = Writer(alice, channel)
    writer.post("/posts", {"channel_id": channel.id, "message": "warm"})
    return writer


def statements(writer: Writer, message: str, **fields: Any) -> list[str]:
    """What is asked of the database to make a post, transactions aside."""
    body = {"channel_id": writer.channel.id, "message": message, **fields}
    with CaptureQueriesContext(connection) as captured:
        assert writer.post("/posts", body).status_code == 201
    return [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(BEGIN_OR_END)]


def test_a_plain_post_takes_six_statements(writer: Writer) -> None:
    found = statements(writer, "good morning")
    assert len(found) == 6, "\n".join(found)


def test_a_pending_id_takes_one_more(writer: Writer) -> None:
    assert len(statements(writer, "good morning", pending_post_id="me:1")) == 7


def test_a_mention_takes_two_more_in_a_channel_of_any_size(writer: Writer) -> None:
    assert len(statements(writer, "good morning @bob")) == 8


def test_words_that_somebody_listens_for_take_two_more(writer: Writer) -> None:
    assert len(statements(writer, "the budget is fine")) == 8


def test_links_and_code_take_none(writer: Writer) -> None:
    assert len(statements(writer, "see [this](http://127.0.0.1/) and `@bob`")) == 6


def test_a_reply_does_not_read_the_members(writer: Writer) -> None:
    root = read(writer.post("/posts", {"channel_id": writer.channel.id, "message": "root"}))["id"]
    writer.post("/posts", {"channel_id": writer.channel.id, "message": "first", "root_id": root})
    assert len(statements(writer, "second", root_id=root)) <= 15


def test_a_direct_message_takes_two_more(writer: Writer, alice: User, bob: User) -> None:
    direct = Channel.objects.get(id=read(writer.post("/channels/direct", [alice.id, bob.id]))["id"])
    writer.channel = direct
    statements(writer, "warm")
    assert len(statements(writer, "psst")) <= 8
