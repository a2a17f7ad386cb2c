"""What independent parsers read in what we write: vobject, and ical.js, which must read the same."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any, NamedTuple

import vobject

from tests.telemed.interop import ical_js


class Event(NamedTuple):
    uid: str
    sequence: int
    status: str
    summary: str
    fields: dict[str, Any]


def read(text: bytes) -> tuple[str, list[Event]]:
    """METHOD, and the events."""
    assert text.count(b"\n") == text.count(b"\r\n"), "every line ends with CR and LF"
    assert all(len(line) <= 75 for line in text.split(b"\r\n")), "no line has more than 75 octets (RFC 5545 §3.1)"
    (calendar,) = vobject.readComponents(text.decode())
    method = calendar.method.value if hasattr(calendar, "method") else ""
    events = [_event(each) for each in getattr(calendar, "vevent_list", [])]
    assert ical_js.read(text) == (method, [_as_json(each) for each in events]), "ical.js reads the same"
    return method, events


def _as_json(event: Event) -> dict[str, Any]:
    times = [_utc(event.fields[each]) for each in ("dtstart", "dtend")]
    return {**{each: getattr(event, each) for each in ("uid", "sequence", "summary", "status")}, "times": times}


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def name_of(text: bytes) -> str:
    """What programs call the calendar."""
    (calendar,) = vobject.readComponents(text.decode())
    return str(_fields(calendar)["x-wr-calname"])


def _event(of: Any) -> Event:
    fields = _fields(of)
    return Event(fields["uid"], int(fields["sequence"]), fields["status"], fields["summary"], fields)


def _fields(of: Any) -> dict[str, Any]:
    return {name: getattr(lines[0], "value", None) for name, lines in of.contents.items()}


def carried(mails: list[EmailMessage]) -> Iterator[tuple[str, Event]]:
    """METHOD and event of each mail that carries one, in the order in which they came."""
    for mail in mails:
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                body = part.get_payload(decode=True)
                assert isinstance(body, bytes)
                method, (event,) = read(body)
                assert part.get_param("method") == method, "mail programs read it in the header too"
                yield method, event
