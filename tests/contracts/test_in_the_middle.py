"""Who writes while another is in the middle of it waits, and goes on from what the other wrote."""

import asyncio
from uuid import UUID

from telemed.bridge.identity import identity_changed
from telemed.history.model import EventRow
from telemed.people import service as people
from telemed.people.model import Patient, Sex
from telemed.people.schemas import PatientIn
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, Call, World, rows

NUMBER = {"number": "0026118842"}


async def test_the_hospital_system_and_a_correction_by_hand_both_count(call: Call, world: World) -> None:
    """Somebody types another name while a colleague reads the patient again: the last word is told as a change."""
    _, found = await call("doctor", "POST", "/patients/admitted", json=NUMBER)
    id = UUID(found["patient"]["id"])
    new = PatientIn(name="陈元山", sex=Sex.male, birth_date=found["patient"]["birth_date"])
    async with world.db.write() as db:
        await people.change_patient(db, world.actor("doctor2"), id, 1, new, identity_changed, NOW)
        await db.flush()
        again = asyncio.create_task(call("doctor", "POST", "/patients/admitted", json=NUMBER))
        await until_blocked(world.db, again)
    status, _ = await again
    assert status == 200
    (kept,) = await rows(world.db, Patient)
    assert (kept.name, kept.version) == ("陈远山", 3)
    told = [each for each in await rows(world.db, EventRow) if each.type == "patient.identity_changed"]
    assert [each.data["fields"] for each in told] == [["name"], ["name"]]
