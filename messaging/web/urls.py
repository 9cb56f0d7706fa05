"""Routes of pages of channels, named as permalinks and the official web client have them.

What begins with ``_/`` are parts of pages and forms; no team can be called so.
"""

from __future__ import annotations

from django.urls import path

from messaging.web import channel, making, post_tools, posts, sidebar, threads

urlpatterns = [
    path("_/<slug:team_name>/sidebar", sidebar.SidebarPart.as_view(), name="sidebar"),
    path("_/<slug:team_name>/channels/<id:channel_id>/posts", posts.ChannelPosts.as_view(), name="channel_posts"),
    path("_/<slug:team_name>/channels/<id:channel_id>/viewed", sidebar.Viewed.as_view(), name="viewed"),
    path("_/<slug:team_name>/channels/<id:channel_id>/join", making.Join.as_view(), name="join_channel"),
    path("_/<slug:team_name>/channels/<id:channel_id>/leave", making.Leave.as_view(), name="leave_channel"),
    path("_/<slug:team_name>/posts/<id:post_id>", posts.OnePost.as_view(), name="post"),
    path("_/<slug:team_name>/posts/<id:post_id>/tools", post_tools.PostTools.as_view(), name="post_tools"),
    path("_/<slug:team_name>/posts/<id:post_id>/edit", post_tools.PostEdit.as_view(), name="edit_post"),
    path("_/<slug:team_name>/posts/<id:post_id>/delete", post_tools.PostDelete.as_view(), name="delete_post"),
    path("_/<slug:team_name>/posts/<id:post_id>/reactions", post_tools.PostReaction.as_view(), name="react"),
    path("_/<slug:team_name>/threads/<id:post_id>", threads.ThreadPane.as_view(), name="thread"),
    path("<slug:team_name>", channel.TeamHome.as_view(), name="team"),
    path("<slug:team_name>/channels", making.Channels.as_view(), name="channels"),
    path("<slug:team_name>/create_channel", making.CreateChannel.as_view(), name="create_channel"),
    path("<slug:team_name>/channels/<slug:channel_name>", channel.ChannelPage.as_view(), name="channel"),
    path("<slug:team_name>/messages", making.People.as_view(), name="people"),
    path("<slug:team_name>/messages/<str:name>", making.DirectPage.as_view(), name="direct"),
    path("<slug:team_name>/pl/<id:post_id>", channel.Permalink.as_view(), name="permalink"),
]
