"""Finds staff in the database: by characters, pinyin, initials, English name or number, also among thousands."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col

from telemed.people.model import Staff
from telemed.people.names import compounds


def called(word: str, *also: Any) -> ColumnElement[bool]:
    """Who is called by this word in lower case, or has it in one of the columns `also`."""
    spelled = func.lower(Staff.pinyin)
    anywhere, begins = f"%{_plain(word)}%", f"{_plain(word)}%"
    found: list[ColumnElement[bool]] = [
        col(Staff.name).like(anywhere, escape="\\"),
        func.lower(Staff.number).like(anywhere, escape="\\"),
        func.replace(spelled, " ", "").like(begins, escape="\\"),
        func.lower(Staff.name_en).like(anywhere, escape="\\"),
        *(func.lower(each).like(anywhere, escape="\\") for each in also),
    ]
    if word.isascii() and word.isalpha():  # initials: each letter begins a syllable
        found.append(spelled.like("% ".join(word) + "%"))
        for family in compounds(word[:2]):  # two characters that are spelled as one word: oyld finds 欧阳立冬
            given = spelled.like("% ".join((word[0], *word[2:])) + "%")
            found.append(and_(col(Staff.name).like(f"{family}%"), given))
    return or_(*found)


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
