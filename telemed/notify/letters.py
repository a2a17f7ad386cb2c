"""Finds to whom a message goes and in which words: as of now, and not of when it was queued."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import uuid5

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account
from telemed.activities.kinds import Kinds
from telemed.kit.clock import day_in
from telemed.notify import message, words
from telemed.notify.message import Message
from telemed.notify.ports import Invitations, Letter, Receiver
from telemed.notify.words import is_due
from telemed.people.calendars import years_entered
from telemed.people.model import Hospital, Staff
from telemed.work.deliveries import STAT, wants_mail
from telemed.work.model import Deadline, When
from telemed.work.outgoing import Delivery, NoticeChoice

CHINESE: Final = "zh-CN"


class Wording(NamedTuple):
    """What messages are written with. `origin`: of the pages."""

    origin: str
    kinds: Kinds
    invitations: Invitations


@dataclass(frozen=True)
class Letters:
    """`only_calendar`: what happened need not be read any more; the mail is for its receiver's calendar."""

    db: AsyncSession
    wording: Wording
    deadline: Deadline
    now: datetime
    only_calendar: bool = False

    async def letter(self, delivery: Delivery) -> Letter | None:
        """None if this person does not want mail any more, or their calendar alone was to be told and knows already."""
        query = (
            select(NoticeChoice.email, Account.language, Hospital.time_zone)
            .join(Staff, col(Staff.id) == NoticeChoice.staff_id)
            .join(Account, col(Account.id) == Staff.id)
            .join(Hospital, col(Hospital.id) == Staff.hospital_id)
            .where(NoticeChoice.staff_id == delivery.to_id, wants_mail(), col(Account.disabled_at).is_(None))
        )
        found = (await self.db.exec(query)).first()
        if found is None:
            return None
        to = Receiver(*found)
        said = await self.wording.invitations.take(self.db, delivery, self.deadline, to, self.now)
        invited = [
            Letter(uuid5(delivery.id, str(n)), to.email, to.language, each.message, each) for n, each in enumerate(said)
        ]
        if self.only_calendar or delivery.for_calendar:
            if not invited:
                return None
            return invited[-1]._replace(id=delivery.id, first=tuple(invited[:-1]))
        told = await self._message(delivery.when, to.language, to.zone)
        carried = said[-1] if said else None
        return Letter(delivery.id, to.email, to.language, told, carried, tuple(invited[:-1]))

    async def post(self, hospital_id: str, when: When) -> Message:
        return await self._message(when, CHINESE, (await self.db.get_one(Hospital, hospital_id)).time_zone)

    async def _message(self, when: When, language: str, zone: str) -> Message:
        kind = self.wording.kinds.get(self.deadline.activity)
        path, called = (kind.page.format(id=self.deadline.activity_id), kind.called) if kind else ("/", words.ANYTHING)
        guessed = await self._guessed(zone)
        link = self.wording.origin + path
        return message.of_deadline(self.deadline, when, called, language, zone, link, guessed=guessed)

    async def _guessed(self, zone: str) -> list[int]:
        """The years that what is due touches and whose public holidays nobody has entered, as the pages say too."""
        due = self.deadline
        if due.activity_id is None or due.urgency == STAT or not is_due(due.kind, due.ladder):
            return []
        touched = {day_in(zone, due.began_at).year, day_in(zone, due.due_at).year}
        return sorted(touched.difference(await years_entered(self.db)))
