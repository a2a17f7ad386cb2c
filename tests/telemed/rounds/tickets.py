"""What a ticket for a round's room says."""

import base64
import json
from typing import Any

from tests.telemed.conftest import Call


async def claims_of(call: Call, who: str, room: str) -> dict[str, Any]:
    status, out = await call(who, "POST", f"/rooms/{room}/ticket", json={"device": "page"})
    assert status == 200, out
    middle = out["ticket"].split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    return claims
