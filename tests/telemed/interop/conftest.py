"""A mail server beside the product, and a program that reads a feed."""

from pathlib import Path
from typing import Any

import pytest
from pytest_aiohttp import AiohttpClient

from telemed.audit.access_log import AccessLog
from tests.telemed.conftest import FakeClock, World, app_of
from tests.telemed.interop.kit import Fetch
from tests.telemed.notify.conftest import call, chat, outside, post_office, sender

__all__ = ["call", "chat", "outside", "post_office", "sender"]


@pytest.fixture
async def fetch(world: World, aiohttp_client: AiohttpClient, tmp_path: Path, clock: FakeClock) -> Fetch:
    """Asks for a path with these headers. Its access log is `access.log`."""
    client = await aiohttp_client(app_of(world, tmp_path, clock, access=AccessLog(tmp_path / "access.log")))

    async def get(path: str, **headers: str) -> tuple[int, Any, bytes]:
        async with client.get(path, headers=headers) as answer:
            return answer.status, answer.headers, await answer.read()

    return get
