"""An error of the database names the statement and no value: a value may be a patient's name."""

import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from imaging.index.database import open_index
from imaging.index.model import Study
from telemed.db import Database
from telemed.people.model import Patient, Sex


async def _break(db: Database) -> None:
    async with db.write() as session:
        session.add(Patient(hospital_id="nowhere", name="陈远山", sex=Sex.male))  # without what is known of allergies
        await session.flush()


async def test_the_traceback_of_a_refused_row_does_not_tell_it(any_db: Database) -> None:
    with pytest.raises(IntegrityError) as failed:
        await _break(any_db)
    told = "".join(traceback.format_exception(failed.value))
    assert "INSERT INTO patient" in told
    assert "陈远山" not in told


async def test_nor_does_that_of_a_refused_study(tmp_path: Path) -> None:
    def twice(session: Session) -> None:
        for _ in range(2):
            session.add(Study(hospital="wuxi", study_uid="1.2", patient_name="陈远山"))
            session.flush()

    async with open_index(tmp_path / "index.db") as index:
        with pytest.raises(IntegrityError) as failed:
            await index.write(twice)
    told = "".join(traceback.format_exception(failed.value))
    assert "INSERT INTO studies" in told
    assert "陈远山" not in told
