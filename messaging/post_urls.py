"""Routes of posts that exist, of reactions, threads and drafts, in the order of the API reference."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from messaging.api import drafts, post_detail, post_lists, post_marks, post_threads, reactions, search, threads


class EmojiNameConverter(StringConverter):
    """Names of emoji."""

    regex = "[A-Za-z0-9_+-]{1,64}"


register_converter(EmojiNameConverter, "emoji")

_USER_POST = "users/<id:user_id>/posts/<id:post_id>"
_THREADS = "users/<id:user_id>/teams/<id:team_id>/threads"
_DRAFTS = "users/<id:user_id>/channels/<id:channel_id>/drafts"

urlpatterns = [
    # drafts
    path("drafts", drafts.Drafts.as_view()),
    path("users/<id:user_id>/teams/<id:team_id>/drafts", drafts.TeamDrafts.as_view()),
    path(_DRAFTS, drafts.DraftDetail.as_view()),
    path(f"{_DRAFTS}/<id:thread_id>", drafts.DraftDetail.as_view()),
    # posts
    path("channels/<id:channel_id>/pinned", post_lists.PinnedPosts.as_view()),
    path("channels/<id:channel_id>/posts", post_lists.ChannelPosts.as_view()),
    path("posts/ids", post_lists.PostsByIds.as_view()),
    path("posts/ids/reactions", reactions.BulkReactions.as_view()),
    path("posts/search", search.PostSearch.as_view()),
    path("posts/<id:post_id>", post_detail.PostDetail.as_view()),
    path("posts/<id:post_id>/edit_history", post_detail.PostHistory.as_view()),
    path("posts/<id:post_id>/files/info", post_detail.PostFiles.as_view()),
    path("posts/<id:post_id>/info", post_detail.PostInfo.as_view()),
    path("posts/<id:post_id>/patch", post_detail.PostPatch.as_view()),
    path("posts/<id:post_id>/pin", post_detail.PostPin.as_view()),
    path("posts/<id:post_id>/unpin", post_detail.PostPin.as_view(is_pinned=False)),
    path("posts/<id:post_id>/reactions", reactions.PostReactions.as_view()),
    path("posts/<id:post_id>/restore/<id:version_id>", post_detail.PostRestore.as_view()),
    path("posts/<id:post_id>/thread", post_threads.PostThread.as_view()),
    path("teams/<id:team_id>/posts/search", search.TeamPostSearch.as_view()),
    path("users/<id:user_id>/channels/<id:channel_id>/posts/unread", post_lists.UnreadPosts.as_view()),
    path("users/<id:user_id>/posts/flagged", post_lists.FlaggedPosts.as_view()),
    path(f"{_USER_POST}/ack", post_marks.PostAcknowledgements.as_view()),
    path(f"{_USER_POST}/reminder", post_marks.PostReminders.as_view()),
    # reactions
    path("reactions", reactions.Reactions.as_view()),
    path(f"{_USER_POST}/reactions/<emoji:emoji_name>", reactions.ReactionDetail.as_view()),
    # threads
    path(_THREADS, threads.Threads.as_view()),
    path(f"{_THREADS}/read", threads.ThreadsRead.as_view()),
    path(f"{_THREADS}/<id:thread_id>", threads.ThreadDetail.as_view()),
    path(f"{_THREADS}/<id:thread_id>/following", threads.ThreadFollowing.as_view()),
    path(f"{_THREADS}/<id:thread_id>/read/<int:timestamp>", threads.ThreadRead.as_view()),
    path(f"{_THREADS}/<id:thread_id>/set_unread/<id:post_id>", threads.ThreadUnread.as_view()),
]
