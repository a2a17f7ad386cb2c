"""Hints about work items and notices, for the pages of those whom they concern; what became of deadlines."""

from uuid import UUID

from telemed.history.events import Code, Event, Hint
from telemed.work.model import Channel, Device, PassedFor, When


class WorkChanged(Hint):
    """Work was asked for, finished or withdrawn."""

    type = "work.changed"
    to: Code  # a subject: an account, or role:<hospital>:<role>
    about_id: UUID


class NoticeChanged(Hint):
    """Somebody is told of something, or no longer rung."""

    type = "notice.changed"
    to: Code  # an account
    about_id: UUID


class OfDeadline(Event):
    """A family: what became of a deadline."""

    deadline_id: UUID
    kind: Code


class ToldSeen(Hint):
    """Somebody has seen what they were told of an activity; of what rings tells `notice.seen`."""

    type = "told.seen"


class RungReached(OfDeadline):
    """A moment of its ladder has come. `told` is false for what an outage passed over, and where it is for nobody."""

    type = "rung.reached"
    n: int
    when: When
    role: Code  # whom it is for; "" for its owner and those on duty
    people: tuple[UUID, ...]
    late: bool
    told: bool


class DeadlineNudged(OfDeadline):
    """A coordinator reminded those of whom something late is asked."""

    type = "deadline.nudged"
    people: tuple[UUID, ...]


class NoticeSeen(OfDeadline):
    """A person who is rung has it on their screen."""

    type = "notice.seen"
    person_id: UUID
    device: Device


class NoticePassed(OfDeadline):
    """A person who is rung lets the next be rung."""

    type = "notice.passed"
    person_id: UUID
    why: PassedFor | None = None  # of those before it was asked, nobody knows


class NoticeUndelivered(OfDeadline):
    """A message was given up: the other server refused it for good, or did not take it for a day."""

    type = "notice.undelivered"
    channel: Channel
    to_id: UUID  # the person or the robot
    why: Code
