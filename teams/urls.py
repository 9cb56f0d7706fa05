"""Routes of teams, in the order of the API reference."""

from __future__ import annotations

from django.urls import path

from teams.api import icon, members, search, teams, user_teams

urlpatterns = [
    path("teams", teams.Teams.as_view()),
    path("teams/invite/<id:invite_id>", members.InviteInfo.as_view()),
    path("teams/members/invite", members.InviteJoin.as_view()),
    path("teams/name/<slug:team_name>", teams.TeamByName.as_view()),
    path("teams/name/<slug:team_name>/exists", teams.TeamExists.as_view()),
    path("teams/search", search.TeamSearch.as_view()),
    path("teams/<id:team_id>", teams.TeamDetail.as_view()),
    path("teams/<id:team_id>/image", icon.TeamIcon.as_view()),
    path("teams/<id:team_id>/members", members.Members.as_view()),
    path("teams/<id:team_id>/members/batch", members.MembersBatch.as_view()),
    path("teams/<id:team_id>/members/ids", members.MembersById.as_view()),
    path("teams/<id:team_id>/members/<id:user_id>", members.MemberDetail.as_view()),
    path("teams/<id:team_id>/members/<id:user_id>/roles", members.MemberRoles.as_view()),
    path("teams/<id:team_id>/members/<id:user_id>/schemeRoles", members.MemberSchemeRoles.as_view()),
    path("teams/<id:team_id>/patch", teams.TeamPatch.as_view()),
    path("teams/<id:team_id>/privacy", teams.TeamPrivacy.as_view()),
    path("teams/<id:team_id>/regenerate_invite_id", teams.TeamInviteId.as_view()),
    path("teams/<id:team_id>/restore", teams.TeamRestore.as_view()),
    path("teams/<id:team_id>/stats", members.TeamStats.as_view()),
    path("users/<id:user_id>/teams", user_teams.UserTeams.as_view()),
    path("users/<id:user_id>/teams/members", user_teams.UserTeamMembers.as_view()),
]
