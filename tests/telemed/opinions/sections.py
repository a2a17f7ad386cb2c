"""What the tests of an MDT share: one that waits for its opinion, and what its people do."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.access.grants import give, role_subject
from telemed.access.model import Account, Role
from telemed.bridge import reminders
from telemed.consultations import service as consultations
from telemed.consultations.mdt_events import MdtArranged
from telemed.consultations.model import Consultation, activity
from telemed.consultations.sharing import READ
from telemed.consultations.words import State
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.news import news
from tests.telemed.opinions.helpers import HASH, PASSWORD, board, booked, consultation

RECORDER = "dispatcher"  # somebody of the hub who is no expert
LADDER = "mdt_section"
SECTION_DUE = NOW + timedelta(minutes=20)  # of an urgent one


async def mdt(call: Call, world: World, state: State = State.answering, recorder: str | None = RECORDER) -> str:
    """Chaired by `expert` (cardiology), with `expert2` and `neurologist` as members."""
    id = await consultation(world, state)
    await booked(world, id, "expert2", "neurologist")
    status, said = await arrange(call, world, id, recorder)
    assert status == 200, said
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids[RECORDER])).password_hash = HASH
    await heard(world, id)
    return id


async def arrange(call: Call, world: World, id: str, recorder: str | None, who: str | None = "expert") -> Any:
    body = {"recorder_id": str(world.ids[recorder]) if recorder else None}
    return await call(who, "PUT", f"/consultations/{id}/mdt", json=body)


async def heard(world: World, id: str, state: State | None = None) -> None:
    """The news that it has moved, or is an MDT from now on."""

    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.state = state or row.state
        await reminders.consume(db, news(MdtArranged(), consultations.about(row)))


async def known_to_the_centre(world: World, id: str) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        assert row.case_id is not None
        assert row.patient_id is not None
        await give(
            db,
            case_id=row.case_id,
            patient_id=row.patient_id,
            activity=activity(row.id),
            grantee=role_subject(row.hub_id, Role.coordinator),
            hospital_id=row.branch_id,
            allows=READ,
            purpose="test",
            by=None,
            now=NOW,
        )


async def section(call: Call, id: str, world: World, whose: str, who: str = "expert") -> Any:
    found = (await board(call, id, who))["mdt"]["sections"]
    return next(each for each in found if each["staff_id"] == str(world.ids[whose]))


async def write(
    call: Call, world: World, id: str, who: str | None, text: str, whose: str | None = None, version: int = 0
) -> tuple[int, Any]:
    path = f"/consultations/{id}/opinion/sections/{world.ids[whose or who or '']}"
    return await call(who, "PATCH", path, match=version, json={"text": text})


async def sign_section(call: Call, id: str, who: str | None, version: int, password: str = PASSWORD) -> tuple[int, Any]:
    path = f"/consultations/{id}/opinion/sections/sign"
    return await call(who, "POST", path, match=version, json={"password": password})


async def say(call: Call, world: World, id: str, who: str, text: str) -> None:
    """Writes and signs one's section."""
    status, draft = await write(call, world, id, who, text)
    assert status == 200, draft
    assert (await sign_section(call, id, who, draft["version"]))[0] == 204


async def state_absent(
    call: Call, world: World, id: str, whose: str, reason: str = "临时手术", who: str | None = "expert"
) -> tuple[int, Any]:
    path = f"/consultations/{id}/opinion/sections/{world.ids[whose]}/absence"
    return await call(who, "PUT", path, json={"reason": reason})
