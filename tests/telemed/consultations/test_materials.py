"""The studies that grants open are those that the page shows as held, however a request names them."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.cases.model import PacketItem
from telemed.consultations import materials
from telemed.consultations.evidence import gate
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.kit.table import new_id
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, World
from tests.telemed.consultations.conftest import STUDY as NAMED
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.opinions.helpers import STUDY, consultation

REQUESTS: list[dict[str, Any]] = [
    {"studies": [{"uid": STUDY}, {"uid": "1.7", "description": "平片"}]},
    {"studies": [{"uid": None, "description": "CT"}, {"uid": "1.8"}]},
    {"studies": []},
    {"specialty": "cardiology"},
    {},
]


@pytest.mark.parametrize("packed", [True, False])
async def test_in_pieces_they_are_what_each_page_shows(
    world: World, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(materials, "AT_ONCE", 2)
    first = UUID(await consultation(world, State.in_progress))
    async with world.db.write() as db:
        row = await db.get_one(Consultation, first)
        for uid in ("1.7", "1.8"):
            db.add(StudyView(hospital_id="wuxi", study_uid=uid, received_at=NOW, changed_at=NOW))
            db.add(
                StudyLink(
                    hospital_id="wuxi", study_uid=uid, patient_id=row.patient_id, state=LinkState.confirmed, at=NOW
                )
            )
        if not packed:
            for item in (await db.exec(select(PacketItem))).all():
                await db.delete(item)
        for request in REQUESTS:
            more = row.model_dump() | {"id": new_id(), "number": None, "request": request}
            db.add(Consultation(**more))
    async with world.db.read() as db:
        rows = (await db.exec(select(Consultation))).all()
        shown = await materials.materials(db, rows)
        held = await materials.held_by(db, [each.id for each in rows])
    assert len(held) == len(REQUESTS) + 1
    for id, each in shown.items():
        assert sorted(held[id]) == sorted((study.hospital_id, study.study_uid) for study in each.images.held)
    assert sum(map(len, held.values())) == 4


async def test_a_study_that_proves_to_be_another_patients_is_not_awaited_for_ever(
    world: World, submitted: Made
) -> None:
    id = await submitted()
    await everything_ready(world, id)
    async with world.db.write() as db:
        link = (await db.exec(select(StudyLink))).one()
        link.patient_id = new_id()
    async with world.db.read() as db:
        row = await db.get_one(Consultation, id)
        found = await materials.images(db, row)
        assert (found.held, found.awaited, [each.uid for each in found.others]) == ([], [], [NAMED])
        (line,) = [each for each in await gate(db, row, NOW) if each.key == "images"]
        assert (line.ok, line.detail["missing"], line.detail["others"]) == (False, 0, 1)
