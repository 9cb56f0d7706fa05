"""The installation itself: facts, jobs, records, durable work."""

from __future__ import annotations

from mattermost_site.models.audit import Audit, Compliance
from mattermost_site.models.config_revision import ConfigRevision
from mattermost_site.models.job import Job
from mattermost_site.models.notice import NotifyAdmin, ProductNoticeView
from mattermost_site.models.outbox import Outbox
from mattermost_site.models.system import ClusterDiscovery, DbLock, DbMigration, License, PluginKeyValue, System

__all__ = [
    "Audit",
    "ClusterDiscovery",
    "Compliance",
    "ConfigRevision",
    "DbLock",
    "DbMigration",
    "Job",
    "License",
    "NotifyAdmin",
    "Outbox",
    "PluginKeyValue",
    "ProductNoticeView",
    "System",
]
