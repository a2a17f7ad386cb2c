"""What an independent parser (vobject) reads in what we write."""

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, NamedTuple

import vobject


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
    return method, [_event(each) for each in getattr(calendar, "vevent_list", [])]


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
