"""The bus within one process: `publish` calls the reader and waits for its commit."""

from collections.abc import Awaitable, Callable

from signaling.bus.base import Event


class LocalBus:
    def __init__(self, reader: Callable[[Event], Awaitable[None]]) -> None:
        self._reader = reader

    async def publish(self, event: Event) -> None:
        await self._reader(event)
