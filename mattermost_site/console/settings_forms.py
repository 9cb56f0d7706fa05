"""Forms for the configuration, made of how settings are declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django import forms
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminPasswordToggleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from mattermost_site import config
from mattermost_site.config.declaring import thawed
from mattermost_site.config.entries import NOT_IN_FILE, Entry, entries, value_of

LONG_TEXT = 100  # code points from which a text gets several lines
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


def title_of(key: str) -> str:
    """A key of the configuration as a person reads it: ``EnableOpenServer`` → ``Enable Open Server``."""
    return " ".join(_WORDS.findall(key)) or key


def section_title(section: str) -> str:
    """``TeamSettings`` → ``Team``."""
    return title_of(section.removesuffix("Settings"))


def sections() -> dict[str, list[Entry]]:
    """The settings that an administrator may change here, by section, in the order of the file."""
    found: dict[str, list[Entry]] = {}
    for entry in entries().values():
        if entry.section not in NOT_IN_FILE:
            found.setdefault(entry.section, []).append(entry)
    return found


def matching(term: str) -> dict[str, list[Entry]]:
    """Sections with those of their settings whose name holds every word of ``term``, in any case."""
    words = term.lower().split()

    def fits(entry: Entry) -> bool:
        text = f"{entry.name} {section_title(entry.section)} {' '.join(map(title_of, entry.keys))}".lower()
        return all(word in text for word in words)

    hits = {section: list(filter(fits, found)) for section, found in sections().items()}
    return {section: found for section, found in hits.items() if found}


class JsonField(forms.CharField):
    """JSON in a text area."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return orjson.loads(text or "null")
        except orjson.JSONDecodeError as error:
            raise forms.ValidationError("This is no valid JSON.") from error

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or ())


def field_for(entry: Entry, *, fixed: bool) -> forms.Field:
    """The form field of one setting; ``fixed`` ones are set by the environment and cannot be changed."""
    options: dict[str, Any] = {
        "label": " › ".join(map(title_of, entry.keys[1:])),
        "required": False,
        "disabled": fixed,
        "help_text": _help(entry, fixed),
    }
    choices = next((rule.choices for rule in entry.setting.rules if rule.choices), ())
    if entry.kind is bool:
        return forms.BooleanField(widget=UnfoldBooleanSwitchWidget(), **options)
    if entry.kind is int:
        return forms.IntegerField(widget=UnfoldAdminIntegerFieldWidget(), **{**options, "required": True})
    if entry.kind is tuple and entry.of is str:
        return LinesField(widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}), **options)
    if entry.kind in (tuple, Mapping):
        return JsonField(widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}), **options)
    if choices:
        pairs = [(choice, choice or "–") for choice in choices]
        return forms.ChoiceField(choices=pairs, widget=UnfoldAdminSelectWidget(), **options)
    if entry.setting.secret:
        widget = UnfoldAdminPasswordToggleWidget(render_value=True)
        return forms.CharField(widget=widget, strip=False, **options)
    if isinstance(entry.default, str) and len(entry.default) > LONG_TEXT:
        return forms.CharField(widget=UnfoldAdminTextareaWidget(), strip=False, **options)
    return forms.CharField(widget=UnfoldAdminTextInputWidget(), strip=False, **options)


def _help(entry: Entry, fixed: bool) -> str:
    notes = [entry.name]
    notes += [f"must be {rule.allowed}" for rule in entry.setting.rules if not rule.choices]
    if entry.setting.restart:
        notes.append("used after the next start")
    if fixed:
        notes.append("set by an environment variable, which only a change there can alter")
    return " · ".join(notes)


class SettingsForm(forms.Form):
    """The settings of one section. Field names are dotted names of settings."""

    def __init__(self, shown: Iterable[Entry], **kwargs: Any) -> None:
        self.shown = list(shown)
        current = config.current()
        fixed = config.environment_overrides()
        initial = {}
        super().__init__(**kwargs)
        for entry in self.shown:
            self.fields[entry.name] = field_for(entry, fixed=_is_set(fixed, entry.keys))
            value = value_of(current, entry)
            initial[entry.name] = config.MASK if entry.setting.secret and value else thawed(value)
        self.initial = initial

    def changes(self) -> dict[str, Any]:
        """What was changed, as the body of a patch of the configuration; secrets that show the mask stay."""
        body: dict[str, Any] = {}
        for entry in self.shown:
            if entry.name not in self.changed_data:
                continue
            node = body
            for key in entry.keys[:-1]:
                node = node.setdefault(key, {})
            node[entry.keys[-1]] = self.cleaned_data[entry.name]
        return body


def _is_set(tree: Any, keys: tuple[str, ...]) -> bool:
    for key in keys:
        if not isinstance(tree, dict) or key not in tree:
            return False
        tree = tree[key]
    return True
