"""Who is on duty at a moment, and where nobody is."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from telemed.access.model import Actor, Role
from telemed.people.model import HospitalKind
from telemed.people.rules import Span
from telemed.rosters import rules
from telemed.rosters.model import Covers, Roster, RosterKind, Shift

AT = datetime(2026, 3, 2, 0, tzinfo=UTC)
ROSTER, LIU, YI, LIN = (UUID(int=n) for n in range(1, 5))


def shift(who: UUID, starts: float, ends: float, place: int = 1) -> Shift:
    """Hours after AT."""
    at, until = (AT + timedelta(hours=each) for each in (starts, ends))
    return Shift(roster_id=ROSTER, staff_id=who, starts=at, ends=until, place=place)


def span(starts: float, ends: float) -> Span:
    return Span(AT + timedelta(hours=starts), AT + timedelta(hours=ends))


def test_at_the_hand_over_it_is_who_begins() -> None:
    some = [shift(LIU, 0, 10), shift(YI, 10, 24)]
    before = rules.in_order(some, AT + timedelta(hours=10, microseconds=-1), {LIU, YI})
    assert before == [[LIU]]
    assert rules.in_order(some, AT + timedelta(hours=10), {LIU, YI}) == [[YI]]


def test_while_two_hand_over_both_are_called_together() -> None:
    some = [shift(LIU, 0, 10.25), shift(YI, 10, 24)]
    assert rules.in_order(some, AT + timedelta(hours=10.1), {LIU, YI}) == [[LIU, YI]]


def test_they_are_called_in_their_order_and_a_missing_place_is_no_pause() -> None:
    some = [shift(LIU, 0, 24, 3), shift(YI, 0, 24, 1)]
    assert rules.in_order(some, AT, {LIU, YI}) == [[YI], [LIU]]


def test_who_may_not_be_called_is_passed_over() -> None:
    assert rules.in_order([shift(LIU, 0, 24, 1), shift(YI, 0, 24, 2)], AT, {YI}) == [[YI]]


def test_gaps_are_what_nobody_covers() -> None:
    some = [shift(LIU, 1, 8), shift(YI, 6, 10), shift(LIU, 12, 14)]
    assert rules.gaps(some, [span(0, 24)]) == [span(0, 1), span(10, 12), span(14, 24)]
    assert rules.gaps(some, [span(2, 9), span(13, 14)]) == []
    assert rules.gaps([], [span(0, 2), span(2, 4), span(5, 6)]) == [span(0, 4), span(5, 6)]


def test_a_day_of_a_roster_holds_the_night_after_it() -> None:
    row = Roster(hospital_id="ruijin", kind=RosterKind.role, subject="duty_officer", covers=Covers.always)
    assert rules.window(row, "Asia/Shanghai", date(2026, 3, 2), 7) == Span(AT, AT + timedelta(days=7))


def test_each_fault_names_its_shift() -> None:
    new = [
        shift(LIU, 2, 1),
        shift(YI, 0, 200),
        shift(LIN, 0, 1),
        shift(LIU, 4, 6, 0),
        shift(LIU, 5, 7),
        shift(YI, -2, -1),
    ]
    found = rules.faults(new, [shift(YI, 0, 3)], span(0, 24), {LIU, YI})
    assert {(0, "ends_first"), (1, "too_long"), (1, "twice"), (2, "not_eligible"), (3, "place")} <= set(found)
    assert {(4, "twice"), (5, "outside")} <= set(found)


def test_each_keeps_what_is_theirs() -> None:
    own = uuid4()
    of_department = Roster(hospital_id="ruijin", kind=RosterKind.department, subject=str(own))
    of_experts = Roster(hospital_id="ruijin", kind=RosterKind.specialty, subject="cardiology")
    of_officers = Roster(hospital_id="ruijin", kind=RosterKind.role, subject="duty_officer")

    def keeps(role: Role, hospital: str = "ruijin", department: UUID | None = None) -> list[bool]:
        actor = Actor(uuid4(), uuid4(), hospital, "", frozenset({role}), department)
        return [rules.may_keep(each, HospitalKind.hub, actor) for each in (of_department, of_experts, of_officers)]

    assert keeps(Role.administrator) == [True, True, True]
    assert keeps(Role.coordinator) == [True, True, False]
    assert keeps(Role.dispatcher, department=own) == [True, False, False]
    assert keeps(Role.dispatcher, department=uuid4()) == [False, False, False]
    assert keeps(Role.administrator, hospital="wuxi") == [False, False, False]
    assert keeps(Role.expert, department=own) == [False, False, False]


people = st.sampled_from([LIU, YI, LIN])
shifts = st.builds(
    shift,
    people,
    starts=st.integers(-48, 48),
    ends=st.integers(-48, 60),
    place=st.integers(1, 4),
)


@given(st.lists(shifts, max_size=12), st.integers(-50, 62), st.sets(people))
def test_whatever_the_shifts_each_is_called_once_in_order_and_only_if_they_may_be(
    some: list[Shift], hour: int, eligible: set[UUID]
) -> None:
    at = AT + timedelta(hours=hour)
    groups = rules.in_order(some, at, eligible)
    called = [each for group in groups for each in group]
    on = [each for each in some if each.starts <= at < each.ends]
    assert len(called) == len(set(called))
    assert set(called) == {each.staff_id for each in on} & eligible
    assert all(groups)
    best = {who: min(each.place for each in on if each.staff_id == who) for who in called}
    assert [best[who] for who in called] == sorted(best.values())


@given(st.lists(shifts, max_size=12), st.integers(-50, 50), st.integers(0, 40))
def test_a_gap_is_exactly_where_nobody_is(some: list[Shift], begins: int, hours: int) -> None:
    within = span(begins, begins + hours)
    found = rules.gaps(some, [within])
    for quarter in range(hours * 4):
        at = within.start + timedelta(minutes=15 * quarter)
        empty = not any(each.starts <= at < each.ends for each in some)
        assert any(gap.start <= at < gap.end for gap in found) == empty
