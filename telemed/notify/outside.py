"""The two ways out of the product, as pages try them: a test message now and then, not a flood."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from telemed.errors import TooMany
from telemed.kit.sealed import Seal
from telemed.kit.table import new_id
from telemed.notify.allowed import Allowed
from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from telemed.notify.ports import Letter, Notices, Post
from telemed.notify.posting import Robots
from telemed.work.outgoing import Robot

TESTED_AGAIN: Final = timedelta(seconds=20)


@dataclass
class Outside:
    """`seal`: of robots' addresses. `mail`: None where there is no mail server. `allowed`: where robots may be."""

    seal: Seal
    mail: Notices[Letter] | None = None
    allowed: Allowed = field(default_factory=lambda: Allowed({}))
    robots: Notices[Post] = field(init=False)
    _tested: dict[UUID, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.robots = Robots(self.allowed, self.seal)

    async def test_mail(self, by: UUID, to: str, language: str, message: Message, now: datetime) -> NotSent | None:
        """Raises TooMany, as `test_robot`."""
        self._once_in_a_while(by, now)
        if self.mail is None:
            return NotSent.not_set_up
        letter = Letter(new_id(), to, language, message)
        return (await self.mail.send([letter]))[letter.id]

    async def test_robot(self, by: UUID, robot: Robot, message: Message, now: datetime) -> NotSent | None:
        self._once_in_a_while(by, now)
        post = Post(new_id(), robot, message)
        return (await self.robots.send([post]))[post.id]

    def _once_in_a_while(self, by: UUID, now: datetime) -> None:
        self._tested = {who: at for who, at in self._tested.items() if now - at < TESTED_AGAIN}
        if before := self._tested.get(by):
            left = TESTED_AGAIN - (now - before)
            raise TooMany("Wait a moment before the next test.", retry_after=max(1, round(left.total_seconds())))
        self._tested[by] = now
