"""Events: frozen models, named in the past tense, whose field types say what may be shown outside the case's page."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import ConfigDict, StringConstraints
from pydantic_core import to_jsonable_python

from telemed.kit.model import Model


@dataclass(frozen=True)
class _Mark:
    """Whether `telemed events` and /api/history may show a text."""

    printed: bool


# A word of a fixed list or a hospital's code; it cannot hold a name or a sentence.
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{0,200}$"), _Mark(printed=True)]
Words = Annotated[str, _Mark(printed=False)]  # typed by a person or identifying one: a reason, a title, a study UID
PLAIN = (bool, int, float, UUID, datetime, date, Enum, NoneType)  # ids, codes and times are no patient data


@dataclass(frozen=True)
class About:
    """What an event belongs to. `hospital_id` owns the data, as in a case grant. `partner_id` is the other hospital
    that takes part (the hub, once a request has been approved).
    """

    hospital_id: str
    partner_id: str | None = None
    case_id: UUID | None = None
    patient_id: UUID | None = None
    activity: str | None = None
    activity_id: UUID | None = None


RESERVED = frozenset(About.__dataclass_fields__) | {"occurred_at"}
NEWS: dict[str, type["News"]] = {}  # by type: all events and hints whose modules are loaded


class Part(Model):
    """An event or a part of one. Every text must be a Code or Words, so that none is shown by oversight."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    shown: ClassVar[frozenset[str]] = frozenset()  # the fields that may be shown

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        super().__pydantic_init_subclass__(**more)
        hints = get_type_hints(cls, include_extras=True)
        cls.shown = frozenset(name for name in cls.model_fields if _printable(hints[name], f"{cls.__name__}.{name}"))

    def printed(self) -> dict[str, Any]:
        """The fields without patient data: ids, codes and times."""
        found: dict[str, Any] = {}
        for name in type(self).model_fields:
            if name in self.shown:
                value = getattr(self, name)
                parts = isinstance(value, tuple) and any(isinstance(each, Part) for each in value)
                found[name] = [each.printed() for each in value] if parts else value
        plain: dict[str, Any] = to_jsonable_python(found)
        return plain


class News(Part):
    """What consumers hear: an Event or a Hint. A class without a `type` of its own is a family."""

    type: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **more: Any) -> None:
        super().__pydantic_init_subclass__(**more)
        if taken := RESERVED & set(cls.model_fields):
            raise TypeError(f"{cls.__name__}: {sorted(taken)} are said by About")
        if "type" in cls.__dict__ and NEWS.setdefault(cls.type, cls) is not cls:
            raise TypeError(f"there are two events {cls.type}")


class Event(News):
    """A fact: kept in the log for ever, and delivered to consumers. Written by `emit`."""


class Hint(News):
    """No fact, only a reason to look again: delivered and not kept. Written by `hint`."""


def _printable(kind: Any, where: str) -> bool:
    if get_origin(kind) is Annotated:
        marks = [each for each in get_args(kind)[1:] if isinstance(each, _Mark)]
        return marks[0].printed if marks else _printable(get_args(kind)[0], where)
    if get_origin(kind) is Literal:
        return True
    if get_origin(kind) in (Union, UnionType, tuple):
        return all([_printable(each, where) for each in get_args(kind) if each is not Ellipsis])
    if isinstance(kind, type) and issubclass(kind, (*PLAIN, Part)):
        return True
    raise TypeError(f"{where}: say whether this may be printed (Code) or not (Words)")
