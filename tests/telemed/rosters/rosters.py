"""Rosters in a test's world, entered through the API."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.telemed.conftest import NOW, Call

HOUR = timedelta(hours=1)
EXPERTS = {"kind": "specialty", "subject": "cardiology"}
SETTINGS = {"covers": "always", "day_starts": "08:00", "night_starts": "18:00"}


async def made(call: Call, who: str = "admin", **of: str) -> dict[str, Any]:
    status, found = await call(who, "POST", "/admin/rosters", json=SETTINGS | (of or EXPERTS))
    assert status == 201, found
    assert isinstance(found, dict)
    return found


def shift(staff_id: UUID, starts: datetime = NOW - HOUR, ends: datetime = NOW + HOUR, place: int = 1) -> dict[str, Any]:
    at, until = starts.isoformat(), ends.isoformat()
    return {"staff_id": str(staff_id), "starts": at, "ends": until, "place": place, "note": ""}


async def put(
    call: Call, roster: dict[str, Any], shifts: Sequence[dict[str, Any]], who: str = "admin"
) -> tuple[int, Any]:
    """Saves these as the week of Monday, 2 March 2026."""
    body = {"first": "2026-03-02", "days": 7, "shifts": list(shifts)}
    return await call(who, "PUT", f"/admin/rosters/{roster['id']}/shifts", match=roster["version"], json=body)


async def kept(call: Call, shifts: Sequence[dict[str, Any]], who: str = "admin", **of: str) -> dict[str, Any]:
    """A new roster with these shifts; returns its plan."""
    status, found = await put(call, await made(call, who, **of), shifts, who)
    assert status == 200, found
    assert isinstance(found, dict)
    return found
