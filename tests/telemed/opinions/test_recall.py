"""A study turns out not to be the patient's: nobody signs on it, and who signed and who treats by it are told."""

from sqlmodel import col, delete, select

from telemed.bridge import packets
from telemed.cases.model import PacketItem
from telemed.kit.table import new_id
from telemed.opinions.model import OpinionPage
from telemed.opinions.page_bodies import studies_of
from telemed.studies.model import LinkState
from tests.telemed import news
from tests.telemed.conftest import Call, World
from tests.telemed.opinions.helpers import (
    OTHER,
    STUDY,
    board,
    consultation,
    decided,
    key_image,
    opinion,
    save,
    sign,
    signed,
    text_of,
    two_studies,
)


async def _waits(call: Call, who: str) -> list[str]:
    return [
        each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"] if each["kind"] == "reassess"
    ]


async def test_who_signed_and_who_treats_are_told_when_the_images_were_another_patients(
    call: Call, world: World
) -> None:
    id, out = await signed(call, world)
    one = out["signed"][0]
    before = await call("doctor", "GET", f"/opinions/{one['id']}/record")
    for _ in range(2):  # news may come twice
        await decided(world, LinkState.rejected)
    assert [await _waits(call, who) for who in ("expert", "doctor", "doctor2")] == [["reassess"], ["reassess"], []]
    _, page = await call("doctor", "GET", f"/consultations/{id}")
    assert [each["data"]["studies"] for each in page["history"] if each["type"] == "opinion.recalled"] == [
        [f"wuxi/{STUDY}"]
    ]
    await decided(world, LinkState.confirmed)  # the rejection was the mistake
    assert await _waits(call, "expert") == []
    await decided(world, LinkState.rejected)
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "影像非本患者"})
    assert (await sign(call, id, draft["version"]))[0] == 200
    assert [await _waits(call, who) for who in ("expert", "doctor")] == [[], []]
    _, found = await call("doctor", "GET", f"/opinions/{one['id']}/pages")
    assert [each["kind"] for each in found["items"]] == ["recalled", "reinstated", "recalled", "amended"]
    _, pdf = await call("doctor", "GET", f"/opinions/{one['id']}/pages/1")
    assert "不得作为诊疗依据" in text_of(pdf)
    assert await call("doctor", "GET", f"/opinions/{one['id']}/record") == before


async def test_each_study_is_lost_and_comes_back_by_itself(call: Call, world: World) -> None:
    id, one = await two_studies(call, world)

    async def asked() -> list[str]:
        items = (await call("doctor", "GET", "/home"))[1]["work"]["items"]
        return [each["note"]["text"] for each in items if each["kind"] == "reassess"]

    for study, state, waits in (
        (STUDY, LinkState.rejected, ["主动脉 CTA"]),
        (OTHER, LinkState.rejected, ["主动脉 CTA、胸部平扫"]),
        (STUDY, LinkState.confirmed, ["胸部平扫"]),
        (OTHER, LinkState.confirmed, []),
    ):
        for _ in range(2):  # news may come twice
            await decided(world, state, study)
        assert await asked() == waits
    _, page = await call("doctor", "GET", f"/consultations/{id}")
    came = [(each["type"], each["data"]["studies"]) for each in page["history"] if "opinion.re" in each["type"]]
    assert sorted(came) == sorted(
        (f"opinion.{what}", [f"wuxi/{study}"]) for what in ("recalled", "reinstated") for study in (STUDY, OTHER)
    )
    async with world.db.read() as db:
        told = (await db.exec(select(OpinionPage).order_by(col(OpinionPage.number)))).all()
    assert [(each.kind, studies_of(each)) for each in told] == [
        ("recalled", [f"wuxi/{STUDY}"]),
        ("recalled", [f"wuxi/{OTHER}"]),
        ("reinstated", [f"wuxi/{STUDY}"]),
        ("reinstated", [f"wuxi/{OTHER}"]),
    ]
    assert one == str(told[0].opinion_id)


async def test_a_study_that_the_signed_text_names_is_recalled_though_no_packet_held_it(
    call: Call, world: World
) -> None:
    """Texts from before drafts named a packet version hold what the request named as well."""
    id, _ = await signed(call, world)
    async with world.db.write() as db:
        await db.exec(delete(PacketItem))
    await decided(world, LinkState.rejected)
    assert [each["kind"] for each in (await board(call, id))["signed"][0]["pages"]] == ["recalled"]
    assert await _waits(call, "doctor") == ["reassess"]


async def test_it_is_recalled_though_no_packet_held_it_and_it_is_another_patients_now(call: Call, world: World) -> None:
    id, _ = await signed(call, world)
    async with world.db.write() as db:
        await db.exec(delete(PacketItem))
        first = await news.decided(db, STUDY, LinkState.rejected)
        second = await news.decided(db, STUDY, LinkState.confirmed, new_id())
        await packets.consume(db, second)  # the first was heard late, so whose it had been is nowhere but in the text
        await packets.consume(db, first)
    assert [each["kind"] for each in (await board(call, id))["signed"][0]["pages"]] == ["recalled"]
    assert [await _waits(call, who) for who in ("expert", "doctor")] == [["reassess"], ["reassess"]]


async def test_nobody_signs_on_a_key_image_whose_study_was_recalled(call: Call, world: World) -> None:
    id = await consultation(world)
    status, draft = await save(call, id, 0, opinion(key_images=[await key_image(call)]))
    assert status == 200
    await decided(world, LinkState.rejected)
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"], problem["images"]) == (409, "other_study", ["k1"])
