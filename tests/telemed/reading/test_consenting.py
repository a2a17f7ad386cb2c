"""On what a reading rests that nobody asked for in a consultation: a consent of the patient's stay, before the clause;
and what becomes of it when that consent is withdrawn.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import CaseGrant
from telemed.cases.events import ConsentWithdrawn
from telemed.cases.model import Case, Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.chart_tables import Admission
from telemed.reading import by_rule, hearing
from telemed.reading.model import Reading, RuleDraw
from telemed.reading.words import Drawn
from telemed.studies.model import StudyLink
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.conftest import Made, consent_of, submitted
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import STUDY, asked, claimed, issued, requested, save
from tests.telemed.reading.rule_helpers import clause, made

__all__ = ("submitted",)
REFUSED = (409, "reading_consent_withdrawn")


class Stay:
    """The study's patient lies at Wuxi, and has agreed to a consultation there."""

    def __init__(self, world: World, study: UUID, submitted: Made) -> None:
        self.world, self.study, self.submitted = world, study, submitted

    async def begins(self, **more: Any) -> None:
        async with self.world.db.write() as db:
            patient_id = (await db.get_one(StudyLink, self.study)).patient_id
            assert patient_id
            db.add(Admission(hospital_id="wuxi", patient_id=patient_id, source="typed", **more))

    async def signs(self, *, hub: str = "ruijin", **more: Any) -> UUID:
        id = await self.submitted()
        async with self.world.db.write() as db:
            row = await db.get_one(Consultation, id)
            row.patient_id, row.hub_id = (await db.get_one(StudyLink, self.study)).patient_id, hub
            assert row.case_id
            assert row.patient_id
            (await db.get_one(Case, row.case_id)).patient_id = row.patient_id
            consent = consent_of(row).sqlmodel_update(more)
            db.add(consent)
            return consent.id

    async def withdraws(self, id: UUID) -> None:
        """The news of it comes twice."""
        async with self.world.db.write() as db:
            consent = await db.get_one(Consent, id)
            consent.withdrawn_at = NOW
            news = ConsentWithdrawn(
                id=id, number=consent.number, kind=consent.kind, reason="患者撤回", still_consented=False
            )
            about = About("wuxi", "ruijin", activity="consultation", activity_id=consent.activity_id)
        for _ in range(2):
            async with self.world.db.write() as db:
                await hearing.consent_withdrawn(db, Heard(new_id(), news, about, NOW, NOW))

    async def reading(self) -> Reading:
        (row,) = await rows(self.world.db, Reading)
        return row


@pytest.fixture
def stay(world: World, study: UUID, submitted: Made) -> Stay:
    return Stay(world, study, submitted)


async def test_a_requested_reading_rests_on_the_consent_of_the_stay_and_prints_its_number(
    call: Call, world: World, stay: Stay
) -> None:
    await clause(call, world)
    await stay.begins()
    consent = await stay.signs(number="TY-20260302-AB12CD")
    out = await requested(call, stay.study)
    assert out["basis"] == "远程医疗知情同意书 TY-20260302-AB12CD"
    row = await stay.reading()
    assert (row.consent_id, row.clause_id, row.consultation_id) == (consent, None, None)
    out = await issued(call, out)
    text = "".join(text_of((await call("doctor", "GET", f"/reports/{out['report']['id']}/record"))[1]).split())
    assert "知情依据远程医疗知情同意书TY-20260302-AB12CD" in text


async def test_a_rule_needs_no_clause_for_who_has_signed(call: Call, world: World, stay: Stay) -> None:
    await made(call, world)
    await stay.begins()
    consent = await stay.signs()
    async with world.db.write() as db:
        await by_rule.study_came(db, "wuxi", STUDY, NOW)
    row = await stay.reading()
    assert row.rule_id is not None
    assert (row.consent_id, row.clause_id) == (consent, None)


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("to no images", {"scopes": ["consult"], "needed": ["consult"]}),
        ("not signed", {"file_id": None}),
        ("an emergency, to which nobody agreed", {"kind": ConsentKind.emergency, "approved_at": NOW}),
        ("names another hub since", {"outdated_at": NOW}),
        ("to another hub", {"hub": "jiashan"}),
        ("of an earlier stay", {"at": NOW - timedelta(days=9)}),
    ],
)
async def test_what_is_no_consent_to_this_leaves_the_clause(
    call: Call, world: World, stay: Stay, what: str, more: dict[str, Any]
) -> None:
    await clause(call, world)
    await stay.begins(admitted_at=NOW - timedelta(days=2))
    await stay.signs(**more)
    assert "阅片知情条款第 1 版" in (await requested(call, stay.study))["basis"], what
    assert (await stay.reading()).consent_id is None


@pytest.mark.parametrize("discharged", [None, NOW])
async def test_nobody_said_when_the_stay_began_so_what_was_signed_before_it_was_entered_is_not_of_it(
    call: Call, world: World, stay: Stay, discharged: datetime | None
) -> None:
    await stay.signs()
    await stay.begins(discharged_at=discharged)
    assert (await requested(call, stay.study))["basis"] == "", "and there is no clause"


async def test_withdrawing_ends_what_rests_on_it_at_the_desk(call: Call, world: World, stay: Stay) -> None:
    await clause(call, world)
    await stay.begins()
    consent = await stay.signs()
    out = await claimed(call, stay.study)
    assert (await save(call, out["id"], 0))[0] == 200
    await stay.withdraws(consent)
    _, seen = await call("doctor", "GET", f"/readings/{out['id']}")
    assert (seen["state"], seen["withdraw_words"], seen["due_at"]) == ("withdrawn", "", None)
    assert (await call("reader", "GET", f"/readings/{out['id']}"))[0] == 404
    grants = [each for each in await rows(world.db, CaseGrant) if each.activity_id == UUID(out["id"])]
    assert [each.ended_at is not None for each in grants] == [True] * len(grants)
    assert grants
    told = [each.staff_id for each in await rows(world.db, Notice) if each.ladder == "reading_withdrawn"]
    assert sorted(told) == sorted([world.ids["doctor"], world.ids["reader"]]), "each of them once"
    _, past = await call("doctor", "GET", f"/readings/{out['id']}/history")
    assert (past["items"][-1]["kind"], past["items"][-1]["by"]) == ("withdrawn", "")


async def test_another_consent_of_the_stay_covers_it(call: Call, world: World, stay: Stay) -> None:
    await stay.begins()
    first, second = await stay.signs(), await stay.signs()
    out = await requested(call, stay.study)
    await stay.withdraws(second)
    row = await stay.reading()
    assert (row.state, row.consent_id) == ("requested", first)
    await stay.withdraws(first)
    assert (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["state"] == "withdrawn"


async def test_what_is_issued_stays(call: Call, world: World, stay: Stay) -> None:
    await stay.begins()
    consent = await stay.signs()
    out = await issued(call, await requested(call, stay.study))
    await stay.withdraws(consent)
    _, seen = await call("reader", "GET", f"/readings/{out['id']}")
    assert (seen["state"], seen["basis"]) == ("issued", out["basis"])


async def test_the_clause_does_not_stand_in_for_what_was_withdrawn(call: Call, world: World, stay: Stay) -> None:
    await clause(call, world)
    await made(call, world)
    await stay.begins()
    await stay.withdraws(await stay.signs())
    status, answer = await call("doctor", "POST", "/readings", json=asked(stay.study))
    assert (status, answer["reason"]) == REFUSED
    async with world.db.write() as db:
        await by_rule.study_came(db, "wuxi", STUDY, NOW)
    assert [each.outcome for each in await rows(world.db, RuleDraw)] == [Drawn.no_clause]
    assert await rows(world.db, Reading) == []
    again = await stay.signs()
    await requested(call, stay.study)
    assert (await stay.reading()).consent_id == again, "a new one was signed"
