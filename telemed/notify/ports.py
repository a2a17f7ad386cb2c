"""The ports by which notices leave the product, and by which their mails carry what is for calendars."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from telemed.work.model import Deadline
from telemed.work.outgoing import Delivery, Robot

Out = TypeVar("Out", contravariant=True)


class Receiver(NamedTuple):
    email: str
    language: str
    zone: str


class Invitation(NamedTuple):
    """What a mail program does to its owner's calendar. `method`: REQUEST or CANCEL (RFC 5546).

    `message`: what a mail says that is sent for it alone.
    """

    method: str
    ics: bytes
    message: Message


class Letter(NamedTuple):
    """A mail to a person. `id`: of the delivery, so that a repeat is recognised by mail programs.

    `first`: further mails to the same person that are sent before it.
    """

    id: UUID
    to: str
    language: str
    message: Message
    invitation: Invitation | None = None
    first: tuple["Letter", ...] = ()


class Post(NamedTuple):
    """A message to a group. `id`: of the delivery."""

    id: UUID
    robot: Robot
    message: Message


class Notices(Protocol[Out]):
    """What takes the notices of one channel: `Mail` takes letters, `Robots` posts; SMS and voice would be others.

    In the product itself a notice is a row, which pages read.
    """

    async def send(self, due: Sequence[Out]) -> Mapping[UUID, NotSent | None]:
        """What became of each that was tried, by its id: None, or why it was not taken.

        Raises nothing. Called outside transactions. To other servers it tells the true time, which they compare with
        their own, and not that of a demonstration that runs ahead.
        """


class Invitations(Protocol):
    """What of a meeting a mail's receiver has in their calendar. All of it is called in the caller's transaction."""

    async def owed(self, db: AsyncSession, delivery: Delivery, deadline: Deadline, now: datetime) -> bool:
        """Whether the receiver's calendar needs this mail though nobody need read it, and no later mail is queued."""

    async def take(
        self, db: AsyncSession, delivery: Delivery, deadline: Deadline, to: Receiver, now: datetime
    ) -> Sequence[Invitation]:
        """What the mail that is now sent carries, as of now, in the order in which calendars must be told."""

    async def became(self, db: AsyncSession, ids: Collection[UUID], why: NotSent | None) -> None:
        """What became of the mails of these deliveries."""
