"""The whole product: whoever has lost their sign-in gets not one more frame, however many they have just read."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import delete

from telemed.access import sessions
from telemed.access.model import Account, AccountRole, Role
from telemed.administration import command_line
from telemed.config import Settings
from telemed.kit.clock import utcnow
from telemed.people.model import Hospital, HospitalKind, Staff, Title
from telemed.serve import Running, open_database, running
from tests.fakes.patients import FakePatients
from tests.imaging.conftest import FRAMES, multipart
from tests.imaging.made import made, uid

SERIES = f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}"
FRAME = f"{SERIES}/instances/{uid('study', 'series', '1')}/frames/1"
DICOM = {"Content-Type": 'multipart/related; type="application/dicom"; boundary="B"'}


@pytest.fixture
async def product(data_folder: Path) -> AsyncIterator[Running]:
    settings = Settings(data_dir=data_folder, http_port=0, signal_port=0, _env_file=None)  # type: ignore[call-arg]
    async with running(settings, FakePatients()) as product:
        yield product


@pytest.fixture
async def reader(product: Running) -> AsyncIterator[ClientSession]:
    """A radiographer of Wuxi, signed in, whose archive has one image."""
    async with product.db.write() as db:
        db.add(Hospital(id="wuxi", kind=HospitalKind.branch, name="wuxi", name_en="wuxi", licence_name="wuxi"))
        await db.flush()
        account = Account(username="reader", password_hash="!", hospital_id="wuxi", name="reader")
        db.add(account)
        db.add(
            Staff(
                id=account.id,
                hospital_id="wuxi",
                number="reader",
                name="reader",
                name_en="reader",
                title=Title.chief,
            )
        )
        await db.flush()
        db.add(AccountRole(account_id=account.id, role=Role.radiographer))
        token = sessions.issue(db, account.id, utcnow(), timedelta(hours=1))
    origin, headers = f"http://127.0.0.1:{product.http_port}", {"Authorization": f"Bearer {token}", "Accept": FRAMES}
    async with ClientSession(origin, headers=headers) as http:
        async with http.post("/dicomweb/studies", data=multipart([made()]), headers=DICOM) as answer:
            assert answer.status == 200
        assert [await _frame(http) for _ in range(20)] == [200] * 20
        yield http


async def _frame(http: ClientSession) -> int:
    async with http.get(FRAME) as answer:
        await answer.read()
        return answer.status


async def test_after_signing_out_not_one_more_frame(reader: ClientSession) -> None:
    async with reader.delete("/api/session") as answer:
        assert answer.status == 204
    assert await _frame(reader) == 401


async def test_after_an_account_was_disabled_at_the_command_line_not_one_more_frame(
    reader: ClientSession, tmp_path: Path
) -> None:
    async with open_database(f"sqlite:///{tmp_path}/telemed.db") as beside, beside.write() as db:
        await command_line.disable(db, "reader", utcnow())
    assert await _frame(reader) == 401


async def test_after_the_loss_of_their_roles_not_one_more_frame(product: Running, reader: ClientSession) -> None:
    async with product.db.write() as db:
        await db.exec(delete(AccountRole))
    assert await _frame(reader) == 404
