"""SQLite finds what pages ask for by an index that tells rows apart, however large the tables have become."""

from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from telemed.access.model import Actor, Role
from telemed.kit.table import new_id
from telemed.reading import queries
from telemed.reading.schemas import ReadingFilter
from telemed.serve import open_database
from telemed.work import undelivered
from tests.telemed.conftest import NOW, World
from tests.telemed.reading import helpers

STUDIES_OF_A_PATIENT = """
    EXPLAIN QUERY PLAN SELECT * FROM studyview JOIN studylink
    ON studylink.hospital_id = studyview.hospital_id AND studylink.study_uid = studyview.study_uid
    WHERE studyview.hospital_id = 'wuxi' AND studylink.patient_id = 'p'
"""


async def test_the_studies_of_a_patient_are_found_by_the_patient(data_folder: Path) -> None:
    async with open_database(f"sqlite:///{data_folder}/telemed.db") as db, db.read() as session:
        plan = [line[3] for line in await (await session.connection()).execute(text(STUDIES_OF_A_PATIENT))]
    assert any("ix_studylink_patient_id (patient_id=? AND hospital_id=?)" in line for line in plan), plan


async def test_who_was_not_reached_is_found_without_reading_what_has_ended(world: World) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if "FROM deadline" in statement:
            asked.append((statement, parameters))

    async with world.db.read() as session:
        event.listen(world.db.readers.sync_engine, "before_cursor_execute", note)
        await undelivered.at_hospital(session, world.actor("coordinator"), 50, NOW)
        event.remove(world.db.readers.sync_engine, "before_cursor_execute", note)
        connection = await session.connection()
        plans = [await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given) for one, given in asked]
        plan = [str(tuple(line)[3]) for each in plans for line in each]
    assert len(plans) == 6
    assert not [line for line in plan if line.startswith("SCAN")], plan


async def test_the_worklist_and_its_counts_are_read_from_indexes(world: World) -> None:
    await helpers.desk(world)
    asked: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if "FROM reading" in statement:
            asked.append((statement, parameters))

    reader = Actor(world.ids["reader"], new_id(), "ruijin", "reader", frozenset({Role.radiologist}))
    async with world.db.read() as session:
        event.listen(world.db.readers.sync_engine, "before_cursor_execute", note)
        await queries.find(session, reader, ReadingFilter(show="open"), b"secret", NOW)
        event.remove(world.db.readers.sync_engine, "before_cursor_execute", note)
        connection = await session.connection()
        first, *_, counts = [
            [str(tuple(line)[3]) for line in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given)]
            for one, given in asked
        ]
    rows = [line for line in first if " reading " in line]
    assert rows
    assert all("INDEX ix_reading_list (hub_id=? AND state=?" in line for line in rows), rows
    assert any("reading USING COVERING INDEX ix_reading_counts (hub_id=?)" in line for line in counts), counts
    assert all("COVERING INDEX ix_casegrant_who" in line for line in first + counts if "casegrant" in line)


async def test_rows_are_counted_when_the_database_is_opened_again(data_folder: Path) -> None:
    url = f"sqlite:///{data_folder}/telemed.db"
    async with open_database(url) as db, db.write() as session:
        await (await session.connection()).execute(
            text("INSERT INTO outbox (id, type, data, occurred_at) VALUES ('1', 't', '{}', '2026')")
        )
    async with open_database(url) as db, db.read() as session:
        counted = set((await (await session.connection()).execute(text("SELECT tbl FROM sqlite_stat1"))).scalars())
    assert "outbox" in counted
