"""What the solver chooses holds every rule, and nothing that holds them fills more or is fairer: by brute force."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from telemed.people.rules import Span
from telemed.rosters import planning, solving
from telemed.rosters.easing import Easing, PlanLimit, easings
from telemed.rosters.planning import ANYBODY, Counts, Duty, Limits, Person, Question, WhyNot
from tests.telemed.rosters.plans import HOUR, LIMITS, kept, on, person, question, slot, whole

LONG = 30.0  # seconds: nothing here comes near
MOST_SEATS = 6


def allowed(asked: Question, who: Person, one: Duty) -> bool:
    """The rules about one person and one shift, said once more."""
    return (
        (who.nights if one.night else who.days)
        and who.rank >= asked.limits.ranks[one.place - 1]
        and one.day not in who.cannot
        and all(each.end <= one.span.start or each.start >= one.span.end for each in who.leave)
        and all(_rested(each, one.span, asked.limits.rest) for each in who.elsewhere)
    )


def _rested(one: Span, other: Span, rest: timedelta) -> bool:
    return one.end + rest <= other.start or other.end + rest <= one.start


def together(asked: Question, who: Person, chosen: Sequence[Duty]) -> bool:
    """The rules about what one person has in all, of which the chosen must hold them."""
    every = [*chosen, *(each for each in asked.kept if each.person == who.id)]
    nights = {each.day for each in every if each.night}
    for n, one in enumerate(chosen):
        if not all(_rested(one.span, each.span, asked.limits.rest) for m, each in enumerate(every) if m != n):
            return False
        windows = [
            [one.day + timedelta(days=back + n) for n in range(asked.limits.nights + 1)]
            for back in range(-asked.limits.nights, 1)
        ]
        if one.night and any(set(each) <= nights for each in windows):
            return False
    most = asked.limits.most
    return not chosen or most is None or len(every) <= most


def plans(asked: Question) -> Iterator[list[Duty]]:
    """All that hold the rules."""

    def further(n: int, chosen: list[Duty]) -> Iterator[list[Duty]]:
        if n == len(asked.seats):
            yield chosen
            return
        yield from further(n + 1, chosen)
        for who in asked.people:
            one = planning.duty(asked.seats[n], who.id)
            theirs = [each for each in [*chosen, one] if each.person == who.id]
            if allowed(asked, who, one) and together(asked, who, theirs):
                yield from further(n + 1, [*chosen, one])

    return further(0, [])


def lost(asked: Question, chosen: Sequence[Duty]) -> tuple[int, int]:
    """How many seats stay empty, and how far up."""
    filled = {(each.span, each.place) for each in chosen}
    empty = [each.place for each in asked.seats if (each.slot.span, each.place) not in filled]
    return len(empty), -sum(empty)


def unfair(asked: Question, chosen: Sequence[Duty]) -> int:
    cost, days = 0, len({each.day for each in asked.slots})
    for who in asked.people:
        mine = [each for each in chosen if each.person == who.id]
        unit = round(solving.UNIT * days / planning.free_days(asked, who))
        had, has = planning.counts(asked.kept_of(who.id)), planning.counts(mine)
        for measure in range(3):
            least = min(each.before[measure] for each in asked.people)
            tie = solving.TIE * min(solving.MOST_TIES, who.before[measure] - least)
            cost += sum(unit * (2 * (had[measure] + n) + 1) + tie for n in range(has[measure]))
        cost += solving.WISH * (sum(each.day in who.off for each in mine) - len(who.on & {each.day for each in mine}))
    return cost


@st.composite
def questions(draw: st.DrawFn) -> Question:
    two, places = draw(st.booleans()), draw(st.integers(1, 2))
    days = draw(st.integers(1, MOST_SEATS // places // (2 if two else 1)))
    ranks = tuple(draw(st.sampled_from([ANYBODY, 1])) for _ in range(places))
    limits = Limits(
        rest=HOUR * draw(st.sampled_from([0, 10, 12, 24])),
        nights=draw(st.integers(1, 2)),
        most=draw(st.sampled_from([None, None, 1, 2])),
        ranks=ranks,
    )
    some = st.frozensets(st.sampled_from([on(n) for n in range(days)]), max_size=2)
    spans = st.lists(st.sampled_from([slot(n, night).span for n in range(days) for night in (False, True)]), max_size=1)
    people = [
        person(
            n,
            rank=draw(st.sampled_from([ANYBODY, 0, 1])),
            days=draw(st.sampled_from([True, True, False])),
            nights=draw(st.sampled_from([True, True, False])),
            leave=tuple(draw(spans)),
            elsewhere=tuple(draw(spans)),
            cannot=draw(some),
            off=draw(some),
            on=draw(some),
            before=Counts(draw(st.integers(0, 5)), 0, draw(st.integers(0, 2))),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    where = st.sampled_from(question(days, [], two=two).slots)
    keeps = draw(st.lists(st.builds(kept, st.sampled_from(people), where, st.integers(1, places)), max_size=2))
    return question(days, people, keeps, limits, two)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=questions())
def test_no_plan_that_holds_the_rules_fills_more_or_is_fairer(asked: Question) -> None:
    answer = solving.solve(asked, LONG)
    assert answer.fewest
    assert answer.best
    found = [(*lost(asked, each), unfair(asked, each)) for each in plans(asked)]
    assert (*lost(asked, answer.chosen), unfair(asked, answer.chosen)) == min(found)
    for who in asked.people:
        mine = [each for each in answer.chosen if each.person == who.id]
        assert all(allowed(asked, who, each) for each in mine)
        assert together(asked, who, mine)
    empty = planning.gaps(asked, answer.chosen)
    assert len(empty) == solving.fewest(asked, LONG) == min(found)[0]
    assert not any(WhyNot.none in each.why for each in empty), "somebody could have had that seat"


def test_the_same_question_has_the_same_answer() -> None:
    asked = question(7, [person(n) for n in range(6)])
    assert solving.solve(asked, LONG) == solving.solve(asked, LONG)


def test_shifts_nights_and_holidays_are_even() -> None:
    people = [person(n) for n in range(5)]
    asked = question(10, people)
    answer = solving.solve(asked, LONG)
    of = planning.of_each(answer.chosen)
    assert sorted(planning.counts(of[each.id]).shifts for each in people) == [4] * 5
    assert sorted(planning.counts(of[each.id]).nights for each in people) == [2] * 5
    holidays = [planning.counts(of[each.id]).holidays for each in people]
    assert max(holidays) - min(holidays) <= 1


def test_who_had_more_before_has_the_shift_that_is_over() -> None:
    busy, rested = person(1, before=Counts(9, 5, 3)), person(2)
    answer = solving.solve(question(3, [busy, rested], two=False), LONG)
    of = planning.of_each(answer.chosen)
    assert (len(of[busy.id]), len(of[rested.id])) == (1, 2)


def test_a_wish_is_met_where_it_can_be_and_does_not_empty_a_seat() -> None:
    wishing = person(1, off=frozenset({on(0)}))
    (alone,) = solving.solve(question(1, [wishing], two=False), LONG).chosen
    assert alone.person == wishing.id
    (other,) = solving.solve(question(1, [wishing, person(2)], two=False), LONG).chosen
    assert other.person == person(2).id
    eager = person(3, on=frozenset({on(0)}))
    (taken,) = solving.solve(question(1, [wishing, person(2), eager], two=False), LONG).chosen
    assert taken.person == eager.id
    assert planning.wishes(eager, [taken]) == (1, 1)


def test_who_is_away_for_half_the_time_has_half_as_much() -> None:
    away = person(1, cannot=frozenset(on(n) for n in range(6)))
    answer = solving.solve(question(12, [away, person(2), person(3)], two=False), LONG)
    assert len(planning.of_each(answer.chosen)[away.id]) in (2, 3)


def test_what_is_kept_stays_and_is_rested_from() -> None:
    one, other = person(1), person(2)
    before = kept(one, whole(-1))._replace(counts=False)
    answer = solving.solve(question(2, [one, other], [before], two=False), LONG)
    assert [each.person for each in answer.chosen] == [other.id, one.id]


def test_each_who_could_not_have_an_empty_seat_has_a_reason() -> None:
    leave = person(1, leave=(slot(0, True).span,))
    by_day, junior = person(2, nights=False), person(3, rank=0)
    before, elsewhere = person(4), person(5, elsewhere=(slot(0, False).span,))
    cannot, done = person(6, cannot=frozenset({on(0)})), person(7)
    keeps = [
        kept(before, slot(-1, True))._replace(counts=False),
        kept(done, slot(3, False)),
        kept(person(8), slot(0, True), 2),
    ]
    people = [leave, by_day, junior, before, elsewhere, cannot, done, person(8)]
    people = [each if each in (junior,) else replace(each, rank=2) for each in people]
    limits = replace(LIMITS, nights=1, most=1, ranks=(2,))
    asked = question(1, people, keeps, limits)
    night = next(each for each in planning.gaps(asked, []) if each.seat.slot.night)
    ids = {why: [each.int for each in those] for why, those in night.why.items()}
    assert ids == {
        WhyNot.leave: [1],
        WhyNot.kind: [2],
        WhyNot.rank: [3],
        WhyNot.nights: [4],
        WhyNot.elsewhere: [5],
        WhyNot.cannot: [6],
        WhyNot.most: [7],
        WhyNot.taken: [8],
    }


def test_nobody_at_all_leaves_every_seat_empty() -> None:
    asked = question(2, [])
    assert solving.solve(asked, LONG) == ([], True, True)
    assert [each.why for each in planning.gaps(asked, [])] == [{}] * 4


def test_without_time_nothing_is_claimed() -> None:
    asked = question(7, [person(n) for n in range(6)])
    answer = solving.solve(asked, 0)
    assert not answer.best
    reasons = {why for each in planning.gaps(asked, answer.chosen) for why in each.why}
    assert answer.fewest or WhyNot.none in reasons


def test_what_is_kept_against_a_rule_is_named_once() -> None:
    one, other = person(1), person(2, cannot=frozenset({on(0)}))
    keeps = [kept(one, slot(0, False)), kept(one, slot(0, True)), kept(other, slot(0, False), 2)]
    asked = question(1, [one, other], keeps, replace(LIMITS, ranks=(ANYBODY, ANYBODY)))
    assert [(each.person, each.night, why) for each, why in planning.broken(asked)] == [
        (other.id, False, WhyNot.cannot),
        (one.id, True, WhyNot.rest),
    ]


def test_the_smallest_change_of_one_limit_that_fills_more_is_said() -> None:
    people = [person(n, rank=n - 1) for n in (1, 2)]
    limits = Limits(rest=12 * HOUR, nights=1, most=None, ranks=(1,))
    found = eased(question(2, people, limits=limits, two=False))
    assert found == [(PlanLimit.rank, 1, 0, 0)]
    two = eased(question(3, people, limits=replace(limits, ranks=(ANYBODY, ANYBODY), most=1), two=False))
    assert (PlanLimit.places, 0, 1, 1) in two
    nights = [person(1), person(2, nights=False)]
    assert (PlanLimit.nights, 0, 2, 0) in eased(question(2, nights, limits=replace(LIMITS, rest=10 * HOUR)))
    assert (PlanLimit.rest, 0, 0, 0) in eased(question(1, [person(1)]))


def eased(asked: Question) -> list[tuple[PlanLimit, int, int, int]]:
    empty = len(planning.gaps(asked, solving.solve(asked, LONG).chosen))
    found: list[Easing] = easings(asked, empty, solving.fewest, LONG)
    return [(each.limit, each.place, each.value, each.left) for each in found]


def test_one_limit_that_is_hard_to_judge_leaves_time_for_the_others() -> None:
    limits = replace(LIMITS, ranks=(ANYBODY, ANYBODY))
    asked_for = list[float]()

    def slow(_: Question, seconds: float) -> None:
        asked_for.append(seconds)

    assert easings(question(2, [person(1)], limits=limits), 4, slow, 8.0) == []
    assert len(asked_for) == 4  # places, two more nights, and less rest
    assert max(asked_for) == 2.0
