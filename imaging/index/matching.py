"""DICOM's wildcards in SQL (PS3.4 §C.2.2.2.4), such that SQLite finds them by an index where one can serve."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, true
from sqlmodel import col, select

from imaging.errors import Invalid
from imaging.index.model import NameForm, NamePart, Study

MOST_WORDS: Final = 32  # of a name; each is a query of its own
LONGEST: Final = 64  # characters of a name (PS3.5 §6.2)
LAST: Final = "\U0010ffff"
HANZI: Final = re.compile("[一-鿿]")
WILD: Final = re.compile(r"[*?]")


@dataclass(frozen=True)
class Pattern:
    """A value with * for any text and ? for any one character."""

    text: str

    @cached_property
    def head(self) -> str:
        """What it begins with, before any wildcard."""
        return WILD.split(self.text, maxsplit=1)[0]

    @cached_property
    def first(self) -> str:
        """The first piece that is not wild."""
        return next(filter(None, WILD.split(self.text)), "")

    @property
    def like(self) -> str:
        escaped = re.sub(r"([%_\\])", r"\\\1", self.text)
        return escaped.replace("*", "%").replace("?", "_")

    def of(self, column: Any) -> ColumnElement[bool]:
        """Whether a column fits. SQLite would use no index for LIKE: it cannot know the collation that is meant."""
        if self.head == self.text:
            return column == self.text  # type: ignore[no-any-return]
        if not self.head:
            return column.like(self.like, escape="\\")  # type: ignore[no-any-return]
        begins = and_(column >= self.head, column < self.head + LAST)
        return begins if self.text == self.head + "*" else and_(begins, column.like(self.like, escape="\\"))


def text(column: Any, value: str) -> ColumnElement[bool]:
    """Whether a text fits, in upper or lower case."""
    return Pattern(value).of(column.collate("NOCASE"))


def named(value: str, fuzzy: bool) -> ColumnElement[bool]:
    """Whether a study's patient has the name, in any of its spellings, and each of its groups if it has several.

    With `fuzzy` each word may stand anywhere.
    """
    groups = [" ".join(group.replace("^", " ").split()).casefold() for group in value.split("=")]
    if len(groups) > 3:
        raise Invalid("PatientName has at most three groups (letters=characters=sounds).")
    if not fuzzy:
        return and_(true(), *(_has(Pattern(group)) for group in groups if group))
    words = [word.strip("*") for group in groups for word in group.split()]
    if len(words) > MOST_WORDS:
        raise Invalid(f"PatientName has at most {MOST_WORDS} words.")
    return and_(true(), *(_has(Pattern(f"*{word}*")) for word in words))


def _has(pattern: Pattern) -> ColumnElement[bool]:
    """By the index of spellings, or, where the beginning is wild, by that of the places where characters begin."""
    if pattern.head or not HANZI.match(pattern.first):
        return col(Study.id).in_(select(NameForm.study).where(pattern.of(col(NameForm.form))))
    begins = Pattern(f"{pattern.first}*").of(col(NamePart.part))
    if pattern.text == f"*{pattern.first}*":
        return col(Study.id).in_(select(NamePart.study).where(begins))
    fits = exists().where(col(NameForm.study) == NamePart.study, pattern.of(col(NameForm.form)))
    return col(Study.id).in_(select(NamePart.study).where(begins, fits))


def parts(forms: Iterable[str]) -> set[str]:
    """Every end of a name in Chinese characters, so that a piece of it is found as the beginning of one.

    Of what is no name but a text, only the beginning: all ends of a megabyte would fill the memory.
    """
    return {form[at : at + LONGEST] for form in forms if HANZI.search(form) for at in range(len(form))[:LONGEST]}
