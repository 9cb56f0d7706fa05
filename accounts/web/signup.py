"""Making an account in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.actions.sign_up import sign_up
from accounts.actions.users import NewUser
from accounts.queries import has_accounts
from accounts.web.base import FormPage
from accounts.web.login import start_browser_session
from mattermost_site import config
from teams.models import Team
from teams.queries import team_by_invite_id


class SignUp(FormPage):
    """The sign-up page. It opens where sign-up is closed for ``id``, a team's invite id, or ``t``, the secret of a
    mailed invitation; that comes with ``d``, JSON that names the address which the invitation is for.
    """

    public = True
    template = "web/signup.html"
    fields = ("email", "username", "password")
    error_fields = {
        "pwd": "password",
        "username": "username",
        "email": "email",
        "accepted_domain": "email",
    }

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        if self.user:
            invite = self._invite_id
            target = f"{reverse('web:join_team')}?id={invite}" if invite else reverse("web:home")
            return HttpResponseRedirect(target)
        self._team()  # an invitation that does not exist is refused before anybody fills in the form
        return super().get(request, **kwargs)

    @property
    def _invite_id(self) -> str:
        return self._given("id")

    def _given(self, name: str) -> str:
        return (self.request.POST.get(name) or self.request.GET.get(name, "")).replace("\0", "")

    def _invited_email(self) -> str:
        """The address that a mailed invitation is for."""
        try:
            email = orjson.loads(self._given("d") or "{}").get("email", "")
        except (orjson.JSONDecodeError, AttributeError):
            return ""
        return email if isinstance(email, str) else ""

    def _team(self) -> Team | None:
        return team_by_invite_id(self._invite_id) if self._invite_id else None

    def context(self) -> dict[str, Any]:
        team, is_first, settings = self._team(), not has_accounts(), config.current()
        can_create = settings.team.enable_user_creation and settings.email.enable_sign_up_with_email
        return {
            "team": team,
            "invite_id": self._invite_id,
            "is_first": is_first,
            "invitation": self._given("t"),
            "invited_email": self._invited_email(),
            "is_open": can_create
            and (is_first or team is not None or bool(self._given("t")) or settings.team.enable_open_server),
            "shortest_password": settings.password.minimum_length,
        }

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        wanted = NewUser(email=values["email"], username=values["username"], password=values["password"])
        user = sign_up(actor=None, wanted=wanted, invite_id=self._invite_id, invitation=self._given("t"))
        if config.current().email.require_email_verification and not user.email_verified:
            return HttpResponseRedirect(f"{reverse('web:login')}?{urlencode({'unverified': user.email})}")
        return start_browser_session(self.request, user, reverse("web:home"))
