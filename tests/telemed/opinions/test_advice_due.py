"""When advice is due, whoever holds it up is told: each advice in its own time, an amended one too."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.consultations.dues import watch_anew
from telemed.consultations.model import Consultation
from telemed.consultations.sharing import with_hub
from telemed.opinions.model import Due
from telemed.opinions.rules import due_at
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import told
from tests.telemed.opinions.helpers import acknowledge, advice, answers, board, execute, opinion, save, sign, signed

SOON, HOUR, DAY = timedelta(minutes=40), timedelta(hours=1), timedelta(days=1)


async def running(world: World, ladder: str) -> list[datetime]:
    found = [each for each in await rows(world.db, Deadline) if each.ladder == ladder and each.done_at is None]
    return [each.due_at for each in found]


async def seen_by_the_centre(world: World, id: str) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        await with_hub(db, row, None, NOW)
        await watch_anew(db, row, NOW)


async def amended(call: Call, id: str, **content: object) -> None:
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    _, draft = await save(call, id, draft["version"], opinion(**content))
    status, out = await sign(call, id, draft["version"])
    assert status == 200, out


async def answered(
    call: Call, world: World, *rows: dict[str, Any], late: tuple[FakeClock, timedelta] | None = None, **by: str
) -> str:
    """All adopted; whoever `by` names by the advice's key carries it out, others the requesting doctor. `late`: the
    answer comes so much later.
    """
    id, out = await signed(call, world, advice=list(rows), medicines=[])
    if late:
        clock, after = late
        clock.now += after
    body = answers(out, *["adopted"] * len(rows))
    for row, each in zip(rows, body["answers"], strict=True):
        if row["key"] in by:
            each["assigned_to"] = str(world.ids[by[row["key"]]])
    path = f"/consultations/{id}/acknowledgement"
    status, said = await call("doctor", "POST", path, match=out["consultation_version"], json=body)
    assert status == 200, said
    return id


async def test_an_advice_is_late_in_its_own_time_and_only_who_carries_it_out_is_told(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await answered(call, world, advice("a1", "降压"), advice("a2", "复查", due="hours_2"), a2="doctor2")
    assert sorted(await running(world, "execution")) == [NOW + SOON, NOW + 2 * HOUR]
    assert await told(world, clock, NOW + SOON, "execution") == {"doctor"}
    assert await told(world, clock, NOW + SOON + HOUR, "execution") == {"chief"}
    assert await told(world, clock, NOW + 2 * HOUR, "execution") == {"doctor2"}, "though the first is open still"
    first, second = (await board(call, id))["advice"]
    assert (await execute(call, first))[0] == 200
    assert await running(world, "execution") == [NOW + 2 * HOUR]
    assert await told(world, clock, NOW + DAY + SOON, "execution") == {"chief"}, "of the second; the first has ended"
    assert await told(world, clock, NOW + DAY + 2 * HOUR, "execution") == {"doctor2"}
    assert (await execute(call, second, who="doctor2"))[0] == 200
    assert await running(world, "execution") == []


async def test_the_state_is_late_with_the_first_advice_that_is_still_open(call: Call, world: World) -> None:
    id = await answered(call, world, advice("a1", "降压"), advice("a2", "复查 CTA", due="days_3"))

    async def due() -> str:
        return str((await call("doctor", "GET", f"/consultations/{id}"))[1]["state_due_at"])

    assert datetime.fromisoformat(await due()) == NOW + SOON
    assert (await execute(call, (await board(call, id))["advice"][0]))[0] == 200
    assert datetime.fromisoformat(await due()) == NOW + 3 * DAY


async def test_who_carries_out_several_that_are_due_together_is_told_of_them_once(
    call: Call, world: World, clock: FakeClock
) -> None:
    await answered(call, world, *(advice(f"a{n}", "降压") for n in range(4)), a3="doctor2")
    assert await running(world, "execution") == [NOW + SOON]
    assert await told(world, clock, NOW + SOON, "execution") == {"doctor", "doctor2"}
    found = [each for each in await rows(world.db, Notice) if each.ladder == "execution"]
    assert len(found) == 2


async def test_each_who_carries_out_what_is_late_when_it_is_answered_is_told_at_once(
    call: Call, world: World, clock: FakeClock
) -> None:
    at = {"due": "at", "due_at": (NOW + HOUR).isoformat()}
    rows_ = (advice("a1", "降压", **at), advice("a2", "复查", **at), advice("a3", "监护", **at))
    await answered(call, world, *rows_, late=(clock, 1.5 * HOUR), a2="doctor2")
    found = [each.staff_id for each in await rows(world.db, Notice) if each.ladder == "execution"]
    assert sorted(found) == sorted([world.ids["doctor"], world.ids["doctor2"]]), "each once"


async def test_of_what_is_late_it_is_said_which_advice_it_is_and_whose(
    call: Call, world: World, clock: FakeClock
) -> None:
    rows = (advice("a1", "降压"), advice("a2", "复查", due="hours_2"), advice("a3", "监护"))
    id = await answered(call, world, *rows, a2="doctor2")
    await seen_by_the_centre(world, id)
    for at in (NOW + SOON, NOW + 2 * HOUR):
        await told(world, clock, at)
    items = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    late = {tuple(each["advice"]): len(each["waits_for"]) for each in items if each["ladder"] == "execution"}
    assert late == {(1, 3): 1, (2,): 1}
    names = {str(id): who for who, id in world.ids.items()}
    shown = (await call("expert", "GET", f"/home/told/{id}"))[1]["items"]
    whom = {tuple(each["advice"]): {names[who["id"]] for who in each["people"]} for each in shown}
    assert whom == {(1, 3): {"doctor", "chief"}, (2,): {"doctor2"}}
    await amended(call, id, advice=rows[1:], medicines=[])
    items = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert sorted(each["advice"] for each in items if each["ladder"] == "execution") == [[1], [2]], "as it reads now"


async def test_who_need_only_close_it_is_told_when_they_do_not(call: Call, world: World, clock: FakeClock) -> None:
    id, out = await signed(call, world, advice=[advice("a1", "降压")], medicines=[])
    assert (await acknowledge(call, id, out, "not_adopted"))[0] == 200
    assert await told(world, clock, NOW + timedelta(minutes=40), "execution") == {"doctor"}


async def test_an_amended_advice_is_to_be_answered_in_the_time_of_the_first_answers(
    call: Call, world: World, clock: FakeClock
) -> None:
    id, out = await signed(call, world, advice=[advice("a1", "降压", due="days_3")], medicines=[])
    assert (await acknowledge(call, id, out, "adopted"))[0] == 200
    await amended(call, id, advice=[advice("a1", "降压至 110 mmHg", due="days_3")], medicines=[])
    assert await running(world, "feedback") == [NOW + timedelta(hours=2)]
    assert await told(world, clock, NOW + timedelta(hours=2), "feedback") == {"doctor"}
    assert await told(world, clock, NOW + timedelta(hours=3), "feedback") == {"chief"}
    waiting = await board(call, id)
    assert (await acknowledge(call, id, waiting, "adopted"))[0] == 200
    assert await running(world, "feedback") == []


async def test_what_is_answered_anew_after_closing_is_watched_too(call: Call, world: World, clock: FakeClock) -> None:
    id, out = await signed(call, world, advice=[], medicines=[], no_advice=True)
    await acknowledge(call, id, out)
    assert (await board(call, id))["state"] == "closed"
    await amended(call, id, advice=[advice("a1", "复查超声", due="days_3")], medicines=[])
    assert (await acknowledge(call, id, await board(call, id), "adopted"))[0] == 200
    assert await running(world, "execution") == [NOW + 3 * DAY]
    assert (await execute(call, (await board(call, id))["advice"][0]))[0] == 200
    assert await running(world, "execution") == []


async def test_an_amendment_that_drops_the_last_open_advice_leaves_nobody_waiting(call: Call, world: World) -> None:
    id, out = await signed(call, world, advice=[advice("a1", "降压"), advice("a2", "转院")], medicines=[])
    path = f"/consultations/{id}/acknowledgement"
    body = answers(out, "adopted", "not_adopted")
    assert (await call("doctor", "POST", path, match=out["consultation_version"], json=body))[0] == 200
    await amended(call, id, advice=[advice("a2", "转院")], medicines=[])
    assert await running(world, "execution") == [NOW + timedelta(minutes=40)]
    assert (await board(call, id))["may"]["close"]


def test_what_is_to_be_done_now_is_late_within_the_hour_also_in_a_routine_consultation() -> None:
    tomorrow = NOW + DAY
    assert due_at(Due.now, None, tomorrow, NOW, "Asia/Shanghai") == NOW + SOON
    assert due_at(Due.before_discharge, None, tomorrow, NOW, "Asia/Shanghai") == tomorrow
