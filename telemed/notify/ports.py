"""The port by which notices leave the product."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID

from telemed.notify.message import Message
from telemed.notify.outcome import NotSent
from telemed.work.outgoing import Robot

Out = TypeVar("Out", contravariant=True)


class Letter(NamedTuple):
    """A mail to a person. `id`: of the delivery, so that a repeat is recognised by mail programs."""

    id: UUID
    to: str
    language: str
    message: Message


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
