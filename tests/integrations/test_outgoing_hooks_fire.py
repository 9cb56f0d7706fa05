"""Posts that set outgoing webhooks off, what is sent, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs

import orjson
import pytest

from accounts.models import User
from integrations.actions import firing
from integrations.actions.channel_hooks import move_hooks
from integrations.models import OutgoingWebhook
from mattermost_site import config, jobs
from mattermost_site.models import Outbox
from messaging.models import Channel, Post
from teams.models import Team
from tests.cast import ApiClient
from tests.integrations.hooks import Receiver, make_incoming, make_outgoing, receiver, send
from tests.messaging.writer import Writer, make_channel, refusal

Make = Callable[..., Any]


@pytest.fixture
def outside() -> Iterator[Receiver]:
    """A receiver that the server may call."""
    with receiver() as made, config.override(**{"ServiceSettings.AllowedUntrustedInternalConnections": "127.0.0.1"}):
        yield made


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A public channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(bob: User, channel: Channel) -> Writer:
    """bob, who writes."""
    return Writer(bob, channel)


@pytest.fixture
def hook(chief: ApiClient, team: Team, outside: Receiver) -> Make:
    """Makes a webhook of alice that calls the receiver."""
    return lambda **fields: make_outgoing(chief, team, f"{outside.url}/hook", display_name="Bot", **fields)


def work() -> None:
    """Do what waits."""
    Outbox.objects.exclude(kind=firing.TASK).delete()
    while jobs.run_due():
        continue


def waiting() -> list[Any]:
    return [row.payload for row in Outbox.objects.filter(kind=firing.TASK)]


def answers(channel: Channel) -> list[Post]:
    return [post for post in Post.objects.filter(channel_id=channel.id) if "from_webhook" in post.props]


@pytest.mark.parametrize(
    ("message", "fields", "fires"),
    [
        ("deploy it", {}, True),
        ("  deploy", {}, True),
        ("deployment", {}, False),
        ("please deploy", {}, False),
        ("Deploy", {}, False),
        ("deploy, now", {}, False),
        ("deployment", {"trigger_when": 1}, True),
        ("redeploy", {"trigger_when": 1}, False),
        ("", {}, False),
    ],
)
def test_it_fires_on_the_first_word(hook: Make, writer: Writer, message: str, fields: Any, fires: bool) -> None:
    hook(**fields)
    writer.say(message)
    assert bool(waiting()) is fires


def test_it_fires_on_everything_in_its_channel(hook: Make, writer: Writer, channel: Channel) -> None:
    hook(channel_id=channel.id, trigger_words=[])
    writer.say("")
    assert [payload["facts"]["trigger_word"] for payload in waiting()] == [""]


def test_it_does_not_fire_on_other_channels(hook: Make, team: Team, alice: User, bob: User, channel: Channel) -> None:
    hook(channel_id=channel.id)
    Writer(bob, make_channel(team, alice, bob, name="other")).say("deploy")
    assert waiting() == []


def test_it_does_not_fire_in_private(hook: Make, team: Team, alice: User, bob: User) -> None:
    hook()
    Writer(bob, make_channel(team, alice, bob, name="secret", type="P")).say("deploy")
    assert waiting() == []


def test_it_does_not_fire_on_what_webhooks_write(hook: Make, chief: ApiClient, channel: Channel) -> None:
    hook()
    send(make_incoming(chief, channel)["id"], {"text": "deploy"})
    assert waiting() == []


def test_it_does_not_fire_on_edits(hook: Make, writer: Writer) -> None:
    hook()
    writer.edit(writer.say("quiet"), "deploy")
    assert waiting() == []


def test_it_does_not_fire_when_the_post_is_refused(hook: Make, writer: Writer, channel: Channel) -> None:
    hook()
    body = {"channel_id": channel.id, "message": "deploy", "root_id": "x" * 26}
    assert refusal(writer.post("/posts", body))[0] == 400
    assert waiting() == []


def test_it_hears_of_changed_words(hook: Make, writer: Writer, chief: ApiClient, serving: None) -> None:
    made = hook()
    writer.say("deploy")
    chief.put(f"/hooks/outgoing/{made['id']}", made | {"trigger_words": ["ship"]})
    writer.say("deploy")
    writer.say("ship")
    assert [payload["facts"]["text"] for payload in waiting()] == ["deploy", "ship"]


def test_it_can_be_switched_off(hook: Make, writer: Writer) -> None:
    hook()
    with config.override(**{"ServiceSettings.EnableOutgoingWebhooks": False}):
        writer.say("deploy")
    assert waiting() == []


def test_it_sends_a_form(hook: Make, writer: Writer, outside: Receiver, bob: User, team: Team) -> None:
    made = hook()
    post_id = writer.say("deploy the thing")
    work()
    (call,) = outside.calls
    sent = {key: values[0] for key, values in parse_qs(call.content.decode()).items()}
    wanted = {
        "token": made["token"],
        "team_domain": team.name,
        "user_name": bob.username,
        "post_id": post_id,
        "text": "deploy the thing",
        "trigger_word": "deploy",
    }
    assert sent.items() >= wanted.items()
    assert len(sent["timestamp"]) == 10
    assert call.headers["Accept"] == "application/json"


def test_it_sends_json_on_demand(hook: Make, writer: Writer, outside: Receiver) -> None:
    hook(content_type="application/json")
    writer.say("deploy")
    work()
    sent = orjson.loads(outside.calls[0].content)
    assert (sent["text"], sent["file_ids"], sent["timestamp"] > 10**12) == ("deploy", "", True)


def test_it_calls_every_address(hook: Make, writer: Writer, outside: Receiver) -> None:
    hook(callback_urls=[f"{outside.url}/a", f"{outside.url}/b"])
    writer.say("deploy")
    work()
    assert sorted(call.path for call in outside.calls) == ["/a", "/b"]


def test_it_calls_nobody_once_it_is_deleted(hook: Make, writer: Writer, outside: Receiver, chief: ApiClient) -> None:
    made = hook()
    writer.say("deploy")
    chief.delete(f"/hooks/outgoing/{made['id']}")
    work()
    assert outside.calls == []


def test_it_posts_the_answer(hook: Make, writer: Writer, outside: Receiver, channel: Channel, alice: User) -> None:
    hook()
    outside.says({"text": "done"})
    writer.say("deploy")
    work()
    (answer,) = answers(channel)
    assert (answer.message, answer.user_id, answer.props["webhook_display_name"]) == ("done", alice.id, "Bot")


def test_it_posts_the_answer_whatever_its_status(
    hook: Make, writer: Writer, outside: Receiver, channel: Channel
) -> None:
    hook()
    outside.says({"text": "broken"}, status=500)
    writer.say("deploy")
    work()
    assert [post.message for post in answers(channel)] == ["broken"]


def test_it_answers_below_the_post_on_demand(hook: Make, writer: Writer, outside: Receiver, channel: Channel) -> None:
    hook()
    outside.says({"text": "done", "response_type": "comment"})
    post_id = writer.say("deploy")
    work()
    assert [post.root_id for post in answers(channel)] == [post_id]


@pytest.mark.parametrize("answer", [b"{}", b"", b"thanks", b'{"text": 5}', b'{"text": "x", "type": "system_generic"}'])
def test_it_posts_nothing_for_what_is_no_answer(
    hook: Make, writer: Writer, outside: Receiver, channel: Channel, answer: bytes
) -> None:
    hook()
    outside.answer = (200, "application/json", answer)
    writer.say("deploy")
    work()
    assert (answers(channel), len(outside.calls), waiting()) == ([], 1, [])


def test_it_does_not_fire_on_its_own_answer(hook: Make, writer: Writer, outside: Receiver) -> None:
    hook()
    outside.says({"text": "deploy"})
    writer.say("deploy")
    work()
    assert len(outside.calls) == 1


def test_it_tries_again_when_nobody_was_there(hook: Make, writer: Writer) -> None:
    hook(callback_urls=["http://127.0.0.1:1/"])
    writer.say("deploy")
    work()
    assert [payload["attempt"] for payload in waiting()] == [2]


def test_it_gives_up_after_a_few_times(hook: Make, writer: Writer) -> None:
    hook(callback_urls=["http://127.0.0.1:1/"])
    writer.say("deploy")
    for _ in range(firing.ATTEMPTS):
        Outbox.objects.filter(kind=firing.TASK).update(run_at=0)
        work()
    assert waiting() == []


def test_it_calls_no_private_address_that_is_not_allowed(hook: Make, writer: Writer, outside: Receiver) -> None:
    hook()
    writer.say("deploy")
    with config.override(**{"ServiceSettings.AllowedUntrustedInternalConnections": ""}):
        work()
    assert (outside.calls, waiting()) == ([], [])


def test_it_moves_with_its_channel(hook: Make, channel: Channel, team: Team) -> None:
    made = hook(channel_id=channel.id)
    move_hooks(channel.id, "y" * 26)
    assert OutgoingWebhook.objects.get(id=made["id"]).team_id == "y" * 26
