"""What the System Console shows of the plumbing."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.models import Group

from mattermost_site.console.jobs_admin import OutboxAdmin

__all__ = ["OutboxAdmin"]

admin.site.unregister(Group)  # what people may do is decided by roles, not by Django's groups
