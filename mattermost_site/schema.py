"""Fields and the base class for models whose tables are given (``schema.json`` of the contract).

A column is named like its field without underscores. Nearly every column of that schema
may be NULL although no row has one, so a field says three things:

* by default the column may be NULL, but Python reads NULL as the type's empty value and
  never writes it (the other server cannot read NULL where it does not expect one);
* ``null=True``: NULL means something and is None in Python;
* ``required=True``: the column is NOT NULL. What belongs to a key is required.

Django's own ``field.null`` is therefore what Python may see, and what the column allows
is known to migrations only: there a field is written with the ``null`` of its column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import orjson
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelBase
from django.db.models.expressions import Expression
from django.db.models.fields import NOT_PROVIDED

_Set = TypeVar("_Set", contravariant=True)
_Get = TypeVar("_Get", covariant=True)

if TYPE_CHECKING:
    _Field = models.Field
    _CharField = models.CharField
    _TextField = models.TextField
    _BigIntegerField = models.BigIntegerField
    _IntegerField = models.IntegerField
    _SmallIntegerField = models.SmallIntegerField
    _BooleanField = models.BooleanField
    _BinaryField = models.BinaryField
    _JSONField = models.JSONField
else:

    def _typed(field):
        """A field class with brackets, as its type stub has it: what is set, what is got."""
        return type(field.__name__, (field,), {"__class_getitem__": classmethod(lambda cls, types: cls)})

    _Field = _typed(models.Field)
    _CharField = _typed(models.CharField)
    _TextField = _typed(models.TextField)
    _BigIntegerField = _typed(models.BigIntegerField)
    _IntegerField = _typed(models.IntegerField)
    _SmallIntegerField = _typed(models.SmallIntegerField)
    _BooleanField = _typed(models.BooleanField)
    _BinaryField = _typed(models.BinaryField)
    _JSONField = _typed(models.JSONField)


class _Column:
    """What all fields share: a column that may be NULL, and an empty value to read NULL as."""

    empty: ClassVar[Any] = None
    null: bool
    primary_key: bool

    def __init__(self, *args: Any, null: bool = False, required: bool = False, **kwargs: Any) -> None:
        self.required = required
        key = required or bool(kwargs.get("primary_key"))
        has_db_default = kwargs.get("db_default", NOT_PROVIDED) is not NOT_PROVIDED
        if not null and (has_db_default or not key):
            kwargs.setdefault("default", self.empty)
        kwargs.setdefault("blank", not key)
        super().__init__(*args, null=null, **kwargs)  # type: ignore[call-arg]

    def default_empty(self) -> Any:
        """The value that stands for NULL."""
        return self.empty

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        for implied in ("null", "blank"):
            kwargs.pop(implied, None)
        if self.required:
            kwargs["required"] = True
        elif not self.primary_key:
            kwargs["null"] = True
        return name, path, args, kwargs

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is None and not self.null and not self.primary_key:
            value = self.default_empty()
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        return self.default_empty() if value is None and not self.null else value


class Text(_Column, _CharField[_Set, _Get]):
    """``character varying(n)``; ``max_length=None`` is a varying without limit."""

    empty = ""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        # Spelled out, because Django adds an extra "_like" index to columns it calls varchar.
        return f"character varying({self.max_length})" if self.max_length else "character varying"

    cast_db_type = db_type


class Id(Text[_Set, _Get]):
    """A 26-character id, ``""`` when it refers to nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 26)
        super().__init__(*args, **kwargs)


class PaddedId(Id[_Set, _Get]):
    """An id in a ``character(26)``."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return f"character({self.max_length})"

    cast_db_type = db_type


class LongText(_Column, _TextField[_Set, _Get]):
    """``text``."""

    empty = ""


class Enum(_Column, _CharField[_Set, _Get]):
    """One of PostgreSQL's named enumerations; plain text on SQLite."""

    empty = ""

    def __init__(self, *args: Any, enum: str, **kwargs: Any) -> None:
        self.enum = enum
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return self.enum if connection.vendor == "postgresql" else f"varchar({self.max_length})"

    cast_db_type = db_type

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["enum"] = self.enum
        return name, path, args, kwargs

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        # "" is no member of any of the enumerations; a row without one has NULL.
        return models.Field.get_db_prep_save(self, value or None, connection)


class Millis(_Column, _BigIntegerField[_Set, _Get]):
    """A time in milliseconds, 0 for never."""

    empty = 0


class Count(_Column, _BigIntegerField[_Set, _Get]):
    """A ``bigint`` that counts or measures something."""

    empty = 0


class Number(_Column, _IntegerField[_Set, _Get]):
    """An ``integer``."""

    empty = 0


class SmallNumber(_Column, _SmallIntegerField[_Set, _Get]):
    """A ``smallint``."""

    empty = 0


class Flag(_Column, _BooleanField[_Set, _Get]):
    """A ``boolean``; one with ``null=True`` is None when nobody decided."""

    empty = False


class Blob(_Column, _BinaryField[_Set, _Get]):
    """A ``bytea``; Python sees bytes on every database."""

    empty = b""

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        value = super().from_db_value(value, expression, connection)
        return bytes(value) if value is not None else None


class Json(_Column, _JSONField[_Set, _Get]):
    """A ``jsonb``; NULL and JSON ``null`` read as an empty object (or list, with ``of=list``) unless ``null=True``."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def __init__(self, *args: Any, of: type = dict, **kwargs: Any) -> None:
        self.of = of
        if not kwargs.get("null"):
            kwargs.setdefault("default", of)
        super().__init__(*args, **kwargs)

    def default_empty(self) -> Any:
        return self.of()

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.of is not dict:
            kwargs["of"] = self.of
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = orjson.loads(value)
        return self.default_empty() if value is None and not self.null else value


class _JsonInText(_Column):
    """JSON in a column of text; with ``null=True``, None is written as JSON ``null``, as the other server does."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def __init__(self, *args: Any, of: type = list, **kwargs: Any) -> None:
        self.of = of
        if not kwargs.get("null"):
            kwargs.setdefault("default", of)
        super().__init__(*args, **kwargs)

    def default_empty(self) -> Any:
        return self.of()

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.of is not list:
            kwargs["of"] = self.of
        return name, path, args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        # Lookups such as __contains pass text that is to be found in the text.
        return value if isinstance(value, str) or value is None else orjson.dumps(value).decode()

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if value is None and self.null:
            value = "null"
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        loaded = orjson.loads(value) if value else None
        if isinstance(loaded, self.of):
            return loaded
        return None if self.null else self.of()

    def to_python(self, value: Any) -> Any:
        return value


class JsonText(_JsonInText, Text[_Set, _Get]):
    """JSON kept in a varying: ``fileids``, webhook trigger words, draft props. Python sees the value."""


class JsonLongText(_JsonInText, LongText[_Set, _Get]):
    """JSON kept in a ``text``: the priority of drafts. Python sees the value."""


class IdList(_Column, _Field[_Set, _Get]):
    """A ``character varying(26)[]``; JSON in text on SQLite."""

    if TYPE_CHECKING:
        _pyi_private_set_type: list[str]
        _pyi_private_get_type: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def default_empty(self) -> list[str]:
        return []

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "character varying(26)[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if value is None or connection.vendor == "postgresql":
            return value
        return orjson.dumps(value).decode()

    def from_db_value(self, value: Any, expression: Expression, connection: BaseDatabaseWrapper) -> Any:
        value = super().from_db_value(value, expression, connection)
        return orjson.loads(value) if isinstance(value, str) else value


class SchemaIndex(models.Index):
    """A B-tree index that keeps the given schema's name, longer than Django's 30 characters."""

    max_name_length = 63


class SchemaModelBase(ModelBase):
    """Gives each field the column named like it, without underscores."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        for field_name, field in attrs.items():
            if isinstance(field, _Column) and isinstance(field, models.Field) and field.db_column is None:
                field.db_column = field_name.replace("_", "")
        return super().__new__(cls, name, bases, attrs, **kwargs)


class SchemaModel(models.Model, metaclass=SchemaModelBase):
    """Base of every model on a given table: ``Meta.db_table`` says which."""

    class Meta:
        abstract = True
