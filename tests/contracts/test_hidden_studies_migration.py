"""Rows kept while a hidden study was still called quarantined go on under the new words, and back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from telemed.bridge.consumers import HEARS
from telemed.db import Database
from telemed.history.events import NEWS
from telemed.kit.table import new_id
from telemed.migrations import migrate
from telemed.studies.model import StudyView
from tests.telemed.conftest import NOW, rows

EVENTS = {
    "study.quarantined": "study.hidden",
    "study.released": "study.shown",
    "study.confirmed": "study.confirmed",
}
# By table and column, each word and what it becomes.
WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("event", "type"): EVENTS,
    ("outbox", "type"): EVENTS,
    ("quarantine", "type"): EVENTS | {"study.quarantine": "study.hide", "room.end": "room.end"},
    ("quarantine", "consumer"): {"quarantine": "hidden_studies", "live": "live"},
    ("inbox", "consumer"): {"quarantine": "hidden_studies", "live": "live"},
    ("leaforder", "kind"): {"study.quarantine": "study.hide", "room.end": "room.end"},
}


async def test_rows_of_before_go_on_under_the_new_words_and_back(any_db: Database) -> None:
    assert "hidden_studies" in HEARS
    assert set(EVENTS.values()) <= set(NEWS)

    def fill(connection: Connection) -> None:
        migrate(connection, "0016")
        for (table, column), words in WORDS.items():
            for word in words:
                _fill(connection, table, **{column: word})
        for uid, on in (("1.2", True), ("1.3", False)):
            _fill(connection, "studyview", study_uid=uid, quarantined=on)
        migrate(connection)

    async with any_db.writer.begin() as connection:
        await connection.run_sync(fill)
        after = await connection.run_sync(_words)
    for place, words in WORDS.items():
        assert set(words.values()) <= after[place]
        assert not {old for old, new in words.items() if old != new} & after[place]
    assert {each.study_uid: each.hidden for each in await rows(any_db, StudyView)} == {"1.2": True, "1.3": False}

    def back(connection: Connection) -> set[str]:
        migrate(connection, "0016")
        return set(connection.execute(sa.text("SELECT study_uid FROM studyview WHERE quarantined")).scalars())

    async with any_db.writer.begin() as connection:
        assert await connection.run_sync(back) == {"1.2"}
        found = await connection.run_sync(_words)
    for place, words in WORDS.items():
        assert set(words) <= found[place]


def _words(connection: Connection) -> dict[tuple[str, str], set[str]]:
    return {
        (table, column): set(connection.execute(sa.text(f"SELECT {column} FROM {table}")).scalars())
        for table, column in WORDS
    }


def _fill(connection: Connection, table: str, **given: Any) -> None:
    """A row of an older schema; what is not given is anything of its type."""
    place = sa.Table(table, sa.MetaData(), autoload_with=connection)
    anything = {UUID: new_id(), str: new_id().hex, datetime: NOW, int: 0, bool: False, object: {}}  # JSON is an object
    row = {each.name: anything[each.type.python_type] for each in place.columns if not each.nullable}
    connection.execute(sa.insert(place).values(row | given))
