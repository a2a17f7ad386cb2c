"""A UID that no image can have is refused wherever one comes in, and read where it is stored."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import update

from telemed.consultations.model import Consultation
from telemed.kit.model import INCOMING
from telemed.kit.uid import Uid
from tests.telemed.conftest import Call, World
from tests.telemed.opinions.helpers import consultation, key_image, opinion, save
from tests.telemed.requests.helpers import change, complete, draft, get, submit

BAD = ["", ".", "..", "1..2", ".1", "1.", "1." * 31 + "234", "1.2\n", "1.x"]


@pytest.mark.parametrize("bad", BAD)
def test_a_uid_has_no_empty_component(bad: str) -> None:
    uid = TypeAdapter(Uid)
    with pytest.raises(ValidationError):
        uid.validate_python(bad, context=INCOMING)
    assert uid.validate_python("1.2.0840.00." + "1" * 52, context=INCOMING)


@pytest.mark.parametrize("bad", ["..", "1..2"])
async def test_no_door_lets_such_a_uid_in(call: Call, world: World, bad: str) -> None:
    row = await complete(call)
    assert (await submit(call, row))[0] == 200
    at = f"/consultations/{row['id']}"
    bodies: list[tuple[str, str, dict[str, Any]]] = [
        ("radiographer", f"{at}/uploaded", {"study_uids": [bad]}),
        ("doctor", f"{at}/packet", {"kind": "study", "study_uid": bad, "title": "CT"}),
    ]
    answers = [await call(who, "POST", path, json=body) for who, path, body in bodies]
    answers.append(await call("doctor", "PATCH", f"/requests/{row['id']}", match=2, json=_naming(bad)))
    id = await consultation(world)
    for field in ("study_uid", "series_uid", "instance_uid"):
        answers.append(await save(call, id, 0, opinion(key_images=[await key_image(call) | {field: bad}])))
    assert [(status, problem["code"], problem["errors"][0]["loc"][-1]) for status, problem in answers] == [
        (422, "invalid", last) for last in (0, "study_uid", "uid", "study_uid", "series_uid", "instance_uid")
    ]


async def test_a_request_that_has_one_from_before_is_read_and_changed(call: Call, world: World) -> None:
    row = await change(call, await draft(call), content={"studies": [{"uid": "1.2"}]})
    async with world.db.write() as db:
        await db.exec(update(Consultation).values(request=row["content"] | _naming("1..2")["content"]))
    row = await change(call, await get(call, row["id"]), content={"bed": "3"})
    assert (row["content"]["bed"], row["content"]["studies"][0]["uid"]) == ("3", "1..2")


def _naming(uid: str) -> dict[str, Any]:
    return {"content": {"studies": [{"uid": uid}]}}
