"""Routes of making posts and of what has been read, in the order of the API reference."""

from __future__ import annotations

from django.urls import path

from messaging.api import posts, typing, unread, views

urlpatterns = [
    path("channels/members/<id:user_id>/mark_read", views.ChannelsRead.as_view()),
    path("channels/members/<id:user_id>/view", views.ChannelView.as_view()),
    path("users/<id:user_id>/channels/<id:channel_id>/unread", unread.ChannelUnread.as_view()),
    path("posts", posts.Posts.as_view()),
    path("posts/ephemeral", posts.EphemeralPosts.as_view()),
    path("users/<id:user_id>/posts/<id:post_id>/set_unread", unread.PostSetUnread.as_view()),
    path("users/<id:user_id>/teams/unread", unread.TeamsUnread.as_view()),
    path("users/<id:user_id>/teams/<id:team_id>/unread", unread.TeamUnread.as_view()),
    path("users/<id:user_id>/typing", typing.UserTyping.as_view()),
]
