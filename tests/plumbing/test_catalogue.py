"""Texts of errors: each id has one, and filling it in is safe."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import pytest
from django.test import override_settings
from django.utils import translation

from mattermost_site import catalogue
from mattermost_site.catalogue import FOLDER, UNKNOWN, text_for, texts

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "files", "integrations", "mattermost_site", "messaging", "notifications", "teams")
NAME = re.compile(r"\{([^{}]*)\}")
# What is an error id wherever it stands in the code, by how it begins or by how it ends. (The last
# character is no underscore, or it would be the beginning of an id that the code puts together.)
ERROR_ID = re.compile(
    r"(api|app|brand|ent|interactive_message|jobs|license_error|mfa|model|plugin|store|web)(\.[A-Za-z0-9_]*[A-Za-z0-9]){2,}"
    r"|[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+\.(app_error|error|const)"
)


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that only this test has."""
    examples = {
        "short": "Use {Name} or {Other}.",
        "attack": "{Name.__class__} {Name[0]} {0} {} {Name!r:>9} {Name",
    }
    monkeypatch.setattr(catalogue, "texts", lambda: examples)


@pytest.mark.usefixtures("example")
class TestFilling:
    def test_it_fills_in_parameters(self) -> None:
        assert text_for("short", {"Name": "this", "Other": 5}) == "Use this or 5."

    def test_it_shows_the_name_of_a_missing_parameter(self) -> None:
        assert text_for("short", {"Name": "this"}) == "Use this or Other."

    def test_it_ignores_parameters_that_the_text_lacks(self) -> None:
        assert text_for("short", {"Name": "a", "Other": "b", "Third": "c"}) == "Use a or b."

    def test_it_leaves_everything_but_plain_names_alone(self) -> None:
        assert text_for("attack", {"Name": "x"}) == "{Name.__class__} {Name[0]} {0} {} {Name!r:>9} {Name"

    def test_it_does_not_fill_in_what_a_parameter_holds(self) -> None:
        assert text_for("short", {"Name": "{Other}", "Other": "secret"}) == "Use {Other} or secret."

    def test_it_has_a_general_sentence_for_an_unknown_id(self) -> None:
        assert text_for("no.such.id", {}) == UNKNOWN


class TestLanguage:
    @pytest.fixture(autouse=True)
    def german(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A translation into German of the one sentence, and into no other language."""
        monkeypatch.setattr(translation, "gettext", self.translate)

    @staticmethod
    def translate(text: str) -> str:
        return "Das ging nicht." if translation.get_language() == "de" and text == UNKNOWN else text

    def test_it_translates(self) -> None:
        assert text_for("no.such.id", {}, "de") == "Das ging nicht."

    def test_it_takes_the_language_for_a_country(self) -> None:
        assert text_for("no.such.id", {}, "de-AT") == "Das ging nicht."

    @override_settings(LANGUAGE_CODE="de")
    def test_it_answers_in_english_whatever_the_default_language_is(self) -> None:
        assert text_for("no.such.id", {}, "en-AU") == UNKNOWN

    @pytest.mark.parametrize("locale", ["tlh", "", "../../etc", "x" * 600, "de\0", "-"])
    def test_it_answers_in_english_when_the_language_is_unknown(self, locale: str) -> None:
        assert text_for("no.such.id", {}, locale) == UNKNOWN

    def test_it_leaves_the_active_language_as_it_was(self) -> None:
        with translation.override("fr"):
            text_for("no.such.id", {}, "de")
            assert translation.get_language() == "fr"


class TestTexts:
    def test_no_id_has_two_texts(self) -> None:
        pairs = [pair for file in FOLDER.glob("*.json") for pair in _pairs(file)]
        assert len(pairs) == len(texts())

    def test_every_text_is_a_sentence(self) -> None:
        assert [name for name, text in texts().items() if not re.fullmatch(r"[A-Z].*[.?]", text)] == []

    def test_every_placeholder_is_a_plain_name(self) -> None:
        names = {name for text in texts().values() for name in NAME.findall(text)}
        assert [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []

    def test_every_brace_belongs_to_a_placeholder(self) -> None:
        assert [name for name, text in texts().items() if re.search(r"[{}]", NAME.sub("", text))] == []

    def test_every_file_is_sorted(self) -> None:
        unsorted = [file.name for file in FOLDER.glob("*.json") if _pairs(file) != sorted(_pairs(file))]
        assert unsorted == []

    @pytest.mark.parametrize("place", ["body", "url"])
    def test_a_bad_parameter_is_named(self, place: str) -> None:
        assert "team_id" in text_for(f"api.context.invalid_{place}_param.app_error", {"Name": "team_id"})

    def test_every_combination_of_password_rules_has_a_text(self) -> None:
        rules = re.compile(r"model\.user\.is_valid\.pwd(?=_)(_lowercase)?(_uppercase)?(_number)?(_symbol)?\.app_error")
        assert sum(rules.fullmatch(name) is not None for name in texts()) == 15


class TestIdsInTheCode:
    def test_every_id_has_a_text(self) -> None:
        assert sorted({f"{place}: {used}" for place, used in _used_ids() if used not in texts()}) == []

    def test_every_pattern_of_ids_has_a_text(self) -> None:
        known = "\n".join(texts())
        lacking = [place for place, pattern in _used_patterns() if not re.search(f"(?m)^{pattern}$", known)]
        assert lacking == []

    def test_every_placeholder_is_given_a_value(self) -> None:
        assert list(_unfilled()) == []


def _pairs(file: Path) -> list[tuple[str, str]]:
    """The entries of a file, repeated ones too, which a JSON reader would drop."""
    return re.findall(r'^  "(.+?)": "(.+)",?$', file.read_text(), re.MULTILINE)


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    """Every piece of the project's code with its file and line."""
    for app in APPS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in file.parts:
                for node in ast.walk(ast.parse(file.read_bytes())):
                    yield f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node


def _used_ids() -> Iterator[tuple[str, str]]:
    """Ids in the code: what looks like one, what AppError is given, and ``id`` of its subclasses."""
    for place, node in _nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ERROR_ID.fullmatch(node.value):
            yield place, node.value
        elif isinstance(node, ast.Call) and _name(node.func) == "AppError":
            yield from ((place, value) for value in _strings(_given(node, "id", 0)))
        elif isinstance(node, ast.ClassDef):
            yield from ((place, value) for value in _strings(_assigned_ids(node)) if "." in value)


def _used_patterns() -> Iterator[tuple[str, str]]:
    """Ids that the code puts together (``f"model.team.is_valid.{field}.app_error"``), as regular expressions."""
    for place, node in _nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values]
            if ERROR_ID.fullmatch("".join(parts).replace("\0", "x")):
                yield place, "".join("[A-Za-z0-9_.]+" if part == "\0" else re.escape(part) for part in parts)


def _unfilled() -> Iterator[tuple[str, str]]:
    """Placeholders of the texts of errors that the code raises without a parameter of that name."""
    for place, node in _nodes():
        if isinstance(node, ast.Call) and _name(node.func) == "AppError":
            params = _given(node, "params")
            if not params or isinstance(params[0], ast.Dict):
                filled = _strings(key for given in params for key in ast.iter_child_nodes(given))
                for used in _strings(_given(node, "id", 0)):
                    yield from ((place, name) for name in NAME.findall(texts().get(used, "")) if name not in filled)


def _given(call: ast.Call, keyword: str, place: int | None = None) -> list[ast.expr]:
    """The argument of a call, as a list of one or none."""
    positional = call.args[place : place + 1] if place is not None else []
    return positional + [argument.value for argument in call.keywords if argument.arg == keyword]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _assigned_ids(node: ast.ClassDef) -> list[ast.expr]:
    return [
        statement.value
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id == "id" for to in statement.targets)
    ]


def _strings(nodes: Iterable[ast.AST]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_a_file_that_repeats_an_id_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_bytes(orjson.dumps({"same.id": "A text."}))
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="two.json repeats same.id"):
        texts.__wrapped__()
