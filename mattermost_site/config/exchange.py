"""The configuration as the API shows and takes it: filtered by permission, secrets masked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mattermost_site.config.access import may_read, may_write
from mattermost_site.config.declaring import thawed
from mattermost_site.config.entries import NOT_IN_FILE, OWN, entries, value_of, with_values
from mattermost_site.config.errors import WRONG_TYPE, ConfigError
from mattermost_site.config.masks import is_masked, masked, unmasked
from mattermost_site.config.sections import Config
from mattermost_site.config.values import check_shape, from_json, given, put
from mattermost_site.errors import AppError

Permitted = Callable[[str], bool]  # whether the caller has a permission, by its id

FILE_ONLY = ("PluginSettings.EnableUploads", "PluginSettings.SignaturePublicKeyFiles", "ImportSettings.Directory")
WHOLE_OBJECTS = frozenset({"AdvancedLoggingJSON"})  # settings whose JSON is one value, never merged


def everything(permission: str) -> bool:
    """For callers with every permission."""
    return bool(permission)


def as_json(
    config: Config,
    *,
    mask_secrets: bool = True,
    readable: Permitted = everything,
    remove_defaults: bool = False,
    remove_masked: bool = False,
) -> dict[str, Any]:
    """The body of GET /config.

    Secrets that are set show as the mask; settings that ``readable`` (called with ids of
    permissions) does not open are ``null``, as on the recorded server. ``remove_defaults``
    and ``remove_masked`` leave settings out.
    """
    document: dict[str, Any] = {}
    for entry in entries().values():
        if entry.section in OWN:
            continue
        value = value_of(config, entry)
        if not may_read(entry, readable):
            if not remove_defaults:
                put(document, entry, None)
            continue
        shown = masked(entry, value) if mask_secrets else value
        if (remove_defaults and value == entry.default) or (remove_masked and is_masked(entry, value)):
            continue
        put(document, entry, shown)
    return document


def names_as_json(names: Mapping[str, Any], *, readable: Permitted = everything) -> dict[str, Any]:
    """The body of GET /config/environment: ``true`` at the place of each setting named."""
    document: dict[str, Any] = {}
    for name in names:
        entry = entries()[name]
        if entry.section not in OWN and may_read(entry, readable):
            put(document, entry, True)
    return document


def merge(base: Config, changes: Any, *, writable: Permitted | None = None, replace_objects: bool = False) -> Config:
    """``base`` with the changes of an API body; not checked against the rules yet.

    What is absent or ``null`` stays as it is, and so do secrets that come back as the
    mask. Settings that ``writable`` does not open are passed over, not refused. Keys that
    are unknown are ignored. Settings that hold objects (plugins) are merged key by key, or
    replaced with ``replace_objects``. ConfigError for a value of another type.
    """
    if not isinstance(changes, Mapping):
        raise ConfigError("The settings must be an object.", id=WRONG_TYPE)
    check_shape(changes)
    values: dict[str, Any] = {}
    for entry, raw in given(changes):
        if entry.section in OWN | NOT_IN_FILE or (writable and not may_write(entry, writable, base)):
            continue
        old = value_of(base, entry)
        value = from_json(entry, unmasked(entry, raw, old))
        if entry.kind is Mapping and not replace_objects and entry.keys[-1] not in WHOLE_OBJECTS:
            value = from_json(entry, _merged(thawed(old), thawed(value)))
        values[entry.name] = value
    return with_values(base, values)


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}
    return new


def check_remote_change(old: Config, new: Config) -> None:
    """What the API refuses although the values are valid; raises AppError (recorded: system_config_read).

    Whoever takes over an administrator's account must not gain more than the account:
    where code is loaded from is changed in the file or the environment only.
    """
    for name in FILE_ONLY:
        entry = entries()[name]
        if value_of(old, entry) != value_of(new, entry):
            raise AppError("api.config.update_config.not_allowed_security.app_error", status=403, params={"Name": name})
    if old.service.site_url and not new.service.site_url:
        raise AppError("api.config.update_config.clear_siteurl.app_error")
    if old.cluster.enable and old.cluster.read_only_config:
        raise AppError("ent.cluster.save_config.error", status=403)
