"""How values are shown in the console."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from unfold.decorators import display

from mattermost_site import clock

Method = TypeVar("Method", bound=Callable[..., Any])


def moment(at: int) -> str:
    """A time in ms as a person reads it, in UTC."""
    return datetime.fromtimestamp(at / clock.SECOND, tz=UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if at else "–"


def labelled(*, description: str, ordering: str, label: dict[str, str]) -> Callable[[Method], Method]:
    """A column whose value is a coloured label; ``label`` gives the colour of each value."""
    return cast("Callable[[Method], Method]", display(description=description, ordering=ordering, label=label))
