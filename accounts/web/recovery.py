"""Links of mails: a new password, a confirmed address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.actions import passwords, verification
from accounts.web.base import FormPage
from mattermost_site import config
from mattermost_site.errors import InvalidBodyParam


class AskForPassword(FormPage):
    """Has a link for a new password sent. The page says the same for addresses that nobody has."""

    public = True
    template = "web/reset_password.html"
    fields = ("email",)

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        email = values["email"].strip()
        if not email:
            raise InvalidBodyParam("email")
        passwords.send_reset_link(email=email)
        return self.render(self.template, {"values": {}, "sent_to": email})


class NewPassword(FormPage):
    """Sets the password of the account that the link's secret belongs to."""

    public = True
    template = "web/new_password.html"
    fields = ("token", "password")
    error_fields = {"pwd": "password"}

    def context(self) -> dict[str, Any]:
        return {"shortest_password": config.current().password.minimum_length}

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        passwords.reset_password(secret=values["token"], password=values["password"])
        return HttpResponseRedirect(reverse("web:login"))


class VerifyEmail(FormPage):
    """Confirms an address. Asks for a click: programs that look into mails open every link."""

    public = True
    template = "web/verify_email.html"
    fields = ("token", "email")

    def submit(self, values: Mapping[str, str]) -> HttpResponseBase:
        verification.verify_by_link(secret=values["token"])
        return HttpResponseRedirect(reverse("web:home"))
