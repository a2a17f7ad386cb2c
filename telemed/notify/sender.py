"""Sends what is due by mail and to group robots, each in rounds of its own; a crash sends a message again, and never
loses one.
"""

import asyncio
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final
from uuid import UUID

from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.notify import queue
from telemed.notify.letters import Wording
from telemed.notify.outcome import NotSent
from telemed.notify.outside import Outside
from telemed.notify.ports import Letter, Post
from telemed.work.model import Channel

EVERY: Final = timedelta(seconds=1)
POSTS_AT_ONCE: Final = 8


class Sender:
    def __init__(self, database: Database, clock: Clock, outside: Outside, wording: Wording) -> None:
        self._mail, self._robots = outside.mail, outside.robots
        self._database, self._clock, self._wording = database, clock, wording
        self._turns = asyncio.Semaphore(POSTS_AT_ONCE)

    async def send_due(self, *only: Channel) -> Mapping[UUID, Exception]:
        """One round of these channels, or of all; returns our own failures, by delivery.

        A server that is away is none: its messages wait, and say why.
        """
        channels = only or tuple(Channel)
        async with self._database.read() as db:
            if not await queue.anything_due(db, channels, self._clock()):
                return {}
        async with self._database.write() as db:
            due = await queue.take(db, channels, self._clock(), self._wording, mail=self._mail is not None)
        failed = due.failed
        works = [self._letters(due.letters), *(self._post(each) for each in due.posts)]
        for ended in await asyncio.gather(*works, return_exceptions=True):  # all go on though one cannot be noted
            if isinstance(ended, BaseException):
                raise ended
            failed |= ended
        return failed

    async def _letters(self, letters: list[Letter]) -> Mapping[UUID, Exception]:
        if self._mail is None or not letters:
            return {}
        became = await self._mail.send(letters)
        return await self._note(became, {each.id for each in letters} - became.keys())

    async def _post(self, post: Post) -> Mapping[UUID, Exception]:
        async with self._turns:
            became = await self._robots.send([post])
        return await self._note(became)

    async def _note(
        self, became: Mapping[UUID, NotSent | None], untried: Collection[UUID] = ()
    ) -> Mapping[UUID, Exception]:
        async with self._database.write() as db:
            await queue.put_back(db, untried, self._clock(), self._wording)
            return await queue.note(db, became, self._clock(), self._wording)
