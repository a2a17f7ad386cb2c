"""A booking as one person's calendar shows it: what kind, where, when, with whom, and a link; no patient."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telemed.activities.kinds import Kinds
from telemed.interop import words
from telemed.people.model import Hospital
from telemed.scheduling.appointments import Appointment, is_over
from telemed.scheduling.model import Booking, BookingState
from telemed.scheduling.schemas import ResourceOut


class Status(StrEnum):
    """As the field STATUS (RFC 5545 §3.8.1.11)."""

    confirmed = "CONFIRMED"
    tentative = "TENTATIVE"
    cancelled = "CANCELLED"


@dataclass(frozen=True)
class Entry:
    uid: str
    sequence: int
    status: Status
    title: str
    where: str
    text: str
    link: str
    starts: datetime
    ends: datetime
    created: datetime
    changed: datetime


@dataclass(frozen=True)
class Words:
    """In whose language, and how kinds, hospitals and pages are named. `origin`: of the pages."""

    language: str
    kinds: Kinds
    hospitals: Mapping[str, Hospital]
    origin: str

    def entry(self, of: Appointment, hospital_id: str, now: datetime) -> Entry:
        """As it stands in the calendar of somebody of this hospital."""
        booking, released = of.booking, is_over(of.booking, now)
        link, title = self.link(booking), self.title(of, hospital_id)
        people = words.BETWEEN(self.language).join(self._at(each) for each in of.others)
        text = [words.PEOPLE(self.language).format(people=people)] if people else []
        return Entry(
            uid=uid_of(booking),
            sequence=booking.sequence + released,  # it is counted once it is released
            status=_status(of),
            title=words.CANCELLED(self.language).format(what=title) if of.cancelled else title,
            where=self.where(of),
            text="\n".join([*text, words.PAGE(self.language).format(link=link)]),
            link=link,
            starts=booking.starts_at,
            ends=booking.ends_at,
            created=booking.created_at,
            changed=(booking.expires_at if released else booking.changed_at) or booking.created_at,
        )

    def title(self, of: Appointment, hospital_id: str) -> str:
        """What kind of thing, and with which other hospitals."""
        what = self.called(of.booking)
        others = dict.fromkeys(each.hospital_id for each in of.others if each.hospital_id != hospital_id)
        if not others:
            return what
        who = words.BETWEEN(self.language).join(self._hospital(each) for each in others)
        return words.WITH(self.language).format(what=what, who=who)

    def called(self, booking: Booking) -> str:
        if (kind := self.kinds.get(booking.activity)) is not None:
            return kind.called(self.language)
        return {str(kind): said for kind, said in words.KINDS.items()}.get(booking.kind, words.BUSY)(self.language)

    def where(self, of: Appointment) -> str:
        if of.venue is None:
            return ""
        place = of.venue.place_en if self.language == "en" else of.venue.place
        return words.BETWEEN(self.language).join(each for each in (self._at(of.venue), place) if each)

    def link(self, booking: Booking) -> str:
        kind = self.kinds.get(booking.activity)
        return self.origin + (kind.page.format(id=booking.activity_id) if kind else "/calendar")

    def _at(self, each: ResourceOut) -> str:
        name = (each.name_en or each.name) if self.language == "en" else each.name
        return words.AT(self.language).format(name=name, hospital=self._hospital(each.hospital_id))

    def _hospital(self, id: str) -> str:
        row = self.hospitals[id]
        return row.name_en if self.language == "en" else row.name


def uid_of(booking: Booking) -> str:
    """The same wherever and however often it is read: in the feed, in mails, after a move, under another origin."""
    return f"booking-{booking.id}@telemed"


def _status(of: Appointment) -> Status:
    if of.cancelled:
        return Status.cancelled
    return Status.tentative if of.booking.state is BookingState.held else Status.confirmed
