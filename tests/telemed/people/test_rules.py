"""Working time of two hospitals against a count of minutes; holidays, make-up days, clocks that change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from telemed.people.rules import Hours, NoWorkingTime, Span, WorkingTime, shift, together, week_of, years_to_enter

MINUTE = timedelta(minutes=1)
# The week of 1 October 2026 off, and the Saturday after it worked.
DAYS = {**{date(2026, 10, day): False for day in range(1, 8)}, date(2026, 10, 10): True}
HUB = WorkingTime("Asia/Shanghai", time(8), time(17, 30), DAYS)
WEST = WorkingTime("Asia/Urumqi", time(7), time(15), DAYS)  # two hours behind
BOTH = (HUB, WEST)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@settings(max_examples=30)
@given(st.integers(0, 4 * 1440), st.integers(1, 700), st.booleans())
def test_working_time_is_the_minutes_in_which_both_work(offset: int, minutes: int, back: bool) -> None:
    start = at("2026-10-08 00:00") + offset * MINUTE
    end = shift(start, (-minutes if back else minutes) * MINUTE, BOTH)
    first, last = min(start, end), max(start, end)
    moments = [first + n * MINUTE for n in range((last - first) // MINUTE)]
    worked = [all(each.works_at(moment) for each in BOTH) for moment in moments]
    assert sum(worked) == minutes
    assert worked[0 if back else -1]  # and not a minute more than needed


def test_a_golden_week_and_its_make_up_saturday() -> None:
    hour = timedelta(hours=1)
    assert shift(at("2026-09-30 16:00"), hour, (HUB,)) == at("2026-09-30 17:00")
    assert shift(at("2026-09-30 17:00"), hour, (HUB,)) == at("2026-10-08 08:30")
    assert shift(at("2026-10-09 17:30"), hour, (HUB,)) == at("2026-10-10 09:00")


def test_what_ends_with_the_working_day_is_due_at_its_end() -> None:
    assert shift(at("2026-11-26 17:00"), 30 * MINUTE, (HUB,)) == at("2026-11-26 17:30")


def test_no_time_at_all_moves_nothing() -> None:
    assert shift(at("2026-10-03 12:00"), timedelta(0), (HUB,)) == at("2026-10-03 12:00")


def test_eight_stays_eight_on_the_wall_when_the_clocks_change() -> None:
    berlin = WorkingTime("Europe/Berlin", time(8), time(17), dict.fromkeys([date(2026, 3, 29)], True))
    for day in ("2026-03-27", "2026-03-29", "2026-10-26"):
        opens = at(f"{day} 08:00", "Europe/Berlin")
        assert next(berlin.spans(Span(opens - timedelta(hours=1), opens + timedelta(hours=1)))).start == opens
    night = WorkingTime("Europe/Berlin", time(0), time(23, 59), {date(2026, 3, 29): True})
    (whole,) = night.spans(Span(at("2026-03-29 00:00", "Europe/Berlin"), at("2026-03-30 00:00", "Europe/Berlin")))
    assert whole.end - whole.start == timedelta(hours=22, minutes=59)  # the night loses an hour


def test_common_time_is_the_time_of_all() -> None:
    day = Span(at("2026-11-26 00:00"), at("2026-11-27 00:00"))
    assert together(BOTH, day) == [Span(at("2026-11-26 09:00"), at("2026-11-26 17:00"))]
    assert together((), day) == [day]


def test_a_time_may_not_run_past_midnight_within_working_hours() -> None:
    round_the_clock = WorkingTime("Asia/Shanghai", time(0), time(23, 59), {})
    assert not round_the_clock.hold(Span(at("2026-11-26 23:30"), at("2026-11-27 00:30")))


def test_a_public_holiday_is_not_worked_and_a_make_up_day_is() -> None:
    assert not HUB.works_on(date(2026, 10, 1))
    assert HUB.works_on(date(2026, 10, 10))  # a Saturday that is worked for the National Day
    assert not HUB.works_on(date(2031, 1, 4))  # nobody has entered that year: a Saturday
    assert HUB.works_on(date(2031, 1, 6))


def test_a_year_without_days_is_reported() -> None:
    assert HUB.unknown(Span(at("2026-12-31 12:00"), at("2027-01-04 12:00"))) == {2027}


def test_the_next_year_is_asked_for_from_november_on() -> None:
    assert years_to_enter({"ruijin": HUB}, at("2026-10-31 23:59")) == {}
    assert years_to_enter({"ruijin": HUB}, at("2026-11-01 00:00")) == {"ruijin": [2027]}


def test_calendars_that_never_meet_are_an_error_and_no_endless_loop() -> None:
    night = WorkingTime("Asia/Shanghai", time(0), time(1), {})
    with pytest.raises(NoWorkingTime):
        shift(at("2026-11-26 08:00"), MINUTE, (HUB, night))


def test_a_weekday_has_its_own_hours_and_a_worked_sunday_the_usual_ones() -> None:
    week = week_of(["08:00-17:30"] * 5 + ["08:00-12:00", ""])
    saturday, sunday = date(2026, 3, 7), date(2026, 3, 8)
    hospital = WorkingTime("Asia/Shanghai", time(8), time(17, 30), {sunday: True}, week)
    assert hospital.hours_on(saturday) == Hours(time(8), time(12))
    assert hospital.hours_on(sunday) == Hours(time(8), time(17, 30))
    assert hospital.hours_on(sunday + timedelta(days=7)) is None
    assert hospital.works_at(at("2026-03-07 11:59"))
    assert not hospital.works_at(at("2026-03-07 12:00"))


def test_own_days_alone_do_not_enter_a_year() -> None:
    own = WorkingTime("Asia/Shanghai", time(8), time(17, 30), {date(2027, 3, 1): False}, entered={2026})
    assert own.unknown(Span(at("2026-12-31 10:00"), at("2027-01-01 10:00"))) == {2027}
