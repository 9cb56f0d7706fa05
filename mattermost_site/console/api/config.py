"""Reading and changing the configuration, and what clients are told of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.queries import has_accounts
from mattermost_site import config, installation
from mattermost_site.api import OK, ApiView, Body
from mattermost_site.config.client import Facts, client_config, limited_client_config
from mattermost_site.config.exchange import check_remote_change
from mattermost_site.config.licence import client_licence
from mattermost_site.console.permissions import Permission, may, require_any_read, require_any_write, require_system
from mattermost_site.errors import AppError, InvalidBodyParam


def facts() -> Facts:
    """What clients are told besides settings."""
    return Facts(
        no_accounts=not has_accounts(),
        installation_date=int(installation.installation_date() or 0),
        schema_version=installation.schema_version(),
        diagnostic_id=installation.diagnostic_id(),
        asymmetric_signing_public_key=installation.signing_public_key(),
    )


class Configuration(ApiView):
    """All settings, secrets masked, filtered by the sections of the console that the caller may see."""

    def get(self, request: HttpRequest) -> dict[str, Any]:
        require_any_read(self.actor)
        return self._shown(
            remove_masked=self.query.flag("remove_masked"), remove_defaults=self.query.flag("remove_defaults")
        )

    def put(self, request: HttpRequest) -> dict[str, Any]:
        body = _settings(self.body("config"))
        require_any_write(self.actor)
        config.save(body, author_id=self.actor.user_id, writable=may(self.actor), check=check_remote_change)
        return self._shown()

    def _shown(self, **options: bool) -> dict[str, Any]:
        return config.as_json(config.current(), readable=may(self.actor), **options)


class ConfigurationPatch(Configuration):
    """Some settings."""

    http_method_names = ["put"]

    def put(self, request: HttpRequest) -> dict[str, Any]:
        body = _settings(self.body("config"))
        require_any_write(self.actor)
        config.patch(body, author_id=self.actor.user_id, writable=may(self.actor), check=check_remote_change)
        return self._shown()


def _settings(body: Body) -> dict[str, Any]:
    if not body.values:
        raise InvalidBodyParam("config")
    return body.values


class ConfigurationReload(ApiView):
    """Reads the configuration again."""

    def post(self, request: HttpRequest) -> dict[str, str]:
        require_system(self.actor, Permission.RELOAD_CONFIG)
        config.reload()
        return OK


class EnvironmentConfiguration(ApiView):
    """Which settings the environment fixes."""

    def get(self, request: HttpRequest) -> dict[str, Any] | None:
        return config.environment_overrides(readable=may(self.actor)) or None


class ClientConfiguration(ApiView):
    """What clients need to know; more of it with a session."""

    public = True

    def get(self, request: HttpRequest) -> dict[str, str]:
        make = client_config if self.actor.user_id else limited_client_config
        return make(config.current(), facts())


class ClientLicence(ApiView):
    """The licence: every feature on, for everybody."""

    public = True

    def get(self, request: HttpRequest) -> dict[str, str]:
        if self.query.text("format") != "old":
            raise AppError("api.license.client.old_format.app_error")
        return client_licence(full=may(self.actor)(Permission.READ_LICENSE_INFORMATION))
