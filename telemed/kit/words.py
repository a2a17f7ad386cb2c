"""Open enumerations: lists of words that features add to. A word that nobody declared is neither stored nor sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema
from sqlalchemy import Column, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field


class Words:
    """One list, for example the kinds of work. A feature declares its words when its module is imported."""

    def __init__(self, what: str, words: Iterable[str] = ()) -> None:
        self._what = what
        self._known: dict[str, str] = {}
        for each in words:
            self.declare(each)

    def declare(self, word: str) -> str:
        """Returns the word. Raises ValueError if another module has declared it."""
        if word in self._known:
            raise ValueError(f"two features bring the {self._what} {word}")
        self._known[str(word)] = word
        return word

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def known(self, word: str) -> str:
        """The word as it was declared, perhaps a member of an enumeration. Raises ValueError if it was not."""
        if (found := self._known.get(word)) is None:
            raise ValueError(f"nobody has declared the {self._what} {word}")
        return found

    def column(self, *, optional: bool = False, index: bool = False) -> Any:
        """A plain string column, so that a new word needs no migration; what is written is checked in Python."""
        column: Column[str] = Column(_Word(self), nullable=optional, index=index or None)
        return Field(default=None, sa_column=column) if optional else Field(sa_column=column)


class _Word(TypeDecorator[str]):
    """Writing an undeclared word fails; reading one, which another release wrote, returns it as it stands."""

    impl, cache_ok = String(32), True

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.words.known(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words._known.get(value, value)


@dataclass(frozen=True)
class OneOf:
    """Restricts a string on the wire to a list: `Annotated[str, OneOf(WORK)]`."""

    words: Words

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.words.known, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema) | {"enum": list(self.words)}
