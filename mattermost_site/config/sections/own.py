"""Sections of our own. The API neither shows nor accepts them; they come from the file or the environment."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting


@dataclass(frozen=True, slots=True)
class WebClientSettings:
    """The official web client. ``MM_WEBCLIENT_DIRECTORY`` is a shorter name of the variable for ``directory``."""

    directory: str = setting("Directory", default="", restart=True)
