"""The error for a setting that cannot be used."""

from __future__ import annotations

from mattermost_site.errors import AppError

WRONG_TYPE = "api.context.invalid_body_param.app_error"


class ConfigError(AppError):
    """A setting with a value that is not allowed, or settings that cannot be read or written.

    ``str(error)`` is one sentence that names the variable, file or ``Section.Key`` and
    says what is allowed: that is what an administrator sees at start. Over the API the
    error answers with ``id`` (``model.config.is_valid.<rule>.app_error`` for a broken
    rule) and the parameters ``Name`` and ``Setting``, the dotted name of the field.
    """

    id = "model.config.is_valid.app_error"

    def __init__(self, sentence: str, *, id: str = "", setting: str = "", status: int = 0) -> None:
        name = "config" if id == WRONG_TYPE else setting
        super().__init__(id, status=status, params={"Name": name, "Setting": setting}, detailed=sentence)
        self.sentence = sentence
        self.setting = setting

    def __str__(self) -> str:
        return self.sentence


def is_valid_id(rule: str) -> str:
    """The error id of a rule: ``max_users`` → ``model.config.is_valid.max_users.app_error``."""
    return f"model.config.is_valid.{rule}.app_error"
