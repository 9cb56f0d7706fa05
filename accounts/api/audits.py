"""What was recorded of an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.permissions import require_user
from accounts.serializers import audit_json
from mattermost_site.api import ApiView
from mattermost_site.models import Audit


class UserAudits(ApiView):
    """The security-relevant acts of an account, newest first."""

    def get(self, request: HttpRequest, user_id: str) -> list[dict[str, Any]]:
        require_user(self.actor, user_id)
        start = self.query.page * self.query.per_page
        rows = Audit.objects.filter(user_id=user_id).order_by("-create_at")
        return [audit_json(audit) for audit in rows[start : start + self.query.per_page]]
