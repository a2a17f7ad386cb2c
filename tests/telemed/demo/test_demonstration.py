"""The whole demonstration, really started: every case stands where it should, and a second start keeps it."""

import shutil
from pathlib import Path

import aiohttp
import pytest
from pydicom import dcmread
from sqlmodel import select

from telemed.consultations.model import Consultation
from telemed.db import Database
from telemed.demo import samples
from telemed.demo.images.studies import EXAMINATIONS, study
from telemed.demo.papers import TITLES
from telemed.demo.patients import PATIENTS
from telemed.demo.run import demonstration
from telemed.demo.vignettes import VIGNETTES
from telemed.history.model import EventRow
from telemed.history.print import print_events
from telemed.kit.clock import utcnow
from telemed.opinions.model import Opinion
from telemed.people.model import PatientIdentifier
from telemed.serve import open_database
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.e2e.seed import printed_by
from tests.telemed.demo.nobody import assert_names_nobody, kept_beside_patients, logs_in

PASSWORD = "for-this-test-only"


async def sign_in(origin: str, username: str, password: str) -> int:
    async with (
        aiohttp.ClientSession(origin) as client,
        client.post("/api/session", json={"username": username, "password": password}) as answer,
    ):
        return answer.status


async def test_a_start_after_an_interrupted_one_makes_everything_and_another_keeps_it(
    seeded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The seed is made so (`tests/e2e/seed.py`); what it printed is kept beside it."""
    data_dir, first = shutil.copytree(seeded, tmp_path / "data"), printed_by(seeded).read_text()
    database = f"sqlite:///{data_dir / 'telemed.db'}"
    async with open_database(database) as db:
        before = await check(db)
    assert first.splitlines()[-1].startswith("ready http://127.0.0.1:")
    assert "wuxi.radiographer" in first
    assert_names_nobody(first)
    await print_events(database, None, as_json=True)
    assert_names_nobody(printed := capsys.readouterr().out)
    assert "consultation.signed" in printed
    assert_names_nobody(kept_beside_patients(data_dir / "telemed.db"))
    assert_names_nobody(logs_in(data_dir))
    assert str(seeded / "samples") in first
    (own,) = (data_dir / "samples").iterdir()
    assert {each.name for each in own.iterdir()} == {
        "CT",
        *(f"{TITLES[kind]}.pdf" for kind in samples.CHECKLIST),
    }
    assert all(dcmread(each).PatientID == own.name for each in (own / "CT").iterdir())

    async with demonstration(data_dir, 0, 0, 0, PASSWORD) as settings:
        assert capsys.readouterr().out.splitlines()[-1] == f"ready {settings.origin}"
        assert await sign_in(settings.origin, "expert", PASSWORD) == 200
        assert await sign_in(settings.origin, "jiashan.coordinator", PASSWORD) == 200
        assert await sign_in(settings.origin, "neurosurgeon", PASSWORD) == 401
    async with demonstration(data_dir, 0, 0, 0, None) as settings:
        assert await sign_in(settings.origin, "expert", PASSWORD) == 401
    assert PASSWORD not in capsys.readouterr().out
    async with open_database(settings.database) as db:
        assert await check(db) == before


async def check(db: Database) -> set[str]:
    """Every vignette stands in its state; answers the consultations' ids."""
    async with db.read() as session:
        numbers = {row.patient_id: row.value for row in (await session.exec(select(PatientIdentifier))).all()}
        rows = (await session.exec(select(Consultation))).all()
        reached = {numbers[row.patient_id]: row.state for row in rows if row.patient_id}
        assert reached == {PATIENTS[each.patient].number: each.state for each in VIGNETTES}
        now = utcnow()
        assert all(event.occurred_at <= now for event in (await session.exec(select(EventRow))).all())
        signed = [each for each in (await session.exec(select(Opinion))).all() if each.signed_at]
        assert len(signed) == sum(each.opinion is not None for each in VIGNETTES)
        views = (await session.exec(select(StudyView))).all()
        assert len(views) == len(EXAMINATIONS)
        assert all(view.complete for view in views)
        doubtful = await session.exec(select(StudyLink.study_uid).where(StudyLink.state != LinkState.confirmed))
        assert list(doubtful.all()) == [str(study("disagreeing").study_uid)]
        return {str(row.id) for row in rows}
