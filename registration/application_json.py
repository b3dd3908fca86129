"""An application as plain JSON values and back: strict in its types, tolerant of older and newer programs."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from registration.application_value import Application
from registration.checklist import Material
from registration.parties import Party

# Fields that every version of the program has written; all others may be absent.
_ALWAYS: Mapping[type, tuple[str, ...]] = {
    Application: (
        "revision",
        "parties",
        "household_id",
        "reason",
        "materials",
        "remarks",
        "pack_versions",
    ),
    Party: ("role", "name", "document_kind", "document_number", "phone", "address", "share"),
    Material: ("copies", "declared_pages"),
}


def application_to_json(application: Application) -> dict[str, Any]:
    """Return the application as plain JSON values; `application_from_json` is its inverse."""
    written: dict[str, Any] = _to_json(application)
    return written


def application_from_json(value: Mapping[str, Any]) -> Application:
    """Read what `application_to_json` wrote, in this or any earlier version of the program.

    Fields that are newer than the value take their defaults, unknown fields are ignored. KeyError where a
    field is missing that every version has, TypeError or ValueError where one is not what it should be.
    """
    application: Application = _reader(Application)(value)
    return application


def _to_json(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_to_json(part) for part in value]
    return value


@lru_cache(maxsize=128)
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what reads a value of an annotated type."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind):
        return _record_reader(kind)
    if origin is types.UnionType:
        (inner,) = (part for part in parts if part is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        return _tuple_reader(parts)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _scalar_reader(kind)


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    hints, always = typing.get_type_hints(kind), _ALWAYS.get(kind, ())
    fields = [
        (field.name, _reader(hints[field.name]), _has_default(field) and field.name not in always)
        for field in dataclasses.fields(kind)
    ]

    def read(value: Any) -> Any:
        if not isinstance(value, Mapping):
            raise TypeError(f"no {kind.__name__}")
        return kind(
            **{name: each(value[name]) for name, each, optional in fields if not optional or name in value}
        )

    return read


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = _reader(parts[0])

        def read(value: Any) -> Any:
            return tuple(each(part) for part in _listed(value))

        return read
    readers = [_reader(part) for part in parts]

    def read_fixed(value: Any) -> Any:
        return tuple(read(part) for read, part in zip(readers, _listed(value), strict=True))

    return read_fixed


def _listed(value: Any) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError("not a list")
    return value


def _scalar_reader(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise TypeError(f"not {kind.__name__}")
        return value

    return read


def _mapping(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(part, str) for part in value.values()):
        raise TypeError("not a mapping of texts")
    return dict(value)


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
