"""Of two administrators who take each other's rights at once, one stays, on SQLite and PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import cast
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Actor, Role
from telemed.administration import command_line, leaving, staffing
from telemed.administration.staff_schemas import StaffIn
from telemed.consultations.service import Opinions
from telemed.errors import TelemedError
from telemed.people.model import Title
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, World

NOTHING = cast(Opinions, None)  # waits for them, so no opinion is asked for
Act = Callable[[AsyncSession, Actor, UUID], Awaitable[object]]


async def _disabled(db: AsyncSession, by: Actor, id: UUID) -> None:
    await leaving.disable(db, by, id, (await staffing.one(db, "wuxi", id)).version, {}, None, NOTHING, NOW)


async def _at_the_command_line(db: AsyncSession, by: Actor, id: UUID) -> None:
    username = (await db.get_one(Account, id)).username
    await command_line.disable(db, username, NOW)


async def _role_taken(db: AsyncSession, by: Actor, id: UUID) -> None:
    await staffing.save(db, by, "wuxi", StaffIn(roles=[Role.primary_nurse]), NOW, id=id)


@pytest.mark.parametrize("other", [_disabled, _at_the_command_line, _role_taken])
@pytest.mark.parametrize("one", [_disabled, _role_taken])
async def test_of_two_who_shut_each_other_out_one_is_told(world: World, one: Act, other: Act) -> None:
    first = world.actor("wuxi_admin")
    new = StaffIn(number="W9", name="second", title=Title.administrator, roles=[Role.administrator])
    async with world.db.write() as db:
        second = replace(first, id=(await staffing.save(db, None, "wuxi", new, NOW)).row.id)

    async def answers() -> None:
        async with world.db.write() as db:
            await other(db, second, first.id)

    async with world.db.write() as db:
        await one(db, first, second.id)
        task = asyncio.ensure_future(answers())
        await until_blocked(world.db, task)
    with pytest.raises(TelemedError) as refused:
        await task
    assert refused.value.extra["reason"] == "last_administrator"


async def test_of_two_first_administrators_of_a_branch_that_its_hub_enters_one_is_made(world: World) -> None:
    hub = world.actor("admin")
    async with world.db.write() as db:
        account = await db.get_one(Account, world.ids["jiashan_admin"])
        account.disabled_at = NOW

    async def enter(db: AsyncSession, number: str) -> None:
        new = StaffIn(number=number, name="first", title=Title.administrator, roles=[Role.administrator])
        await staffing.save(db, hub, "jiashan", new, NOW)

    async def too() -> None:
        async with world.db.write() as db:
            await enter(db, "J2")

    async with world.db.write() as db:
        await enter(db, "J1")
        task = asyncio.ensure_future(too())
        await until_blocked(world.db, task)
    with pytest.raises(TelemedError) as refused:
        await task
    assert refused.value.extra["reason"] == "own_administrator"
