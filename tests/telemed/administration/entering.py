"""A person as an administrator enters them."""

from typing import Any

from tests.telemed.conftest import Call

NEW: dict[str, Any] = {
    "hospital_id": "wuxi",
    "number": "W0099",
    "name": "叶夏至",
    "title": "attending",
    "roles": ["requesting_doctor", "bed_doctor"],
    "phone": "138 0000 0099",
    "licence": "1103 1000 0000 099",
}


async def enter(call: Call, who: str = "wuxi_admin", **more: Any) -> dict[str, Any]:
    status, made = await call(who, "POST", "/admin/staff", json=NEW | more)
    assert status == 201, made
    found: dict[str, Any] = made
    return found
