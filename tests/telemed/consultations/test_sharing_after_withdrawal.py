"""After a consent was withdrawn no act of the branch shows the case to the hub again; another consent does."""

from uuid import UUID

import pytest
from sqlmodel import select

from telemed.cases.events import ConsentRecorded
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.service import consents_changed
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.opinions.service import OpinionsOf
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import INSTEAD_AT_BEDSIDE, act, instead, make_scheduled
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.news import news


async def withdrawn(call: Call, world: World) -> None:
    (consent,) = await rows(world.db, Consent)
    answer = await call("doctor", "POST", f"/consents/{consent.id}/withdraw", match=1, json={"reason": "家属要求"})
    assert answer[0] == 200, answer


async def seen_by(call: Call, id: UUID, *who: str) -> list[str]:
    return [each for each in who if (await call(each, "GET", f"/consultations/{id}"))[0] == 200]


@pytest.mark.parametrize("at", ["before the approval", "scheduled"])
async def test_an_accompanying_substitute_opens_it_to_nobody_at_the_hub(
    call: Call, submitted: Made, world: World, venue: UUID, at: str
) -> None:
    id = await submitted() if at == "before the approval" else await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await withdrawn(call, world)
    assert (await act(call, "doctor", id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2")))[0] == 200
    if at == "before the approval":
        for who, action in (("chief", "endorse"), ("reviewer", "approve")):
            assert (await act(call, who, id, action))[0] == 200
    assert await seen_by(call, id, "coordinator", "expert", "doctor2") == ["doctor2"]
    async with world.db.write() as db:
        (await db.exec(select(Consent))).one().withdrawn_at = None
        said = ConsentRecorded(id=new_id(), number="", kind=ConsentKind.patient)
        about = About("wuxi", activity="consultation", activity_id=id)
        await consents_changed(db, news(said, about), OpinionsOf())
    at_hub = ["coordinator"] if at == "before the approval" else ["coordinator", "expert"]
    assert await seen_by(call, id, "coordinator", "expert", "doctor2") == [*at_hub, "doctor2"]
