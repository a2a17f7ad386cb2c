"""A study that is no longer shown says so on the case page: since when, by whom and why."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.bridge import packets
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed import news
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import STUDY, consultation


@pytest.fixture
async def id(world: World) -> str:
    """In progress, with one study of its packet on the screen."""
    made = await consultation(world, State.in_progress)
    async with world.db.write() as db:
        (await db.get_one(Consultation, UUID(made))).packet_locked_at = NOW
    return made


async def _seen(call: Call, id: str, who: str = "expert") -> list[dict[str, Any]]:
    status, page = await call(who, "GET", f"/consultations/{id}")
    assert status == 200, page
    assert {each["study_uid"] for each in page["studies"] if each["link"] == "confirmed"}.isdisjoint(
        each["study_uid"] for each in page["taken_away"]
    )
    found: list[dict[str, Any]] = page["taken_away"]
    return found


async def _news(world: World, state: LinkState) -> None:
    async with world.db.write() as db:
        await packets.consume(db, await news.decided(db, STUDY, state))


async def test_of_a_rejected_study_who_and_when_is_said_and_the_words_to_its_own_hospital(
    call: Call, world: World, id: str
) -> None:
    assert await _seen(call, id) == []
    (link,) = await rows(world.db, StudyLink)
    body = {"reason": "号码录错，是王某的片子"}
    path = f"/studies/{link.id}/reject"
    status, answer = await call("radiographer", "POST", path, match=link.version, json=body)
    assert status == 200, answer
    (told,) = await _seen(call, id)
    assert (told["study_uid"], told["why"], told["by_name"], told["reason"]) == (STUDY, "rejected", "radiographer", "")
    assert (told["at"], told["title"]) == ("2026-03-02T01:00:00Z", "主动脉 CTA")
    assert [each["reason"] for each in await _seen(call, id, "doctor")] == [body["reason"]]
    await _news(world, LinkState.rejected)  # and it leaves the packet
    assert await _seen(call, id) == [told]
    await _news(world, LinkState.confirmed)
    assert await _seen(call, id) == []


async def test_of_a_study_with_images_of_two_patients_nobody_decided_anything(
    call: Call, world: World, id: str
) -> None:
    async with world.db.write() as db:
        (await db.exec(select(StudyView))).one().mixed = True
        (await db.exec(select(StudyLink))).one().state = LinkState.proposed
    assert [(each["why"], each["by_name"]) for each in await _seen(call, id)] == [("mixed", "")]


async def test_of_a_study_that_is_another_patients_it_is_said(call: Call, world: World, id: str) -> None:
    async with world.db.write() as db:
        link = (await db.exec(select(StudyLink))).one()
        link.patient_id, link.by = None, world.ids["radiographer"]
    assert [(each["why"], each["by_name"]) for each in await _seen(call, id)] == [("other_patient", "radiographer")]


async def test_before_the_meeting_too_it_is_said_of_a_study_that_left_the_open_packet(call: Call, world: World) -> None:
    id = await consultation(world, State.scheduled)
    (link,) = await rows(world.db, StudyLink)
    status, answer = await call(
        "radiographer", "POST", f"/studies/{link.id}/reject", match=link.version, json={"reason": "不是本人"}
    )
    assert status == 200, answer
    await _news(world, LinkState.rejected)
    assert [(each["study_uid"], each["why"]) for each in await _seen(call, id)] == [(STUDY, "rejected")]
