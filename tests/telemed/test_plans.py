"""SQLite finds what pages ask for by an index that tells rows apart, however large the tables have become."""

from pathlib import Path

from sqlalchemy import text

from telemed.serve import open_database

STUDIES_OF_A_PATIENT = """
    EXPLAIN QUERY PLAN SELECT * FROM studyview JOIN studylink
    ON studylink.hospital_id = studyview.hospital_id AND studylink.study_uid = studyview.study_uid
    WHERE studyview.hospital_id = 'wuxi' AND studylink.patient_id = 'p'
"""


async def test_the_studies_of_a_patient_are_found_by_the_patient(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/telemed.db") as db, db.read() as session:
        plan = [line[3] for line in await (await session.connection()).execute(text(STUDIES_OF_A_PATIENT))]
    assert any("ix_studylink_patient_id (patient_id=? AND hospital_id=?)" in line for line in plan), plan


async def test_rows_are_counted_when_the_database_is_opened_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/telemed.db"
    async with open_database(url) as db, db.write() as session:
        await (await session.connection()).execute(
            text("INSERT INTO outbox (id, type, data, occurred_at) VALUES ('1', 't', '{}', '2026')")
        )
    async with open_database(url) as db, db.read() as session:
        counted = set((await (await session.connection()).execute(text("SELECT tbl FROM sqlite_stat1"))).scalars())
    assert "outbox" in counted
