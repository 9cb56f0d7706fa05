"""Routes of pages of teams. Names of teams have no underscores, so none hides one of these pages."""

from __future__ import annotations

from django.urls import path

from teams.web import choosing, making

urlpatterns = [
    path("", choosing.Home.as_view(), name="home"),
    path("select_team", choosing.Teams.as_view(), name="teams"),
    path("join_team", choosing.JoinTeam.as_view(), name="join_team"),
    path("create_team", making.CreateTeam.as_view(), name="create_team"),
    path("<slug:team_name>/invite_people", making.Invite.as_view(), name="invite"),
]
