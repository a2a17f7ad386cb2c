"""A bed that needs more than its round continues into the request of a consultation, in the same case."""

import asyncio
from typing import Any

from telemed.consultations.model import Consultation
from telemed.rounds.model import RoundItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.requests.helpers import get
from tests.telemed.rounds.helpers import at_bed, consent, instructed, item_of, listed, live

PREPARED = {
    "summary": "扩张型心肌病\nLVEF 28%，NT-proBNP 4200",
    "changes": "夜间阵发性呼吸困难一次",
    "question": "是否需要植入 CRT-D？",
    "minutes": 8,
}


async def continued(call: Call, item: Any, who: str = "doctor") -> tuple[int, Any]:
    return await call(who, "POST", f"/rounds/items/{item['id']}/consultation")


async def prepared(call: Call, world: World, clock: FakeClock) -> Any:
    session = await live(call, world, clock, "01")
    item = item_of(session, "01")
    status, out = await call("doctor", "PUT", f"/rounds/items/{item['id']}", json=PREPARED, match=item["version"])
    assert status == 200, out
    item = await at_bed(call, clock, session, "01")
    await instructed(call, clock, session, item)
    declined = await instructed(call, clock, session, item, text="停用地高辛")
    path = f"/rounds/instructions/{declined['id']}/decline"
    status, out = await call("doctor", "POST", path, json={"reason": "未在用"}, match=declined["version"])
    assert status == 200, out
    return item


async def test_what_the_round_said_stands_in_the_request_and_it_is_the_same_case(
    call: Call, world: World, clock: FakeClock
) -> None:
    item = await prepared(call, world, clock)
    status, out = await continued(call, item)
    assert status == 200, out
    row = await get(call, out["consultation_id"])
    content = row["content"]
    assert (row["state"], row["patient"]["name"], row["hub_id"]) == ("draft", "卫长庚", "ruijin")
    assert (content["diagnosis"], content["purpose"]) == ("扩张型心肌病", PREPARED["question"])
    assert content["history"] == f"{PREPARED['summary']}\n{PREPARED['changes']}"
    assert content["treatment"] == "1. 呋塞米改为口服 40 mg"
    assert (content["bed"], content["ward"], content["specialty"]) == ("01", "5 病区", "cardiology")
    assert (content["expert_wanted"], content["title_wanted"]) == (str(world.ids["expert"]), "chief")
    assert {name: each["source"] for name, each in content["filled"].items()} == dict.fromkeys(
        ("diagnosis", "history", "purpose", "treatment"), "round"
    )
    kept = {str(each.id): each for each in await rows(world.db, Consultation)}[out["consultation_id"]]
    of_round = {each.bed: each.case_id for each in await rows(world.db, RoundItem)}["01"]
    assert kept.case_id == of_round


async def test_pressed_twice_it_is_one_request(call: Call, world: World, clock: FakeClock) -> None:
    item = await prepared(call, world, clock)
    answers = await asyncio.gather(continued(call, item), continued(call, item))
    assert [status for status, _ in answers] == [200, 200]
    assert len({out["consultation_id"] for _, out in answers}) == 1
    assert len(await rows(world.db, Consultation)) == 1


async def test_only_of_who_is_confirmed_and_by_the_ward_alone(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    item = item_of(session, "01")
    status, out = await continued(call, item)
    assert (status, out["reason"]) == (409, "wrong_state")
    for who, expected in (("expert", 403), ("nurse", 403), ("jiashan_doctor", 404)):
        assert (await continued(call, item, who))[0] == expected, who
    assert await rows(world.db, Consultation) == []
