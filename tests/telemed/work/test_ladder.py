"""Steps never repeat, never go back, and do not depend on when the passes ran."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from telemed.kit.table import new_id
from telemed.people.rules import WorkingTime
from telemed.work.ladder import GRACE, Place, Reached, Whom, advance, after, begin, chosen, faults, not_yet_told
from telemed.work.model import Counted, Deadline, Rung, To, When
from tests.telemed.work.rungs import BEGAN, rung

HUB = WorkingTime("Asia/Shanghai", time(8), time(17, 30), {date(2026, 10, 1): False})
WUXI = WorkingTime("Asia/Shanghai", time(7, 30), time(17), {date(2026, 10, 1): False})
BOTH = (HUB, WUXI)
MINUTE = timedelta(minutes=1)
HE, SHE, COORDINATOR, DUTY, OWNER = (new_id() for _ in range(5))
HOLDERS = {"coordinator": [COORDINATOR], "duty_officer": [DUTY], "nobody": []}


STAT = [
    rung(0, When.due, 1, To.on_duty),
    rung(1, When.after, 1, To.on_duty, place=1),
    rung(2, When.after, 1, To.role, "coordinator"),
    rung(3, When.after, 1, To.role, "duty_officer", again=True),
]


def people_of(ask: Whom, on_duty: Sequence[UUID] = (HE, SHE)) -> Sequence[UUID]:
    match ask.rung.to:
        case To.owners | To.asked:
            return [OWNER]
        case To.role:
            return HOLDERS[ask.rung.role]
        case To.on_duty:
            return on_duty[ask.rung.place : ask.rung.place + 1]


def pass_at(
    now: datetime,
    place: Place,
    due: datetime,
    ladder: Sequence[Rung],
    on_duty: Sequence[UUID] = (HE, SHE),
) -> tuple[Place, list[Reached]]:
    """One pass; a deadline that is far behind takes several."""
    steps: list[Reached] = []
    while place.at is not None and place.at <= now:
        asking = advance(place, due, ladder, BOTH, now)
        try:
            ask = next(asking)
            while True:
                ask = asking.send(people_of(ask, on_duty))
        except StopIteration as end:
            place, found = end.value
            steps += found
    return place, steps


def passes(place: Place, due: datetime, ladder: Sequence[Rung], after: Sequence[int]) -> tuple[Place, list[Reached]]:
    steps: list[Reached] = []
    for minutes in after:
        place, found = pass_at(BEGAN + minutes * MINUTE, place, due, ladder)
        steps += found
    return place, steps


def _ladder(before: list[int], who: str, after: list[tuple[int, str, Counted]], again: int) -> list[Rung]:
    reminders = [rung(n, When.before, each, To.owners) for n, each in enumerate(sorted(before, reverse=True))]
    climbs = [
        rung(len(before) + 1 + n, When.after, minutes, To.role, role, counted=counted, again=n == again)
        for n, (minutes, role, counted) in enumerate(after)
    ]
    return [*reminders, rung(len(before), When.due, 0, To.role, who), *climbs]


roles = st.sampled_from(sorted(HOLDERS))
ladders = st.builds(
    _ladder,
    st.lists(st.integers(1, 300), max_size=4),
    roles,
    st.lists(st.tuples(st.integers(1, 90), roles, st.sampled_from(Counted)), max_size=5),
    st.integers(0, 9),
)
END = 2 * 1440  # minutes
moments = st.lists(st.integers(0, END), max_size=8).map(sorted)


@given(ladders, st.integers(0, 1440), moments)
def test_whenever_the_passes_run_the_record_is_the_same(ladder: list[Rung], minutes: int, times: list[int]) -> None:
    due = BEGAN + minutes * MINUTE
    start = begin(BEGAN, due, ladder, BOTH)
    at_once, one = passes(start, due, ladder, [END])
    often, many = passes(start, due, ladder, [*times, END])
    assert often == at_once
    assert [(s.n, s.when, s.at, s.people) for s in many] == [(s.n, s.when, s.at, s.people) for s in one]


@given(ladders, st.integers(0, 1440), moments)
def test_steps_never_repeat_and_never_go_back(ladder: list[Rung], minutes: int, times: list[int]) -> None:
    assert faults(ladder) == []
    due = BEGAN + minutes * MINUTE
    last, steps = passes(begin(BEGAN, due, ladder, BOTH), due, ladder, [*times, *times])
    numbers = [each.n for each in steps]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    assert [each.at for each in steps] == sorted(each.at for each in steps)
    order = [list(When).index(each.when) for each in steps]
    assert order == sorted(order)
    assert sum(each.when is When.due for each in steps) <= 1
    assert all(each.at == due for each in steps if each.when is When.due)
    assert last.at is None or not times or last.at > BEGAN + times[-1] * MINUTE


@given(ladders, st.integers(0, 1440), st.integers(0, END))
def test_after_an_outage_all_is_recorded_and_only_the_highest_is_told(
    ladder: list[Rung], minutes: int, later: int
) -> None:
    due, now = BEGAN + minutes * MINUTE, BEGAN + later * MINUTE
    place = begin(BEGAN, due, ladder, BOTH)
    asking = advance(place, due, ladder, BOTH, now)
    steps: list[Reached] = []
    try:
        ask = next(asking)
        while True:
            ask = asking.send(people_of(ask))
    except StopIteration as end:
        place, steps = end.value
    told = [each for each in steps if each.told]
    assert len(told) == (any(each.people for each in steps) and (place.at is None or place.at > now))
    assert all(not each.people for each in steps if told and each.n > told[0].n)
    assert all(each.late == (now - each.at > GRACE) for each in steps)


def told_at_each(due: datetime, ladder: Sequence[Rung]) -> list[Reached]:
    """What is told if a pass runs at every moment, as while the service runs."""
    place, told, found = begin(BEGAN, due, ladder, BOTH), list[tuple[int, UUID]](), list[Reached]()
    while place.at is not None and place.at <= BEGAN + END * MINUTE:
        place, steps = pass_at(place.at, place, due, ladder)
        for each in (not_yet_told(step, ladder, told) if step.told else step for step in steps):
            found.append(each)
            told += [(each.n, who) for who in each.people if each.told]
    return found


def rounds(steps: Sequence[Reached]) -> list[list[Reached]]:
    """What comes after the reminders, cut where the ladder begins again."""
    found: list[list[Reached]] = [[]]
    for each in steps:
        if each.rung.again:
            found.append([])
        if each.when is not When.before:
            found[-1].append(each)
    return found


@given(ladders, st.integers(0, 1440))
def test_in_one_round_nobody_is_told_twice_and_nobody_of_it_is_left_out(ladder: list[Rung], minutes: int) -> None:
    for each in rounds(told_at_each(BEGAN + minutes * MINUTE, ladder)):
        told = [who for step in each if step.told for who in step.people]
        assert len(told) == len(set(told))
        assert set(told) == {who for step in each for who in people_of(Whom(step.rung, step.at))}


@given(ladders, st.integers(0, 1440))
def test_whom_a_rung_tells_anew_changes_nothing_of_when_the_next_is(ladder: list[Rung], minutes: int) -> None:
    due = BEGAN + minutes * MINUTE
    _, steps = pass_at(BEGAN + END * MINUTE, begin(BEGAN, due, ladder, BOTH), due, ladder)
    assert [(each.n, each.at) for each in told_at_each(due, ladder)] == [(each.n, each.at) for each in steps]


def test_who_is_asked_and_has_the_next_rung_s_role_is_told_once_and_the_others_keep_their_time() -> None:
    ladder = [
        rung(0, When.due, 0, To.role, "duty_officer"),
        rung(1, When.after, 10, To.role, "duty_officer"),
        rung(2, When.after, 240, To.role, "duty_officer", again=True),
    ]
    minutes = [(each.at - BEGAN) // MINUTE for each in told_at_each(BEGAN, ladder) if each.told]
    assert minutes[:3] == [0, 250, 490]


def test_whom_an_outage_passed_over_the_highest_rung_tells() -> None:
    ladder = [
        rung(0, When.due, 0, To.role, "coordinator"),
        rung(1, When.after, 10, To.role, "coordinator"),
        rung(2, When.after, 240, To.role, "coordinator", again=True),
    ]
    _, steps = pass_at(BEGAN + 15 * MINUTE, begin(BEGAN, BEGAN, ladder, BOTH), BEGAN, ladder)
    assert [not_yet_told(each, ladder, []).people for each in steps if each.told] == [(COORDINATOR,)]


def test_who_came_to_it_after_a_rung_is_told_at_the_next_and_who_was_told_before_is_not() -> None:
    ladder = [rung(0, When.due, 0, To.role, "coordinator"), rung(1, When.after, 10, To.role, "coordinator")]
    both = Reached(1, ladder[1], When.after, BEGAN, (COORDINATOR, HE), told=True)
    assert not_yet_told(both, ladder, [(0, COORDINATOR)]).people == (HE,)
    assert not not_yet_told(both, ladder, [(0, COORDINATOR), (0, HE)]).told


def test_the_stat_ladder_climbs_by_the_minute_and_rings_the_duty_officer_until_it_is_taken() -> None:
    place = begin(BEGAN, BEGAN, STAT, BOTH)
    rung_by_rung: list[UUID] = []
    for minute in range(6):
        place, (step,) = pass_at(BEGAN + minute * MINUTE, place, BEGAN, STAT)
        assert step.told
        rung_by_rung += step.people
    assert rung_by_rung == [HE, SHE, COORDINATOR, DUTY, DUTY, DUTY]


def test_where_nobody_is_on_duty_the_next_rung_is_told_at_once() -> None:
    place, steps = pass_at(BEGAN, begin(BEGAN, BEGAN, STAT, BOTH), BEGAN, STAT, on_duty=())
    assert [(each.people, each.told) for each in steps] == [((), False), ((), False), ((COORDINATOR,), True)]
    assert place.at == BEGAN + MINUTE  # the coordinators have their minute


def test_between_hospitals_that_never_work_at_the_same_time_all_time_counts() -> None:
    night = WorkingTime("Asia/Shanghai", time(0), time(1), {})
    ladder = [
        rung(0, When.before, 30, To.asked, counted=Counted.working),
        rung(1, When.due, 0, To.asked, counted=Counted.working),
        rung(2, When.after, 10, To.role, "coordinator", counted=Counted.working),
    ]
    place, due = begin(BEGAN, BEGAN + 60 * MINUTE, ladder, (HUB, night)), BEGAN + 60 * MINUTE
    assert place == Place(0, BEGAN + 30 * MINUTE)
    for n in range(2):
        place = after(place, due, ladder, (HUB, night), anybody=True)
        assert place == Place(n + 1, due + n * 10 * MINUTE)


def test_a_circle_that_reaches_nobody_waits_and_one_without_time_is_refused() -> None:
    nobody = [rung(0, When.due, 0, To.role, "nobody"), rung(1, When.after, 1, To.role, "nobody", again=True)]
    place, steps = pass_at(BEGAN, begin(BEGAN, BEGAN, nobody, BOTH), BEGAN, nobody)
    assert len(steps) == 2
    assert place.at == BEGAN + MINUTE
    assert faults([nobody[0], rung(1, When.after, 0, To.role, "nobody", again=True)]) == ["spins"]


def test_working_minutes_pass_only_while_both_hospitals_work() -> None:
    slow = [
        rung(0, When.due, 0, To.owners),
        rung(1, When.after, 60, To.role, "duty_officer", counted=Counted.working),
    ]
    friday = datetime(2026, 11, 27, 8, 30, tzinfo=UTC)  # 16:30: half an hour before Wuxi closes
    place, _ = pass_at(friday, begin(friday, friday, slow, BOTH), friday, slow)
    assert place.at == datetime(2026, 11, 30, 0, 30, tzinfo=UTC)  # Monday, half an hour after Ruijin opens


def test_reminders_from_before_the_beginning_are_left_out() -> None:
    ladder = [*(rung(n, When.before, each, To.owners) for n, each in enumerate((1440, 60, 10))), rung(3, When.due, 0)]
    due = BEGAN + 30 * MINUTE
    assert begin(BEGAN, due, ladder, BOTH) == Place(2, BEGAN + 20 * MINUTE)


def test_a_change_holds_for_what_begins_after_it_and_the_nearest_owner_wins() -> None:
    agreement = new_id()

    def of(began: datetime = BEGAN, agreement_id: UUID | None = None, urgency: str = "routine") -> Deadline:
        return Deadline(
            activity="consultation",
            activity_id=new_id(),
            kind="x",
            ladder="x",
            hospital_id="wuxi",
            hub_id="ruijin",
            agreement_id=agreement_id,
            urgency=urgency,
            began_at=began,
            due_at=began,
        )

    old, new = rung(0, When.due, 0), rung(0, When.due, 0, valid_from=BEGAN)
    stat = rung(0, When.due, 0, urgency="stat")
    own, agreed = rung(0, When.due, 0, hospital_id="wuxi"), rung(0, When.due, 0, agreement_id=agreement)
    other = rung(0, When.due, 0, hospital_id="jiashan")
    assert chosen([old, new], of(BEGAN - MINUTE)) == [old]
    assert chosen([old, new], of()) == [new]
    assert chosen([old, new, stat], of(urgency="stat")) == [stat]
    assert chosen([old, new, other], of()) == [new]
    assert chosen([old, new, own, agreed], of()) == [own]
    assert chosen([old, new, own, agreed], of(agreement_id=agreement)) == [agreed]
    assert chosen([other], of()) == []
    saved = rung(0, When.due, 0, saved_at=BEGAN)  # by an administrator, for any urgency
    assert chosen([old, stat, saved], of(urgency="stat")) == [saved], "and not what the product says of stat ones"
    assert chosen([old, stat, saved, own], of(urgency="stat")) == [own]


def test_a_ladder_needs_one_due_rung_in_order() -> None:
    due, climb, remind = rung(0, When.due, 0), rung(1, When.after, 5), rung(2, When.before, 5)
    assert faults([climb]) == ["one_due"]
    assert faults([due, remind]) == ["order"]
    assert faults([remind, rung(1, When.before, 10), due]) == ["order"]
    assert faults([due, rung(1, When.after, -1)]) == ["negative"]
