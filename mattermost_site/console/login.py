"""The console's sign-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from unfold.forms import AuthenticationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.actions.login import check_credentials
from mattermost_site.catalogue import text_for
from mattermost_site.errors import AppError

NOT_ADMIN = "Only system administrators can use the System Console."


class LoginForm(AuthenticationForm):  # type: ignore[misc]
    """User name or e-mail address, password, and the code of a second factor, by the rules of every other sign-in."""

    code = forms.CharField(
        label="Code of your authenticator app, if you use one",
        required=False,
        max_length=10,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username") or "", self.cleaned_data.get("password") or ""
        try:
            user = check_credentials(login_id=name, password=password, code=self.cleaned_data.get("code") or "")
        except AppError as error:
            raise forms.ValidationError(text_for(error.id, error.params)) from error
        if not user.is_staff:
            raise forms.ValidationError(NOT_ADMIN)
        self.user_cache = user
        return dict(self.cleaned_data)
