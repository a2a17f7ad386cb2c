"""What the tests of recalled opinions share: a signed case, long over or not, whose images or consents change."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.access.model import Account
from telemed.bridge import packets
from telemed.cases.events import ConsentRecorded
from telemed.cases.model import ConsentKind
from telemed.consultations.model import Consultation
from telemed.consultations.service import close_when_done
from telemed.consultations.words import State
from telemed.studies.model import LinkState
from telemed.work.model import WorkKind
from telemed.work.service import finish
from tests.telemed import news
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import home_kinds, pass_time, state_of
from tests.telemed.consultations.conftest import consent_of
from tests.telemed.consultations.owed import hear
from tests.telemed.opinions.helpers import (
    HASH,
    STUDY,
    board,
    opinion,
    save,
    sign,
    signed,
)
from tests.telemed.requests.helpers import TELEPHONE

HUB = ("expert", "expert2", "coordinator", "hub_duty")


async def seen_by(call: Call, id: UUID, *who: str) -> list[str]:
    return [each for each in who if (await call(each, "GET", f"/consultations/{id}"))[0] == 200]


async def asked(call: Call, kind: str, *who: str) -> list[str]:
    return [each for each in who if kind in await home_kinds(call, each)]


async def make_signed(call: Call, world: World) -> UUID:
    """Signed by `expert`, with a consent; the branch has answered it."""
    id = UUID((await signed(call, world))[0])
    async with world.db.write() as db:
        db.add(consent_of(await db.get_one(Consultation, id)))
        (await db.get_one(Account, world.ids["expert2"])).password_hash = HASH
        await finish(db, id, [WorkKind.acknowledge], None, NOW)
    return id


async def make_over(call: Call, world: World, clock: FakeClock, state: State) -> UUID:
    """Long enough ago that nobody of the hub sees it any more: ten days after closing, or archived."""
    id = await make_signed(call, world)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state = State.executing
        await close_when_done(db, row, NOW)
    clock.now = NOW + timedelta(days=10 if state is State.closed else 40)
    await pass_time(world, clock.now)
    assert await state_of(call, id) == state
    assert await seen_by(call, id, *HUB) == []
    return id


async def decided(world: World, state: LinkState, at: datetime) -> None:
    async with world.db.write() as db:
        await packets.consume(db, replace(await news.decided(db, STUDY, state), recorded_at=at))


async def given_again(call: Call, world: World, id: UUID, at: datetime) -> UUID:
    status, made = await call("doctor", "POST", f"/consultations/{id}/consents", json=TELEPHONE)
    assert status == 201, made
    said = ConsentRecorded(id=UUID(made["id"]), number="C", kind=ConsentKind.telephone, paper_due=True)
    await hear(world, id, said, at)
    return UUID(made["id"])


async def amended(call: Call, id: UUID, who: str) -> None:
    path = f"/consultations/{id}/opinion/amendment"
    status, draft = await call(who, "POST", path, json={"reason": "影像非本患者"})
    assert status == 201, draft
    status, draft = await save(call, str(id), draft["version"], opinion(diagnosis="待查"), who=who)
    assert status == 200, draft
    status, out = await sign(call, str(id), draft["version"], who=who)
    assert status == 200, out


async def take_note(call: Call, id: UUID, who: str) -> tuple[int, Any]:
    version = (await board(call, str(id)))["consultation_version"]
    return await call(who, "POST", f"/consultations/{id}/opinion/recall/note", match=version)
