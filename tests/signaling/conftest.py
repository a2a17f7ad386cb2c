"""A real server on a free port, for the tests that need sockets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from signaling import Event, LocalBus, Serving, serve_rooms
from signaling.rooms import Rooms
from tests.signaling.kit import NOW, ORIGIN, PUBLIC, new_rooms


@pytest.fixture
def rooms() -> Rooms:
    return new_rooms(NOW)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
async def serving(tmp_path: Path, events: list[Event]) -> AsyncIterator[Serving]:
    async def read(event: Event) -> None:
        events.append(event)

    path = tmp_path / "room.db"
    async with serve_rooms(path, lambda: PUBLIC, LocalBus(read), origins=[ORIGIN], drain_s=0.05) as serving:
        yield serving
