"""待联合签署: the experts beside the lead are reminded, once each, until they stand, decline, or it is closed."""

from typing import Any
from uuid import UUID

import pytest

from telemed.activities.events import ParticipantAdded
from telemed.bridge import reminders
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.consultations.words import ParticipantRole, State
from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, World, rows
from tests.telemed.news import news
from tests.telemed.opinions.helpers import board, booked, consultation, opinion, save, sign, take_stand


async def _asked(call: Call, who: str) -> int:
    return [each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"]].count("co_sign")


async def _decline(call: Call, id: str, who: str | None) -> tuple[int, object]:
    return await call(who, "POST", f"/consultations/{id}/opinion/stand/decline")


async def _amend(call: Call, id: str) -> Any:
    status, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    assert status == 201, draft
    return draft


async def _reminders(world: World) -> list[WorkItem]:
    return [each for each in await rows(world.db, WorkItem) if each.kind == "co_sign"]


async def _heard(world: World, id: str, state: State | None = None) -> None:
    """The news that the consultation has moved, or that somebody was added."""
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.state = state or row.state
        told = ParticipantAdded(staff_id=world.ids["expert2"], role=ParticipantRole.expert, name="expert2")
        for _ in range(2):  # it may come twice
            await reminders.consume(db, news(told, consultations.about(row)))


async def test_each_expert_on_the_booking_is_reminded_until_they_have_said_something(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "expert2", "neurologist")
    assert await _asked(call, "expert2") == 0, "nothing is written yet"
    _, draft = await save(call, id, 0, opinion())
    _, draft = await save(call, id, draft["version"], opinion(analysis="改了"))
    assert [await _asked(call, who) for who in ("expert2", "neurologist", "expert")] == [1, 1, 0]
    assert (await board(call, id, "expert2"))["reminded"] is True
    await take_stand(call, id, "expert2", "co_signed")
    await take_stand(call, id, "neurologist", "dissented", "另有看法")
    assert [await _asked(call, who) for who in ("expert2", "neurologist")] == [0, 0]
    _, draft = await save(call, id, draft["version"], opinion(analysis="又改了"))
    assert [await _asked(call, who) for who in ("expert2", "neurologist")] == [1, 0], "a co-signature lapses"
    assert (await sign(call, id, draft["version"]))[0] == 200, "nobody is waited for"
    await _heard(world, id)
    assert await _asked(call, "expert2") == 1
    await take_stand(call, id, "expert2", "co_signed")
    await _heard(world, id)
    assert await _asked(call, "expert2") == 0


async def test_who_declines_is_not_reminded_of_this_version_again_and_may_still_stand(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "expert2")
    _, draft = await save(call, id, 0, opinion())
    for who, status in ((None, 401), ("doctor", 403), ("neurologist", 404), ("expert", 403), ("expert2", 204)):
        assert (await _decline(call, id, who))[0] == status
    status, problem = await _decline(call, id, "expert2")
    assert status == 409, problem
    _, draft = await save(call, id, draft["version"], opinion(analysis="改了"))
    await sign(call, id, draft["version"])
    await _heard(world, id)
    assert (await _asked(call, "expert2"), (await board(call, id, "expert2"))["reminded"]) == (0, False)
    await _amend(call, id)
    assert await _asked(call, "expert2") == 1, "a new version"
    assert (await take_stand(call, id, "expert2", "co_signed"))[0] == 200


async def test_a_refusal_is_of_the_version_that_is_open_whichever_the_reminder_came_from(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    await booked(world, id, "expert2")
    _, draft = await save(call, id, 0, opinion())
    await sign(call, id, draft["version"])
    await _heard(world, id)
    draft = await _amend(call, id)
    (item,) = await _reminders(world)
    assert (item.note, item.done_at) == ({"number": 2}, None), "the open reminder says which version it is about now"
    assert (await _decline(call, id, "expert2"))[0] == 204
    await save(call, id, draft["version"], opinion(analysis="改了"))
    assert await _asked(call, "expert2") == 0


async def test_a_refusal_of_an_amendment_that_was_dropped_is_not_of_the_next(call: Call, world: World) -> None:
    id = await consultation(world)
    await booked(world, id, "expert2")
    _, draft = await save(call, id, 0, opinion())
    await sign(call, id, draft["version"])
    await take_stand(call, id, "expert2", "co_signed")
    first = await _amend(call, id)
    assert (await _decline(call, id, "expert2"))[0] == 204
    assert (await call("expert", "DELETE", f"/consultations/{id}/opinion/amendment"))[0] == 204
    assert await _asked(call, "expert2") == 0, "to the signed version they have said something"
    second = await _amend(call, id)
    assert second["number"] == first["number"]
    assert await _asked(call, "expert2") == 1


async def test_an_expert_who_was_added_later_is_reminded_too(call: Call, world: World) -> None:
    id = await consultation(world)
    await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    await _heard(world, id)
    assert await _asked(call, "expert2") == 1


@pytest.mark.parametrize("state", [State.closed, State.cancelled, State.accepted])
async def test_it_ends_when_the_consultation_does(call: Call, world: World, state: State) -> None:
    id = await consultation(world)
    await booked(world, id, "expert2")
    await save(call, id, 0, opinion())
    await _heard(world, id, state)
    (item,) = await _reminders(world)
    assert (item.outcome, item.due_at) == ("withdrawn", None)
