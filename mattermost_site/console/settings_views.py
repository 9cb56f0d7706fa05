"""Pages of the console that show and change the configuration."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from accounts.models import User
from mattermost_site import config
from mattermost_site.catalogue import text_for
from mattermost_site.config import ConfigError
from mattermost_site.config.exchange import check_remote_change
from mattermost_site.console.settings_forms import SettingsForm, matching, section_title, sections, title_of
from mattermost_site.errors import AppError


class _Page(View):
    site: AdminSite | None = None
    template = ""

    def show(self, request: HttpRequest, title: str, **context: Any) -> HttpResponse:
        assert self.site is not None  # noqa: S101 - for the type checker: as_view() is given it
        return TemplateResponse(request, self.template, {**self.site.each_context(request), "title": title, **context})


class SettingsIndex(_Page):
    """All sections; with ``?q=`` those that hold a setting of that name."""

    template = "console/settings_index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        term = request.GET.get("q", "").strip()[:100]
        found = matching(term)
        groups = [
            {
                "title": section_title(section),
                "url": reverse("admin:settings_section", args=[section]),
                "count": len(entries),
                "hits": [{"title": " › ".join(map(title_of, entry.keys[1:])), "name": entry.name} for entry in entries]
                if term
                else [],
            }
            for section, entries in found.items()
        ]
        return self.show(request, "Settings", groups=groups, term=term)


class SettingsSection(_Page):
    """The form of one section."""

    template = "console/settings_section.html"

    def get(self, request: HttpRequest, section: str) -> HttpResponse:
        return self._form(request, section, SettingsForm(self._entries(section)))

    def post(self, request: HttpRequest, section: str) -> HttpResponse:
        form = SettingsForm(self._entries(section), data=request.POST)
        if form.is_valid() and self._save(request, form):
            messages.success(request, f"The {section_title(section)} settings are saved.")
            return redirect(reverse("admin:settings_section", args=[section]))
        return self._form(request, section, form, status=400)

    def _entries(self, section: str) -> list[Any]:
        entries = sections().get(section)
        if entries is None:
            raise Http404(f"There is no section {section}.")
        return entries

    def _save(self, request: HttpRequest, form: SettingsForm) -> bool:
        author = request.user
        assert isinstance(author, User)  # noqa: S101 - for the type checker: the site lets only admins in
        try:
            config.patch(form.changes(), author_id=author.id, check=check_remote_change)
        except ConfigError as error:
            form.add_error(error.setting if error.setting in form.fields else None, error.sentence)
            return False
        except AppError as error:
            form.add_error(None, text_for(error.id, error.params))
            return False
        return True

    def _form(self, request: HttpRequest, section: str, form: SettingsForm, status: int = 200) -> HttpResponse:
        response = self.show(request, section_title(section), form=form, section=section)
        response.status_code = status
        return response
