"""Numbers and sign-in names are spelled alike, however they are typed; a name that cannot be made is said."""

import pytest

from tests.telemed.administration.entering import NEW, enter
from tests.telemed.conftest import Call, World


async def test_however_a_number_and_a_sign_in_name_are_typed_they_are_one_persons(world: World, call: Call) -> None:
    made = await enter(call, number="Ｗ ０００７", username=" Wuxi_Ye ")
    assert (made["number"], made["username"]) == ("W0007", "wuxi_ye")
    again = NEW | {"number": "W0007", "licence": ""}
    status, problem = await call("wuxi_admin", "POST", "/admin/staff", json=again)
    assert (status, problem["reason"]) == (409, "staff_number_taken")
    again |= {"number": "W0008", "username": "ＷＵＸＩ_ye"}
    status, problem = await call("wuxi_admin", "POST", "/admin/staff", json=again)
    assert (status, problem["reason"], problem["username"]) == (409, "username_taken", "wuxi_ye")
    path = f"/admin/staff/{made['id']}"
    status, same = await call("wuxi_admin", "PUT", path, match=1, json={"username": "WUXI_YE", "number": "w0007"})
    assert (status, same["username"], same["number"]) == (200, "wuxi_ye", "w0007"), "the case of a number is theirs"


@pytest.mark.parametrize(
    ("number", "reason", "made"),
    [("实习 01", "username_unfit", "wuxi.实习01"), ("w0099", "username_taken", "wuxi.w0099")],
)
async def test_a_sign_in_name_that_the_number_does_not_make_is_said_and_can_be_given(
    call: Call, number: str, reason: str, made: str
) -> None:
    await enter(call)
    new = NEW | {"number": number, "licence": ""}
    _, problem = await call("wuxi_admin", "POST", "/admin/staff", json=new)
    assert (problem["reason"], problem["fields"], problem["username"]) == (reason, ["username"], made)
    assert (await enter(call, number=number, licence="", username="Shixi01"))["username"] == "shixi01"
