"""Whatever words stand in an entry, an independent parser reads them as they were."""

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from telemed.interop import ics
from telemed.interop.entries import Entry, Status
from telemed.interop.model import Method
from tests.telemed.interop.parsed import name_of, read

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
NASTY = 'said "no"; then,\nC:\\new\r\nBEGIN:VEVENT\rEND:VCALENDAR 👩🏽‍⚕️' + "查" * 300
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120).map(lambda text: f"x{text}x")


def entry(title: str = "t", where: str = "w", text: str = "d", *, status: Status = Status.confirmed) -> Entry:
    hour = timedelta(hours=1)
    return Entry("u@telemed", 3, status, title, where, text, "https://x.example/?a=1,2;b", AT, AT + hour, AT, AT)


@given(WORDS, WORDS, WORDS)
@example(NASTY, NASTY, NASTY)
def test_any_words_survive(title: str, where: str, text: str) -> None:
    written = ics.feed([entry(title, where, text), entry("second")], title)
    method, (first, second) = read(written)
    assert method == ""
    assert (first.summary, first.fields["location"], first.fields["description"]) == tuple(
        map(ics.plain, (title, where, text))
    )
    assert (first.uid, first.sequence, first.status) == ("u@telemed", 3, "CONFIRMED")
    assert second.summary == "second", "and nothing in them ends an entry"
    assert name_of(written) == ics.plain(title)


@given(WORDS)
@example(NASTY)
def test_any_name_survives_in_an_invitation(name: str) -> None:
    to, us = ("li@x.example", name), ("telemed@x.example", "远程会诊协同")
    written = ics.invitation(entry(), Method.request, to, us, AT, accepted=False)
    method, (event,) = read(written)
    assert (method, event.fields["attendee"], event.fields["organizer"]) == (
        "REQUEST",
        "mailto:li@x.example",
        "mailto:telemed@x.example",
    )


def test_times_are_in_utc_and_a_line_that_is_no_text_is_left_out() -> None:
    _, (event,) = read(ics.feed([entry(where="")], "x"))
    assert event.fields["dtstart"] == AT
    assert event.fields["dtend"] == AT + timedelta(hours=1)
    assert "location" not in event.fields
    assert b"DTSTART:20260302T010000Z" in ics.feed([entry()], "x")


def test_outlook_is_told_in_its_own_words_whether_one_is_busy() -> None:
    for status, word, transparent in (
        (Status.confirmed, "BUSY", "OPAQUE"),
        (Status.tentative, "TENTATIVE", "OPAQUE"),
        (Status.cancelled, "FREE", "TRANSPARENT"),
    ):
        _, (event,) = read(ics.feed([entry(status=status)], "x"))
        assert (event.status, event.fields["x-microsoft-cdo-busystatus"], event.fields["transp"]) == (
            status,
            word,
            transparent,
        )


def test_control_characters_are_left_out_and_ends_of_lines_are_one_alike() -> None:
    assert ics.plain("a\x00b\x0bc\r\nd\re\u2028f\tg\x85h") == "abc\nd\ne\nf\tgh"
