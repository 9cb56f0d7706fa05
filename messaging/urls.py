"""Routes of channels and posts, in the order of the API reference."""

from __future__ import annotations

from django.urls import path

from messaging import post_urls, unread_urls
from messaging.api import (
    channel_changes,
    channel_facts,
    channel_lists,
    channel_search,
    channels,
    channels_of_users,
    direct,
    emoji,
    member_settings,
    members,
    sidebar,
    socket,
)

urlpatterns = [
    # channels
    path("channels", channels.Channels.as_view()),
    path("channels/direct", direct.DirectChannels.as_view()),
    path("channels/group", direct.GroupChannels.as_view()),
    path("channels/group/search", direct.GroupSearch.as_view()),
    path("channels/search", channel_search.ChannelSearch.as_view()),
    path("channels/stats/member_count", channel_facts.MemberCounts.as_view()),
    path("channels/<id:channel_id>", channels.ChannelDetail.as_view()),
    path("channels/<id:channel_id>/common_teams", channel_facts.CommonTeams.as_view()),
    path("channels/<id:channel_id>/convert_to_channel", channel_changes.GroupConversion.as_view()),
    path("channels/<id:channel_id>/members", members.Members.as_view()),
    path("channels/<id:channel_id>/members/ids", members.MembersByIds.as_view()),
    path("channels/<id:channel_id>/members/<id:user_id>", members.MemberDetail.as_view()),
    path("channels/<id:channel_id>/members/<id:user_id>/notify_props", member_settings.MemberNotifyProps.as_view()),
    path("channels/<id:channel_id>/members/<id:user_id>/roles", member_settings.MemberRoles.as_view()),
    path("channels/<id:channel_id>/members/<id:user_id>/schemeRoles", member_settings.MemberSchemeRoles.as_view()),
    path("channels/<id:channel_id>/move", channel_changes.ChannelMove.as_view()),
    path("channels/<id:channel_id>/patch", channel_changes.ChannelPatch.as_view()),
    path("channels/<id:channel_id>/privacy", channel_changes.ChannelPrivacy.as_view()),
    path("channels/<id:channel_id>/restore", channel_changes.ChannelRestore.as_view()),
    path("channels/<id:channel_id>/stats", channel_facts.ChannelStats.as_view()),
    path("channels/<id:channel_id>/timezones", channel_facts.ChannelTimeZones.as_view()),
    path("teams/name/<slug:team_name>/channels/name/<slug:channel_name>", channels.ChannelByTeamName.as_view()),
    path("teams/<id:team_id>/channels", channel_lists.TeamChannels.as_view()),
    path("teams/<id:team_id>/channels/autocomplete", channel_search.ChannelCompletion.as_view()),
    path("teams/<id:team_id>/channels/deleted", channel_lists.TeamArchivedChannels.as_view()),
    path("teams/<id:team_id>/channels/ids", channel_lists.TeamChannelsByIds.as_view()),
    path("teams/<id:team_id>/channels/name/<slug:channel_name>", channels.ChannelByName.as_view()),
    path("teams/<id:team_id>/channels/private", channel_lists.TeamPrivateChannels.as_view()),
    path("teams/<id:team_id>/channels/search", channel_search.TeamChannelSearch.as_view()),
    path("teams/<id:team_id>/channels/search_autocomplete", channel_search.PostSearchCompletion.as_view()),
    path("users/group_channels", direct.GroupPeople.as_view()),
    path("users/<id:user_id>/channel_members", channels_of_users.UserMemberships.as_view()),
    path("users/<id:user_id>/channels", channels_of_users.UserChannels.as_view()),
    path("users/<id:user_id>/teams/<id:team_id>/channels", channels_of_users.UserTeamChannels.as_view()),
    path("users/<id:user_id>/teams/<id:team_id>/channels/members", channels_of_users.UserTeamMemberships.as_view()),
    *unread_urls.urlpatterns,
    # sidebar
    path("users/<id:user_id>/teams/<id:team_id>/channels/categories", sidebar.Categories.as_view()),
    path("users/<id:user_id>/teams/<id:team_id>/channels/categories/order", sidebar.CategoryOrder.as_view()),
    path(
        "users/<id:user_id>/teams/<id:team_id>/channels/categories/<slug:category_id>",
        sidebar.CategoryDetail.as_view(),
    ),
    # emoji
    path("emoji", emoji.EmojiCollection.as_view()),
    path("emoji/autocomplete", emoji.EmojiAutocomplete.as_view()),
    path("emoji/name/<str:emoji_name>", emoji.EmojiByName.as_view()),
    path("emoji/names", emoji.EmojiByNames.as_view()),
    path("emoji/search", emoji.EmojiSearch.as_view()),
    path("emoji/<id:emoji_id>", emoji.EmojiDetail.as_view()),
    path("emoji/<id:emoji_id>/image", emoji.EmojiPicture.as_view()),
    *post_urls.urlpatterns,
    path("websocket", socket.Socket.as_view()),
]
