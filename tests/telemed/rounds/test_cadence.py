"""How regularly a ward is visited, and whether notes come in time: from days and moments alone."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from telemed.rounds import cadence
from telemed.rounds.cadence import Came, NoteTimes

TODAY = date(2026, 11, 26)  # a Thursday
WEEKS = cadence.weeks_to(TODAY)
ENDED = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


def test_the_weeks_are_eight_from_monday_with_this_one_last() -> None:
    assert (WEEKS[0], WEEKS[-1], len(WEEKS)) == (date(2026, 10, 5), date(2026, 11, 23), 8)


def test_a_week_is_kept_while_no_day_of_it_had_a_longer_gap() -> None:
    tuesdays = [date(2026, 9, 29) + timedelta(weeks=n) for n in range(9)]
    assert cadence.kept(tuesdays, WEEKS, 7, date(2026, 9, 1), TODAY) == [True] * 8
    missed = [each for each in tuesdays if each != date(2026, 10, 20)]
    found = cadence.kept(missed, WEEKS, 7, date(2026, 9, 1), TODAY)
    assert found == [True, True, False, False, True, True, True, True]  # late from Wednesday to the next Monday


def test_before_a_series_begins_nothing_is_judged_and_then_it_counts_from_its_first_day() -> None:
    assert cadence.kept([], WEEKS, 7, date(2026, 11, 11), TODAY)[:5] == [None] * 5
    assert cadence.kept([], WEEKS, 7, date(2026, 11, 11), TODAY)[5:] == [True, False, False]
    assert cadence.days_without([], date(2026, 11, 11), TODAY) == 15


@given(st.sets(st.dates(date(2026, 8, 1), TODAY), max_size=30), st.integers(1, 20))
def test_it_agrees_with_looking_at_every_day(held: set[date], every: int) -> None:
    since = date(2026, 8, 1)
    for monday, found in zip(WEEKS, cadence.kept(held, WEEKS, every, since, TODAY), strict=True):
        gaps = []
        for n in range(7):
            day = monday + timedelta(days=n)
            if day <= TODAY:
                gaps.append(min((day - each).days for each in {*held, since} if each <= day))
        assert found == (max(gaps) <= every)


def test_a_note_is_late_by_two_hours_and_its_signature_by_a_day() -> None:
    hour = timedelta(hours=1)

    def note(submitted: timedelta | None, signed: timedelta | None = None) -> NoteTimes:
        at = ENDED + submitted if submitted else None
        return NoteTimes(ENDED.date(), ENDED, at, at + signed if at and signed else None)

    assert cadence.written(note(2 * hour), ENDED + 9 * hour) is Came.in_time
    assert cadence.written(note(3 * hour), ENDED + 9 * hour) is Came.late
    assert cadence.written(note(None), ENDED + hour) is Came.waits
    assert cadence.written(note(None), ENDED + 3 * hour) is Came.overdue
    assert cadence.countersigned(note(None), ENDED + 90 * hour) is None
    assert cadence.countersigned(note(hour, 24 * hour), ENDED + 90 * hour) is Came.in_time
    assert cadence.countersigned(note(hour), ENDED + 26 * hour) is Came.overdue
