"""The proposed times are the earliest that fit, by the clocks of the hospitals."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from telemed.kit.table import new_id
from telemed.people.rules import Span, WorkingTime
from telemed.scheduling.rules import GRID, Slot, free_slots, on_grid

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, tzinfo=SHANGHAI)
RUIJIN = WorkingTime("Asia/Shanghai", time(8), time(17, 30), {})
ROOM, SECOND = new_id(), new_id()
HALF = timedelta(minutes=30)
SEVEN = MONDAY + timedelta(hours=7)


def at(hour: float, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def span(start: float, end: float, day: int = 0) -> Span:
    return Span(at(start, day), at(end, day))


def find(
    *wishes: Span,
    people: tuple[Span, ...] = (),
    venues: dict[UUID, tuple[Span, ...]] | None = None,
    hours: tuple[WorkingTime, ...] = (RUIJIN,),
    duration: timedelta = HALF,
    now: datetime = SEVEN,
    any_hour: bool = False,
    limit: int = 3,
) -> list[Slot]:
    rooms = {ROOM: ()} if venues is None else venues
    return free_slots(
        wishes,
        people=people,
        venues=rooms,
        hours=hours,
        duration=duration,
        now=now,
        any_hour=any_hour,
        limit=limit,
    )


def starts(slots: list[Slot]) -> list[datetime]:
    return [each.span.start for each in slots]


def test_the_earliest_three_that_do_not_overlap() -> None:
    assert starts(find(span(9, 12))) == [at(9), at(9.5), at(10)]


def test_busy_people_and_busy_rooms_are_gone_around() -> None:
    found = find(
        span(9, 12), people=(span(9, 9.5), span(10.25, 11)), venues={ROOM: (span(9, 10),), SECOND: (span(9, 9.75),)}
    )
    assert [(each.span.start, each.venue) for each in found] == [(at(9.75), SECOND), (at(11), ROOM), (at(11.5), ROOM)]


def test_a_time_must_lie_within_one_wish() -> None:
    assert starts(find(span(9, 9.25), span(9.5, 10), span(9.75, 10.25))) == [at(9.5)]


def test_the_past_is_not_proposed() -> None:
    assert starts(find(span(8, 10), now=at(9) + timedelta(seconds=1))) == [at(9.25)]


def test_without_a_free_room_there_is_nothing() -> None:
    assert find(span(9, 12), venues={}) == []


def test_times_outside_working_hours_only_fill_up() -> None:
    found = find(span(7, 8.5), span(18, 19))
    assert [(each.span.start, each.in_hours) for each in found] == [(at(8), True), (at(7), False), (at(7.5), False)]


def test_urgent_takes_the_earliest_at_any_hour() -> None:
    assert starts(find(span(7, 8.5), any_hour=True, limit=2)) == [at(7), at(7.5)]


def test_working_hours_are_those_of_each_hospital_by_its_own_clock() -> None:
    further_west = WorkingTime("Asia/Urumqi", time(8), time(17, 30), {})  # two hours behind
    found = find(span(8, 12), hours=(RUIJIN, further_west), limit=1)
    assert [(each.span.start, each.in_hours) for each in found] == [(at(10), True)]


minutes = st.integers(min_value=0, max_value=24 * 60)
spans = st.builds(
    lambda start, length: Span(MONDAY + timedelta(minutes=start), MONDAY + timedelta(minutes=start + length)),
    minutes,
    st.integers(min_value=1, max_value=300),
)


@given(
    wishes=st.lists(spans, max_size=4),
    people=st.lists(spans, max_size=6),
    room=st.lists(spans, max_size=4),
    now=minutes,
    length=st.integers(min_value=5, max_value=120),
)
def test_every_slot_fits_and_none_earlier_was_passed_over(
    wishes: list[Span], people: list[Span], room: list[Span], now: int, length: int
) -> None:
    moment, duration = MONDAY + timedelta(minutes=now), timedelta(minutes=length)
    found = find(
        *wishes, people=tuple(people), venues={ROOM: tuple(room)}, duration=duration, now=moment, any_hour=True
    )

    def fits(slot: Span) -> bool:
        wished = any(wish.start <= slot.start and slot.end <= wish.end for wish in wishes)
        return wished and slot.start >= moment and not any(slot.overlaps(each) for each in people + room)

    for each in found:
        assert fits(each.span)
        assert each.span.end - each.span.start == duration
        assert (each.span.start.astimezone(UTC).timestamp() % GRID.total_seconds()) == 0
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start
    first = on_grid(moment)
    every = [Span(first + n * GRID, first + n * GRID + duration) for n in range(140)]
    earliest = next((each.start for each in every if fits(each)), None)
    assert (found[0].span.start if found else None) == earliest
