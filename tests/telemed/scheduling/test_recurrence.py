"""The days of a rule, against a count of every single day; the clock that is set forward and back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemed.errors import Invalid
from telemed.scheduling.recurrence import (
    DAYS,
    Difference,
    Occurrence,
    Rule,
    check,
    days,
    following,
    has,
    is_by_rule,
    left_out,
    moment,
    near,
    occurrences,
    to_be_settled,
    to_come,
)

NAMES = DAYS.split("|")
FIRST = date(2026, 3, 2)
HALF_EIGHT = time(8, 30)


def rule(rrule: str, starts_on: date = FIRST, zone: str = "Asia/Shanghai", **more: date) -> Rule:
    return Rule(rrule, starts_on, HALF_EIGHT, 60, zone, **more)


def each_day(since: date, number: int) -> Iterator[date]:
    return (since + timedelta(days=n) for n in range(number))


@given(
    st.sets(st.sampled_from(NAMES), min_size=1),
    st.integers(1, 12),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
def test_weekly_ones_are_those_that_counting_every_day_finds(names: set[str], every: int, starts_on: date) -> None:
    written = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(sorted(names))}"
    check(written, "08:30")
    monday = starts_on - timedelta(days=starts_on.weekday())  # weeks are counted from the one in which it starts
    expected = [
        day
        for day in each_day(starts_on, 200)
        if NAMES[day.weekday()] in names and (day - monday).days // 7 % every == 0
    ]
    found = [day for day in islice(days(rule(written, starts_on)), 400) if day < starts_on + timedelta(days=200)]
    assert found == expected


@given(
    st.sampled_from(NAMES),
    st.sampled_from([1, 2, 3, 4, -1]),
    st.integers(1, 12),
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
)
def test_monthly_ones_too(name: str, nth: int, every: int, starts_on: date) -> None:
    written = f"FREQ=MONTHLY;INTERVAL={every};BYDAY={nth}{name}"
    check(written, "08:30")

    def fits(day: date) -> bool:
        if NAMES[day.weekday()] != name or ((day.year - starts_on.year) * 12 + day.month - starts_on.month) % every:
            return False
        if nth == -1:
            return (day + timedelta(days=7)).month != day.month
        return (day.day - 1) // 7 + 1 == nth

    expected = [day for day in each_day(starts_on, 500) if fits(day)]
    found = [day for day in islice(days(rule(written, starts_on)), 60) if day < starts_on + timedelta(days=500)]
    assert found == expected


@given(st.dates(FIRST, FIRST + timedelta(days=900)))
def test_a_day_is_of_the_rule_or_not_however_it_is_asked(day: date) -> None:
    biweekly = rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR")
    assert has(biweekly, day) == (day in set(islice(days(biweekly), 300)))


def test_one_is_left_out_one_is_moved_and_the_others_stay() -> None:
    tuesdays = rule("FREQ=WEEKLY;BYDAY=TU")
    later = datetime(2026, 3, 11, 6, tzinfo=UTC)
    changed = {date(2026, 3, 3): Difference(None), date(2026, 3, 10): Difference(later, 30)}
    first, second = islice(occurrences(tuesdays, changed), 2)
    assert (first.on, first.starts_at, first.ends_at) == (date(2026, 3, 10), later, later + timedelta(minutes=30))
    assert second.on == date(2026, 3, 17)


def test_the_last_day_is_the_last_and_a_rule_may_have_none() -> None:
    assert list(days(rule("FREQ=WEEKLY;BYDAY=TU", ends_on=date(2026, 3, 10)))) == [date(2026, 3, 3), date(2026, 3, 10)]
    assert list(days(rule("FREQ=WEEKLY;BYDAY=SU", ends_on=date(2026, 3, 7)))) == []


def test_it_is_half_past_eight_on_the_wall_also_when_the_clocks_change() -> None:
    berlin = rule("FREQ=WEEKLY;BYDAY=SU", date(2026, 3, 22), "Europe/Berlin")
    starts = [each.starts_at for each in islice(occurrences(berlin, {}), 2)]
    assert [each.hour for each in starts] == [7, 6]  # in UTC
    assert {each.astimezone(ZoneInfo("Europe/Berlin")).time() for each in starts} == {HALF_EIGHT}


def test_a_time_that_the_clock_skips_is_as_much_later_and_one_that_comes_twice_is_the_first() -> None:
    skipped = Rule("FREQ=WEEKLY;BYDAY=SU", date(2026, 3, 29), time(2, 30), 60, "Europe/Berlin")
    assert moment(skipped, date(2026, 3, 29)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment(skipped, date(2026, 10, 25)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_next_ones_have_not_begun() -> None:
    tuesdays = rule("FREQ=WEEKLY;BYDAY=TU")
    now = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)  # just when the first begins
    assert [each.on for each in following(tuesdays, {}, now, 2)] == [date(2026, 3, 10), date(2026, 3, 17)]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=TU,TU",
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=13;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=MO",
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TU\nEXDATE:20260303",
    ],
)
def test_no_other_rule_is_taken(wrong: str) -> None:
    with pytest.raises(Invalid):
        check(wrong, "08:30")


@given(
    st.sampled_from(
        [f"FREQ=WEEKLY;INTERVAL={n};BYDAY=MO,TH" for n in (1, 2, 5)]
        + [f"FREQ=MONTHLY;INTERVAL={n};BYDAY={nth}WE" for n in (1, 3, 12) for nth in (1, 4, -1)]
    ),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.integers(-40, 1500),
)
def test_looked_at_from_any_day_it_has_the_same_days_as_from_its_first(
    written: str, starts_on: date, later: int
) -> None:
    one, after = rule(written, starts_on), starts_on + timedelta(days=later)
    from_the_first = (each for each in days(one) if each > after)
    assert list(islice(days(one, after), 6)) == list(islice(from_the_first, 6))


def test_one_of_a_day_that_was_comes_if_it_was_moved_ahead() -> None:
    weekly, now = rule("FREQ=WEEKLY;BYDAY=MO"), datetime(2026, 3, 18, 2, tzinfo=UTC)
    ahead = datetime(2026, 3, 20, 2, tzinfo=UTC)
    changes = {
        date(2026, 3, 9): Difference(ahead),
        date(2026, 3, 10): Difference(ahead),  # no day of the rule
        date(2026, 3, 16): Difference(datetime(2026, 3, 17, tzinfo=UTC)),  # was as well
    }
    assert [each.on for each in following(weekly, changes, now, 2)] == [date(2026, 3, 9), date(2026, 3, 23)]
    assert [each.on for each in to_come(weekly, changes, date(2026, 3, 30), now)] == [
        date(2026, 3, 9),
        date(2026, 3, 23),
        date(2026, 3, 30),
    ]


@given(st.sets(st.integers(-20, 80), max_size=30), st.sampled_from(["WEEKLY;BYDAY=MO,TH", "MONTHLY;BYDAY=2TU"]))
def test_what_is_left_out_and_what_is_to_come_are_together_the_days_of_the_rule(out: set[int], written: str) -> None:
    series, now = rule(f"FREQ={written}"), datetime(2026, 3, 12, 12, tzinfo=UTC)
    without = {FIRST + timedelta(days=n): Difference(None) for n in out}
    until = FIRST + timedelta(days=80)
    gone = left_out(series, without, now)
    assert all(each.on in without for each in gone)
    together = gone + to_come(series, without, until, now)
    assert sorted(together, key=lambda each: each.on) == to_come(series, {}, until, now)
    assert all(is_by_rule(series, each.on, each.starts_at, None) for each in gone)


def test_what_is_missing_is_asked_for_from_two_weeks_before_the_next_first() -> None:
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)

    def one(starts: datetime) -> Occurrence:
        return Occurrence(starts.date(), starts, starts + timedelta(hours=1))

    today, far = one(now + timedelta(hours=1)), one(now + timedelta(days=14, minutes=1))
    over, edge = one(now), one(now + timedelta(days=14))
    assert near([far, edge, over, today], now) == [today, edge]


@pytest.mark.parametrize(
    ("hours_ahead", "hours_until_due"),
    [(14 * 24, 7 * 24), (8 * 24 + 1, 25), (8 * 24, 24), (3 * 24, 24), (24, 24), (5, 5)],
)
def test_it_is_due_a_week_before_or_a_day_after_it_is_asked_but_before_it_begins(
    hours_ahead: int, hours_until_due: int
) -> None:
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)
    due = to_be_settled(now + timedelta(hours=hours_ahead), now + timedelta(hours=24))
    assert due == now + timedelta(hours=hours_until_due)
