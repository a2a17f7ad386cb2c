"""What had to be reassessed at the upgrade, and nobody could: the hub sees it again, or the branch takes note."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from telemed.access.grants import role_subject
from telemed.access.model import CaseGrant, Role
from telemed.cases.model import Consent
from telemed.consultations.words import State
from telemed.db import Database
from telemed.people.duty import on_duty
from telemed.studies.model import LinkState
from telemed.work.clock import take_due
from telemed.work.model import Notice, WorkItem
from tests.contracts.upgraded import again
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.owed import running
from tests.telemed.opinions.recalled import decided, make_over, make_signed

BEFORE = "0032"


async def asked(world: World) -> set[tuple[str, UUID | None]]:
    found = [each for each in await rows(world.db, WorkItem) if each.kind in ("reassess", "recall")]
    return {(each.kind, each.staff_id) for each in found if each.done_at is None}


async def told(world: World, ladder: str) -> set[UUID]:
    (deadline,) = await running(world, ladder)
    assert await take_due(world.db, deadline.due_at, on_duty) == {}
    return {each.staff_id for each in await rows(world.db, Notice) if each.deadline_id == deadline.id}


async def test_an_archived_one_is_opened_to_the_hub_again(
    any_db: Database, call: Call, world: World, clock: FakeClock
) -> None:
    id = await make_over(call, world, clock, State.archived)
    await decided(world, LinkState.rejected, clock.now)
    async with any_db.write() as db:  # as it was before: nobody of the hub had a grant or was told
        await (await db.connection()).execute(text("UPDATE casegrant SET until = valid_from"))
        await (await db.connection()).execute(text("UPDATE deadline SET partner_id = NULL"))
    await again(any_db, BEFORE)
    async with any_db.read() as db:
        live = select(CaseGrant).where(CaseGrant.activity_id == id, CaseGrant.until > datetime.now(UTC))
        found = {each.grantee: each.allows for each in (await db.exec(live)).all()}
    read = ["annotate", "download", "read"]
    lead, centre = str(world.ids["expert"]), role_subject("ruijin", Role.coordinator)
    assert found == {lead: [*read, "write_opinion"], centre: read}
    assert await asked(world) == {("reassess", world.ids["expert"]), ("reassess", world.ids["doctor"])}
    assert await told(world, "reassessment") == {world.ids["expert"], world.ids["doctor"]}


async def test_where_the_consent_was_withdrawn_the_branch_takes_note(
    any_db: Database, call: Call, world: World
) -> None:
    await make_signed(call, world)
    await decided(world, LinkState.rejected, NOW)
    async with any_db.write() as db:
        (await db.exec(select(Consent))).one().withdrawn_at = NOW
    await again(any_db, BEFORE)
    assert await asked(world) == {("recall", world.ids["doctor"])}
    assert await running(world, "reassessment") == []
    assert await told(world, "recall") == {world.ids["doctor"]}
