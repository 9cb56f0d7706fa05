"""The index stays true: with every change of a post, and by indexing anew."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from mattermost_site import clock, config, jobs
from mattermost_site.models import Job, Outbox
from messaging import tasks
from messaging.actions import search_index
from messaging.actions.channel_removal import delete_channel_for_good
from messaging.actions.user_removal import remove_user_from_channels
from messaging.models import Channel, Post, PostIndex
from messaging.search import index
from teams.models import Team
from tests.cast import ApiClient
from tests.messaging.searching import found, store
from tests.messaging.writer import Writer, make_channel


@pytest.fixture
def channel(team: Team, alice: User, bob: User) -> Channel:
    """A channel of alice and bob."""
    return make_channel(team, alice, bob)


@pytest.fixture
def writer(channel: Channel, alice: User) -> Writer:
    """alice."""
    return Writer(alice, channel)


def test_a_new_post_is_found_at_once(writer: Writer) -> None:
    writer.say("a walnut")
    assert found(writer, "walnut") == ["a walnut"]


def test_a_new_post_takes_one_statement(writer: Writer) -> None:
    with CaptureQueriesContext(connection) as queries:
        writer.say("a walnut #nut")
    assert len([one for one in queries if "site_postsearch" in one["sql"]]) == 1


def test_a_post_without_words_is_not_indexed(writer: Writer) -> None:
    post_id = writer.say("!?")
    assert not PostIndex.objects.filter(post_id=post_id).exists()


def test_an_edit_changes_what_is_found(writer: Writer) -> None:
    post_id = writer.say("a walnut #nut")
    writer.edit(post_id, "a hazel #bush")
    assert [found(writer, terms) for terms in ("walnut", "#nut", "hazel", "#bush")] == [
        [], [], ["a hazel #bush"], ["a hazel #bush"],
    ]  # fmt: skip


def test_an_edit_that_leaves_no_word_forgets_the_post(writer: Writer) -> None:
    post_id = writer.say("a walnut")
    writer.edit(post_id, "?")
    assert not PostIndex.objects.filter(post_id=post_id).exists()


def test_going_back_to_an_earlier_version_brings_its_words_back(writer: Writer) -> None:
    post_id = writer.say("a walnut")
    writer.edit(post_id, "a hazel")
    version = Post.objects.get(original_id=post_id)
    writer.post(f"/posts/{post_id}/restore/{version.id}")
    assert (found(writer, "walnut"), found(writer, "hazel")) == (["a walnut"], [])


def test_earlier_versions_are_not_found(writer: Writer) -> None:
    writer.edit(writer.say("a walnut"), "a walnut tree")
    assert found(writer, "walnut") == ["a walnut tree"]


def test_a_deleted_post_is_forgotten_with_its_replies(writer: Writer) -> None:
    root = writer.say("a walnut")
    reply = writer.say("another walnut", root)
    writer.delete(f"/posts/{root}")
    assert not PostIndex.objects.filter(post_id__in=[root, reply]).exists()
    assert found(writer, "walnut") == []


def test_a_post_deleted_for_good_is_forgotten(writer: Writer, admin: User) -> None:
    root = writer.say("a walnut")
    reply = writer.say("another walnut", root)
    with config.override(**{"ServiceSettings.EnableAPIPostDeletion": True}):
        ApiClient(admin).delete(f"/posts/{root}?permanent=true")
    assert not PostIndex.objects.filter(post_id__in=[root, reply]).exists()


def test_a_channel_takes_its_words_along(writer: Writer, channel: Channel) -> None:
    post_id = writer.say("a walnut")
    delete_channel_for_good(channel=channel)
    assert not PostIndex.objects.filter(post_id=post_id).exists()


def test_a_removed_account_takes_its_words_along(writer: Writer, bob: User, channel: Channel) -> None:
    post_id, mine = Writer(bob, channel).say("a walnut"), writer.say("a walnut too")
    remove_user_from_channels(user_id=bob.id)
    assert list(PostIndex.objects.filter(post_id__in=[post_id, mine]).values_list("post_id", flat=True)) == [mine]


def test_a_post_that_comes_to_nothing_leaves_nothing(writer: Writer) -> None:
    before = PostIndex.objects.count()
    assert writer.post("/posts", {"channel_id": writer.channel.id, "message": "a walnut" * 9000}).status_code == 400
    assert PostIndex.objects.count() == before


def test_an_older_version_does_not_replace_a_newer_one(writer: Writer) -> None:
    post_id = writer.say("a walnut")
    older = Post.objects.get(id=post_id)
    older.update_at -= clock.MINUTE
    older.message = "a hazel"
    index.add_posts([older])
    assert (found(writer, "walnut"), found(writer, "hazel")) == (["a walnut"], [])


@pytest.fixture
def lost(channel: Channel, alice: User, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """A channel of five posts, two a batch, with an empty index but for one post that is gone."""
    monkeypatch.setattr(search_index, "BATCH", 2)
    Post.objects.all().delete()
    Outbox.objects.all().delete()
    store(channel, alice, {str(number): f"walnut {number}" for number in range(5)})
    PostIndex.objects.all().delete()
    gone = Post(id="g" * 26, message="walnut", channel_id=channel.id, update_at=1)
    index.add_post(gone)
    return channel


EVERYTHING = [f"walnut {number}" for number in range(4, -1, -1)]


def test_it_indexes_all_posts_anew(lost: Channel, writer: Writer) -> None:
    assert found(writer, "walnut") == []
    out = StringIO()
    call_command("reindex", stdout=out)
    assert found(writer, "walnut") == EVERYTHING
    job = Job.objects.get(type=search_index.TYPE)
    assert (job.status, job.progress, job.data["done"]) == ("success", 100, job.data["total"])
    assert out.getvalue().endswith(f"{job.data['total']} messages indexed: success\n")
    assert not PostIndex.objects.filter(post_id="g" * 26).exists()


def test_it_indexes_the_newest_first_and_says_how_far_it_is(lost: Channel, writer: Writer) -> None:
    job = search_index.start_rebuild(in_background=False)
    state = search_index.continue_rebuild(job_id=job.id, seconds=0)
    assert state is not None
    assert found(writer, "walnut") == EVERYTHING[:2]
    assert (state.status, state.progress, state.data["done"]) == ("in_progress", 40, "2")


def test_it_goes_on_where_it_was_cut_off(lost: Channel, writer: Writer) -> None:
    job = search_index.start_rebuild(in_background=False)
    search_index.continue_rebuild(job_id=job.id, seconds=0)
    PostIndex.objects.all().delete()
    again = search_index.start_rebuild(in_background=False)
    state = search_index.continue_rebuild(job_id=again.id)
    assert state is not None
    assert (again.id, state.status) == (job.id, "success")
    assert found(writer, "walnut") == EVERYTHING[2:]  # the first batch is not done twice


def test_it_works_in_turns_in_the_background(lost: Channel, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "TURN", 0)
    call_command("reindex", "--background", stdout=StringIO())
    turns = 0
    while Outbox.objects.filter(kind="messaging.build_search_index").exists() and turns < 20:
        turns += jobs.run_due()
    assert found(writer, "walnut") == EVERYTHING
    assert turns == 4  # three batches, and the one that finds nothing left


def test_it_stops_when_it_is_cancelled(lost: Channel, writer: Writer) -> None:
    job = search_index.start_rebuild()
    Job.objects.filter(id=job.id).update(status="cancel_requested")
    tasks.build_search_index(job.id)
    assert Job.objects.get(id=job.id).status == "canceled"
    assert found(writer, "walnut") == []


def test_a_take_over_needs_no_id(lost: Channel, writer: Writer) -> None:
    tasks.build_search_index()
    assert found(writer, "walnut") == EVERYTHING
