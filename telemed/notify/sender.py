"""Sends what is due by mail and to group robots, side by side; a crash sends a message again, and never loses one."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from telemed.activities.kinds import Kinds
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.notify import queue
from telemed.notify.mail import Letter
from telemed.notify.outcome import NotSent
from telemed.notify.outside import Outside
from telemed.notify.queue import Post

EVERY: Final = timedelta(seconds=1)
POSTS_AT_ONCE: Final = 8


class Sender:
    """`origin`: of the pages, for links."""

    def __init__(self, database: Database, clock: Clock, outside: Outside, origin: str, kinds: Kinds) -> None:
        self._mail, self._robots = outside.mail, outside.robots
        self._database, self._clock, self._origin, self._kinds = database, clock, origin, kinds
        self._turns = asyncio.Semaphore(POSTS_AT_ONCE)

    async def send_due(self) -> Mapping[UUID, Exception]:
        """One round. A server that is away is no failure of ours: its messages wait, and say why."""
        async with self._database.read() as db:
            if not await queue.anything_due(db, self._clock()):
                return {}
        async with self._database.write() as db:
            due = await queue.take(db, self._clock(), self._origin, self._kinds, mail=self._mail is not None)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._letters(due.letters))
            for each in due.posts:
                tasks.create_task(self._post(each))
        return {}

    async def _letters(self, letters: list[Letter]) -> None:
        if self._mail is not None and letters:
            await self._note(await self._mail.send(letters, self._clock()))

    async def _post(self, post: Post) -> None:
        async with self._turns:
            why = await self._robots.post(post.robot, post.message)
        await self._note({post.id: why})

    async def _note(self, became: Mapping[UUID, NotSent | None]) -> None:
        async with self._database.write() as db:
            await queue.note(db, became, self._clock())
