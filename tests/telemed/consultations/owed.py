"""Consents that are withdrawn or still owe something, and the deadlines that run because of it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from telemed.cases.events import ConsentRecorded, ConsentWithdrawn
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.hearing import consents_changed
from telemed.consultations.model import Consultation
from telemed.consultations.service import ask_for_consents
from telemed.history.events import About
from telemed.opinions.service import OpinionsOf
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.news import news


async def running(world: World, ladder: str) -> list[Deadline]:
    return [each for each in await rows(world.db, Deadline) if each.ladder == ladder and each.done_at is None]


async def make_paper_due(
    world: World,
    id: UUID,
    number: str = "C-1",
    now: datetime = NOW,
    kind: ConsentKind = ConsentKind.telephone,
    *,
    by: str = "doctor",
) -> UUID:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        assert row.case_id is not None
        made = Consent(
            number=number,
            case_id=row.case_id,
            activity="consultation",
            activity_id=id,
            kind=kind,
            needed=["consult"],
            scopes=["consult"],
            given_by="家属",
            witnesses=["甲", "乙"],
            at=now,
            recorded_by=world.ids[by],
            paper_due=True,
        )
        db.add(made)
        await db.flush()
        await ask_for_consents(db, row, now)
    return made.id


async def withdraw_consent(world: World, call: Call, id: UUID, at: datetime = NOW) -> None:
    """The only one that stands; it is heard of then."""
    every = [each for each in await rows(world.db, Consent) if each.activity_id == id]
    (consent,) = [each for each in every if each.withdrawn_at is None]
    said = {"reason": "家属改变主意"}
    path = f"/consents/{consent.id}/withdraw"
    assert (await call("doctor", "POST", path, match=consent.version, json=said))[0] == 200
    gone = ConsentWithdrawn(id=consent.id, number="C", kind=consent.kind, reason="", still_consented=False)
    await hear(world, id, gone, at)


async def hear(world: World, id: UUID, event: ConsentWithdrawn | ConsentRecorded, at: datetime = NOW) -> None:
    async with world.db.write() as db:
        about = About("wuxi", activity="consultation", activity_id=id)
        await consents_changed(db, replace(news(event, about), recorded_at=at), OpinionsOf())
