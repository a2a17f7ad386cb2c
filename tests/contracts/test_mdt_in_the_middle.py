"""What an expert or the chair of an MDT says while another changes it counts as of afterwards, on both databases."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities.model import Participant
from telemed.consultations.lookup import locked
from telemed.consultations.model import Consultation
from telemed.opinions import sections
from telemed.opinions.model import MemberAbsence, MemberSection, Opinion
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import opinion, save, sign
from tests.telemed.opinions.sections import mdt, say, sign_section, state_absent, write

Answer = tuple[int, Any]
Change = Callable[[AsyncSession, Consultation], Awaitable[None]]


async def _while_it_changes(world: World, id: str, change: Change, asked: Awaitable[Answer]) -> Answer:
    """Asks while somebody is in the middle of a change, so that it is read before and would be kept after it."""
    async with world.db.write() as db:
        await change(db, await locked(db, UUID(id)))
        await db.flush()
        task = asyncio.ensure_future(asked)
        await until_blocked(world.db, task)
    return await task


async def test_an_expert_who_is_taken_off_while_they_sign_has_not_signed(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await write(call, world, id, "expert2", "心内科意见")

    async def take_off(db: AsyncSession, row: Consultation) -> None:
        await db.exec(delete(Participant).where(col(Participant.staff_id) == world.ids["expert2"]))

    assert (await _while_it_changes(world, id, take_off, sign_section(call, id, "expert2", 1)))[0] == 404
    (kept,) = await rows(world.db, MemberSection)
    assert kept.signed_at is None


async def test_the_chair_signs_nothing_while_somebody_is_waited_for_again(call: Call, world: World) -> None:
    id = await mdt(call, world)
    for who in ("expert2", "neurologist"):
        assert (await state_absent(call, world, id, who))[0] == 204
    _, draft = await save(call, id, 0, opinion())

    async def wait_again(db: AsyncSession, row: Consultation) -> None:
        await sections.take_back_absence(db, world.actor("expert"), row.id, world.ids["expert2"], NOW)

    status, problem = await _while_it_changes(world, id, wait_again, sign(call, id, draft["version"]))
    assert (status, problem["reason"]) == (409, "sections_wait")
    assert [each.signed_at for each in await rows(world.db, Opinion)] == [None]


async def test_who_no_longer_chairs_states_nobody_absent(call: Call, world: World) -> None:
    id = await mdt(call, world)

    async def lead_instead(db: AsyncSession, row: Consultation) -> None:
        row.lead_id = world.ids["expert2"]

    status, problem = await _while_it_changes(world, id, lead_instead, state_absent(call, world, id, "neurologist"))
    assert (status, problem["reason"]) == (403, "not_your_section")
    assert await rows(world.db, MemberAbsence) == []


@pytest.mark.parametrize("change", ["UPDATE membersection SET text = '改'", "DELETE FROM membersection"])
async def test_a_signed_section_is_neither_changed_nor_deleted(call: Call, world: World, change: str) -> None:
    id = await mdt(call, world)
    await say(call, world, id, "expert2", "心内科意见")
    with pytest.raises(DBAPIError, match="never changes"):
        async with world.db.write() as db:
            await (await db.connection()).exec_driver_sql(change)
    (kept,) = await rows(world.db, MemberSection)
    assert (kept.text, kept.number) == ("心内科意见", 1)
