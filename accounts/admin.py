"""Users in the System Console."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.actions import activation, sessions
from accounts.models import User
from mattermost_site.console.base import ConsoleModelAdmin, actor_of, labelled, moment


@admin.register(User)
class UserAdmin(ConsoleModelAdmin):
    """Lists accounts, ends their sessions, deactivates and activates them."""

    list_display = ("username", "email", "full_name", "roles", "state", "made", "last_seen")
    search_fields = ("username", "email", "first_name", "last_name", "nickname")
    ordering = ("username",)
    fields = (
        "username", "email", "email_verified", "first_name", "last_name", "nickname", "position", "roles",
        "auth_service", "locale", "mfa_active", "failed_attempts", "made", "last_seen",
    )  # fmt: skip
    actions = ("deactivate", "activate", "end_sessions")

    @admin.display(description="Name")
    def full_name(self, user: User) -> str:
        return user.get_full_name() or "–"

    @labelled(description="State", ordering="delete_at", label={"active": "success", "deactivated": "danger"})
    def state(self, user: User) -> str:
        return "deactivated" if user.delete_at else "active"

    @admin.display(description="Last sign-in", ordering="last_login")
    def last_seen(self, user: User) -> str:
        return moment(int(user.last_login or 0))

    @admin.action(description="End all sessions of the selected users")
    def end_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self.for_each(
            request, queryset, lambda user: sessions.end_sessions(user_id=user.id), "Sessions of {} users ended."
        )

    @admin.action(description="Deactivate the selected users")
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        by = actor_of(request).user_id
        rows = queryset.filter(delete_at=0).exclude(id=by)
        self.for_each(
            request, rows, lambda user: activation.deactivate(user=user, by_user_id=by), "{} users deactivated."
        )

    @admin.action(description="Activate the selected users")
    def activate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        rows = queryset.exclude(delete_at=0)
        self.for_each(request, rows, lambda user: activation.activate(user=user), "{} users activated.")
