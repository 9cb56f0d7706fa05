"""Routes of the system, in the order of the API reference."""

from __future__ import annotations

from django.urls import path

from mattermost_site.console.api import analytics, config, start, system

urlpatterns = [
    path("analytics/old", analytics.Analytics.as_view()),
    path("config", config.Configuration.as_view()),
    path("config/client", config.ClientConfiguration.as_view()),
    path("config/environment", config.EnvironmentConfiguration.as_view()),
    path("config/patch", config.ConfigurationPatch.as_view()),
    path("config/reload", config.ConfigurationReload.as_view()),
    path("license/client", config.ClientLicence.as_view()),
    path("trial-license/prev", start.PreviousTrial.as_view()),
    path("limits/server", start.ServerLimits.as_view()),
    path("plugins/webapp", start.WebappPlugins.as_view()),
    path("agents", start.Agents.as_view()),
    path("agents/status", start.AgentsStatus.as_view()),
    path("system/notices/view", start.NoticesViewed.as_view()),
    path("system/notices/<id:team_id>", start.Notices.as_view()),
    path("system/ping", system.Ping.as_view()),
    path("system/timezones", system.Timezones.as_view()),
]
