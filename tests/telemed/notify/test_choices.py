"""How a person is told, and a hospital's robots: each their own, and nobody else's."""

from typing import Any
from uuid import UUID

import pytest

from telemed.kit.sealed import Seal, Unreadable
from telemed.notify.addresses import Address, keep, opened, seal_all
from telemed.work.outgoing import Robot, RobotKind
from tests.fakes.outside import Chat, PostOffice
from tests.telemed.conftest import SEAL, Call, World, rows

pytestmark = pytest.mark.usefixtures("world")
CHOICE = {"email": "zhang@hospital.example", "mail": True, "quiet_from": "22:00", "quiet_until": "07:00"}
ROBOT: dict[str, Any] = {"kind": "wecom", "name": "会诊群", "role": "coordinator", "department_id": None}


async def test_a_person_chooses_how_they_are_told(call: Call) -> None:
    assert (await call("expert", "GET", "/notices/choice"))[1]["version"] == 0
    status, chosen = await call("expert", "PUT", "/notices/choice", match=0, json=CHOICE)
    assert (status, chosen["email"], chosen["version"]) == (200, "zhang@hospital.example", 1)
    status, problem = await call("expert", "PUT", "/notices/choice", match=0, json=CHOICE)
    assert (status, problem["current"]["version"]) == (412, 1)
    assert (await call("expert2", "GET", "/notices/choice"))[1]["email"] == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "zhang"},
        {"email": "a@b"},
        {"email": "zhang@x.example\nBcc: all@x.example"},
        {"email": "<zhang@x.example>"},
        {"email": "=?utf-8?q?=0A?=@x.example"},  # a line break, once a mail's header has read it
        {"quiet_until": ""},
        {"quiet_from": "24:00"},
    ],
)
async def test_what_is_no_address_or_no_hour_is_refused(call: Call, wrong: dict[str, str]) -> None:
    assert (await call("expert", "PUT", "/notices/choice", match=0, json=CHOICE | wrong))[0] == 422


async def test_a_test_mail_says_what_became_of_it_and_may_be_had_now_and_then(
    call: Call, post_office: PostOffice
) -> None:
    status, problem = await call("expert", "POST", "/notices/choice/test")
    assert (status, problem["reason"]) == (422, "no_address")
    await call("expert", "PUT", "/notices/choice", match=0, json=CHOICE)
    assert await call("expert", "POST", "/notices/choice/test") == (200, {"why": None})
    assert post_office.got == ["zhang@hospital.example"]
    assert (await call("expert", "POST", "/notices/choice/test"))[0] == 429
    await call("expert2", "PUT", "/notices/choice", match=0, json=CHOICE)
    post_office.unknown = {"zhang@hospital.example"}
    assert await call("expert2", "POST", "/notices/choice/test") == (200, {"why": "address"})


async def test_an_administrator_keeps_their_own_hospitals_robots(call: Call, world: World, chat: Chat) -> None:
    status, added = await call("admin", "POST", "/notices/robots", json=ROBOT | {"url": chat.url})
    assert (status, added["host"]) == (201, "127.0.0.1")
    assert "secret-of-the-group" not in str((await call("admin", "GET", "/notices/outside"))[1])
    path = f"/notices/robots/{added['id']}"
    assert await call("admin", "POST", f"{path}/test") == (200, {"why": None})
    assert len(chat.said) == 1
    status, changed = await call("admin", "PUT", path, match=1, json=ROBOT | {"name": "协调群"})
    assert (status, changed["name"], changed["host"]) == (200, "协调群", "127.0.0.1")
    for method, where, more in (
        ("POST", f"{path}/test", {}),
        ("PUT", path, {"match": 2, "json": ROBOT}),
        ("DELETE", path, {}),
    ):
        assert (await call("wuxi_admin", method, where, **more))[0] == 404
        assert (await call("expert", method, where, **more))[0] == 403
    assert (await call("wuxi_admin", "GET", "/notices/outside"))[1]["robots"] == []
    assert (await call("admin", "DELETE", path))[0] == 204
    assert (await call("admin", "GET", "/notices/outside"))[1]["robots"] == []


async def test_what_lets_one_write_to_a_group_lies_sealed_in_the_database_and_a_change_keeps_it(
    call: Call, world: World, chat: Chat
) -> None:
    new = ROBOT | {"url": chat.url, "secret": "SECabc", "kind": "dingtalk"}
    (_, added) = await call("admin", "POST", "/notices/robots", json=new)
    await call("admin", "PUT", f"/notices/robots/{added['id']}", match=1, json=ROBOT | {"kind": "dingtalk"})
    (row,) = await rows(world.db, Robot)
    assert (row.url[:8], row.secret[:8]) == ("sealed1:", "sealed1:")
    assert opened(row, SEAL) == (chat.url, "SECabc")
    row.url, row.secret = row.secret, row.url
    with pytest.raises(Unreadable):
        opened(row, SEAL)


async def test_a_robot_whose_key_is_gone_says_so_and_is_entered_anew(call: Call, world: World, chat: Chat) -> None:
    (_, added) = await call("admin", "POST", "/notices/robots", json=ROBOT | {"url": chat.url})
    path = f"/notices/robots/{added['id']}"
    async with world.db.write() as db:
        keep(await db.get_one(Robot, UUID(added["id"])), Address(chat.url, ""), Seal(bytes([1] * 32)))
    assert (await call("admin", "GET", "/notices/outside"))[1]["robots"][0]["host"] == ""
    assert await call("admin", "POST", f"{path}/test") == (200, {"why": "sealed"})
    status, changed = await call("admin", "PUT", path, match=1, json=ROBOT | {"url": chat.url})
    assert (status, changed["host"]) == (200, "127.0.0.1")


async def test_what_an_earlier_build_wrote_in_the_clear_is_sealed_at_the_start(world: World, chat: Chat) -> None:
    async with world.db.write() as db:
        db.add(Robot(kind=RobotKind.dingtalk, name="", hospital_id="ruijin", url=chat.url, secret="SECabc"))
    for _ in range(2):
        async with world.db.write() as db:
            await seal_all(db, SEAL)
        (row,) = await rows(world.db, Robot)
        assert opened(row, SEAL) == (chat.url, "SECabc")


async def test_a_robot_may_be_at_an_allowed_address_and_of_one_own_group_only(
    call: Call, world: World, chat: Chat
) -> None:
    status, problem = await call("admin", "POST", "/notices/robots", json=ROBOT | {"url": "https://evil.example/x"})
    assert (status, problem["reason"], problem["hosts"]) == (422, "robot_not_allowed", ["127.0.0.1"])
    both = ROBOT | {"url": chat.url, "department_id": str(world.departments["ruijin", "cardiology"])}
    assert (await call("admin", "POST", "/notices/robots", json=both))[0] == 422
    anothers = ROBOT | {
        "url": chat.url,
        "role": None,
        "department_id": str(world.departments["wuxi", "cardiology"]),
    }
    assert (await call("admin", "POST", "/notices/robots", json=anothers))[0] == 404


async def test_a_hospital_says_which_channels_it_allows(call: Call) -> None:
    (_, before) = await call("admin", "GET", "/notices/outside")
    version = before["allowed"]["version"]
    off = {"mail": False, "robots": True}
    status, after = await call("admin", "PUT", "/notices/outside", match=version, json=off)
    assert (status, after["mail"]) == (200, False)
    assert (await call("admin", "PUT", "/notices/outside", match=version, json=off))[0] == 412
    assert (await call("expert", "GET", "/notices/choice"))[1]["allowed"] is False
    assert (await call("doctor", "GET", "/notices/choice"))[1]["allowed"] is True
    assert (await call("expert", "PUT", "/notices/outside", match=version, json=off))[0] == 403
