"""Entries in the format of calendar programs (RFC 5545, 5546, 7986). Folding, escaping and CRLF are the library's."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from telemed.interop.entries import Entry, Status
from telemed.interop.model import Method

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT: Final = "-//telemed//calendar//ZH"
AGAIN: Final = timedelta(minutes=30)  # how often programs are asked to read the feed; few obey
BUSY: Final = {Status.confirmed: "BUSY", Status.tentative: "TENTATIVE", Status.cancelled: "FREE"}  # Outlook's own word


def feed(entries: Sequence[Entry], name: str) -> bytes:
    """A calendar that is read again and again. Without METHOD, so DTSTAMP says the same as LAST-MODIFIED."""
    from icalendar import vText

    calendar = _calendar()
    for field in ("name", "x-wr-calname"):  # of these the library does not know that they are text, to be escaped
        calendar.add(field, vText(plain(name)))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT30M")
    for each in entries:
        calendar.add_component(_event(each, each.changed))
    return _bytes(calendar)


def for_mail(entry: Entry, sequence: int, title: str, how_to_answer: str, *, cancels: bool) -> Entry:
    """As a mail brings it: the time that is asked for is said to be certain, whoever has not accepted yet."""
    status = Status.cancelled if cancels else Status.confirmed
    text = entry.text if cancels else f"{entry.text}\n{how_to_answer}"
    return replace(entry, sequence=sequence, status=status, title=title, text=text)


def invitation(
    entry: Entry, method: Method, to: tuple[str, str], organizer: tuple[str, str], now: datetime, *, accepted: bool
) -> bytes:
    """What one person's mail program puts into their calendar, changes there, or takes out of it.

    `to`, `organizer`: address and name. No other address is told, and no answer is asked for by mail.
    """
    from icalendar import vCalAddress, vText

    calendar, event = _calendar(), _event(entry, now)
    calendar.add("method", method)
    for field, (address, name) in (("organizer", organizer), ("attendee", to)):
        who = vCalAddress(f"mailto:{address}")
        who.params["CN"] = vText(plain(name).replace("\n", " "))
        if field == "attendee":
            who.params["ROLE"], who.params["RSVP"] = "REQ-PARTICIPANT", "FALSE"
            who.params["PARTSTAT"] = "ACCEPTED" if accepted else "NEEDS-ACTION"
        event.add(field, who)
    calendar.add_component(event)
    return _bytes(calendar)


def _bytes(calendar: "Calendar") -> bytes:
    written: bytes = calendar.to_ical()
    return written


def _calendar() -> "Calendar":
    from icalendar import Calendar  # imported here: it takes a while, and few ever need it

    calendar = Calendar()
    for field, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(field, value)
    return calendar


def _event(entry: Entry, stamp: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    for field, value in (
        ("uid", entry.uid),
        ("dtstamp", stamp),
        ("sequence", entry.sequence),
        ("status", entry.status),
        ("summary", plain(entry.title)),
        ("dtstart", entry.starts),
        ("dtend", entry.ends),
        ("created", entry.created),
        ("last-modified", entry.changed),
        ("location", plain(entry.where)),
        ("description", plain(entry.text)),
        ("url", entry.link),
        ("class", "PRIVATE"),
        ("transp", "TRANSPARENT" if entry.status is Status.cancelled else "OPAQUE"),
        ("x-microsoft-cdo-busystatus", BUSY[entry.status]),
    ):
        if value != "":
            event.add(field, value)
    return event


def plain(text: str) -> str:
    """Without what no text of a calendar may hold: control characters; any end of a line is one alike."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
