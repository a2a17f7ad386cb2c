"""A browser that stands on a ward, and a device that an administrator has made of it."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from tests.telemed.conftest import Call, FakeClock, World, app_of

Screen = TestClient[Any, Any]


@pytest.fixture
async def screen(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Screen:
    """A browser that stands on a ward, and at which nobody has signed in."""
    return await aiohttp_client(app_of(world, tmp_path, clock))


@pytest.fixture
async def other_screen(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Screen:
    """Another one."""
    return await aiohttp_client(app_of(world, tmp_path, clock))


async def ask(screen: Screen, method: str, path: str, **more: Any) -> tuple[int, Any]:
    """What the device's own page asks, by its cookie; whoever is signed in on its browser has another beside it."""
    async with screen.request(method, f"/api/{path}", **more) as answer:
        return answer.status, await answer.json() if answer.content_type.endswith("json") else None


async def code_of(screen: Screen) -> str:
    status, found = await ask(screen, "POST", "devices/code")
    assert status == 200, found
    return str(found["code"])


async def registered(call: Call, screen: Screen, venue: UUID | None = None, who: str = "admin") -> Any:
    new = {"code": await code_of(screen), "name": "一号车", "kind": "cart", "venue_id": venue and str(venue)}
    status, found = await call(who, "POST", "/admin/devices", json=new)
    assert status == 201, found
    return found
