"""What the console's pages for tables of the given schema share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.models import User
from mattermost_site.actor import Actor
from mattermost_site.catalogue import text_for
from mattermost_site.console.display import labelled, moment
from mattermost_site.errors import AppError

__all__ = ["ConsoleModelAdmin", "actor_of", "labelled", "moment"]


def actor_of(request: HttpRequest) -> Actor:
    """The administrator who asks, as actions want to know."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - for the type checker: the console lets only admins in
    return Actor(user_id=user.id, roles=tuple(user.role_names), locale=user.locale or "en")


class ConsoleModelAdmin(ModelAdmin):  # type: ignore[misc]
    """Nothing is deleted from here, and changes go through actions, never through the table.

    ``editable`` fields may be changed; ``apply`` hands them to an action.
    """

    editable: ClassVar[tuple[str, ...]] = ()
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        names = self.fields or ()
        return tuple(name for name in names if isinstance(name, str) and (obj is None or name not in self.editable))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's own log is not kept: its rows would tie users of the given schema to a table of ours."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        original = type(obj).objects.get(pk=obj.pk)
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            self.apply(request, original, changes)
        except AppError as error:
            messages.error(request, text_for(error.id, error.params))

    def apply(self, request: HttpRequest, original: Any, changes: dict[str, Any]) -> None:
        """Hand the changed fields to an action; AppError becomes a message."""
        raise NotImplementedError(f"{type(self).__name__} has editable fields but no way to change them")

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """As in Django, without "was changed" after a refusal."""
        if any(message.level >= messages.ERROR for message in messages.get_messages(request)):
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def for_each(self, request: HttpRequest, rows: Any, action: Any, done: str) -> None:
        """Run ``action(row)`` for every selected row; tell how many worked and why others did not."""
        count = 0
        for row in rows:
            try:
                action(row)
            except AppError as error:
                messages.error(request, f"{row}: {text_for(error.id, error.params)}")
            else:
                count += 1
        if count:
            messages.success(request, done.format(count))

    @admin.display(description="Made", ordering="create_at")
    def made(self, row: Any) -> str:
        return moment(row.create_at)
