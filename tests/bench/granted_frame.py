"""The assignment of an expert until they read a frame of the case's images, beside 10,000 other live grants."""

import asyncio
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import aiohttp
from sqlalchemy import delete
from sqlmodel import col, select

from telemed.access.model import Account
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.scheduling.model import Occupancy
from telemed.serve import open_database
from tests.bench import many
from tests.bench.http import settled, signed_in
from tests.bench.slices import frame_addresses
from tests.bench.workshop import Measured, Workshop, p95
from tests.e2e.conftest import Product, demonstration

GRANTS = 10_000
LEADS = col(Account.id) == Consultation.lead_id
ASSIGNS, LEAD, DOCTOR, ASSIGNED = "coordinator", "expert", "wuxi.doctor", "expert2"


def grant_to_readable(shop: Workshop) -> Measured:
    """From sending the assignment to receiving the whole frame; the expert is removed between two tries."""
    tries, data_dir = shop.often(20), shop.copy()
    case = asyncio.run(_fill(data_dir))
    with demonstration(data_dir) as product:
        took = asyncio.run(_measure(product, case, tries))
    return Measured(p95(took), tries)


async def _fill(data_dir: Path) -> UUID:
    """The demonstration's own booked consultation, whose images are there; the others have none."""
    async with open_database(f"sqlite:///{data_dir}/telemed.db") as db:
        async with db.read() as session:
            booked = select(Consultation.id).where(Consultation.state == State.scheduled).join(Account, LEADS)
            case = (await session.exec(booked.where(Account.username == LEAD))).one()
            names = {each.username: each.id for each in (await session.exec(select(Account))).all()}
        async with db.write() as session:  # else the hour of the run decides whether the expert is free
            await session.execute(delete(Occupancy).where(col(Occupancy.resource_id) == names[ASSIGNED]))
        staff = {"expert": names[LEAD], "doctor": names[DOCTOR]}
        await many.add(db, many.Many({}, staff, [], []), GRANTS // many.GRANTS_OF_ONE)
    return case


async def _measure(product: Product, case: UUID, tries: int) -> list[float]:
    async with signed_in(product, ASSIGNS) as coordinator, signed_in(product, ASSIGNED) as expert:
        await settled(coordinator)
        frame = await _frame(coordinator, case)
        me = (await _json(expert, "/api/session"))["actor"]["id"]
        experts = f"/api/consultations/{case}/experts"
        took = []
        for _ in range(tries):
            await _until(expert, frame, 404)
            began = perf_counter()
            async with coordinator.post(experts, json={"staff_id": me}) as answer:
                assert answer.ok, await answer.text()
            await _until(expert, frame, 200)
            took.append((perf_counter() - began) * 1000)
            async with coordinator.delete(f"{experts}/{me}") as answer:
                assert answer.ok, await answer.text()
        return took


async def _frame(coordinator: aiohttp.ClientSession, case: UUID) -> str:
    """The address of a frame, once it is readable: imaging first needs all the grants."""
    study = (await _json(coordinator, f"/api/consultations/{case}"))["studies"][0]
    instances = f"/dicomweb/studies/{study['study_uid']}/instances?limit=1"
    await _until(coordinator, instances, 200)
    return frame_addresses(await _json(coordinator, instances))[0]


async def _until(who: aiohttp.ClientSession, frame: str, status: int) -> None:
    """Asks without pause until the answer has this status."""
    async with asyncio.timeout(60):
        while True:
            async with who.get(frame) as answer:
                body = await answer.read()
                if answer.status == status:
                    assert body
                    return


async def _json(who: aiohttp.ClientSession, path: str) -> Any:
    async with who.get(path) as answer:
        assert answer.status == 200, (path, answer.status)
        return await answer.json(content_type=None)
