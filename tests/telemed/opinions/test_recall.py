"""A study turns out not to be the patient's: nobody signs on it, and who signed and who treats by it are told."""

from sqlmodel import select

from telemed.bridge import packets
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import Call, World
from tests.telemed.news import study_news
from tests.telemed.opinions.helpers import STUDY, consultation, key_image, opinion, save, sign, signed
from tests.telemed.opinions.test_writing import text_of


async def decided(world: World, state: LinkState) -> None:
    """What a person of the branch said of the study, and the news of it."""
    async with world.db.write() as db:
        link = (await db.exec(select(StudyLink).where(StudyLink.study_uid == STUDY))).one()
        link.state = state
        await packets.consume(db, study_news(STUDY, link.patient_id, state))


async def _waits(call: Call, who: str) -> list[str]:
    return [each["kind"] for each in (await call(who, "GET", "/home"))[1]["items"] if each["kind"] == "reassess"]


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


async def test_nobody_signs_on_a_key_image_whose_study_was_recalled(call: Call, world: World) -> None:
    id = await consultation(world)
    status, draft = await save(call, id, 0, opinion(key_images=[await key_image(call)]))
    assert status == 200
    await decided(world, LinkState.rejected)
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"], problem["images"]) == (409, "other_study", ["k1"])
