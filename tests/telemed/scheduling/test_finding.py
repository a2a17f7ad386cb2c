"""Found times, misses and relaxations are those that trying every minute finds, in small worlds."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemed.scheduling.finding import (
    DAY,
    FOR_AN_OPTIONAL_LINE,
    FOR_THE_CHOICE_BEFORE,
    LEAST,
    Agenda,
    Agendas,
    Line,
    Question,
    find,
    in_the_way,
)
from telemed.scheduling.intervals import Time, end_of, meeting, starts, together, united, without
from telemed.scheduling.relaxing import Change, days_without, relax, together_for, unmet

M, LAST = 60, 150  # a minute in seconds; the last minute of a world
TIMES = st.lists(st.tuples(st.integers(0, LAST), st.integers(1, 60)), max_size=6).map(
    lambda some: united((start * M, min(start + length, LAST) * M) for start, length in some)
)
IDS = [UUID(int=n) for n in range(1, 9)]


def minutes(times: Sequence[Time]) -> set[int]:
    return {minute for start, end in times for minute in range(start // M, end // M)}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Question, dict[UUID, Agenda]]:
    """Two or three lines of one or two each, a line's count up to its size, and a spare for each."""
    ids, lines = iter(IDS), []
    for n in range(draw(st.integers(2, 3))):
        of = tuple(next(ids) for _ in range(draw(st.integers(1, 2))))
        count = draw(st.integers(1, len(of)))
        required = n == 0 or draw(st.booleans())
        lines.append(Line(f"{n}", of, count, required, stays=n == 0, spares=(next(ids),) if n == 1 else ()))
    windows = draw(TIMES.filter(bool))
    question = Question(tuple(lines), windows, draw(st.sampled_from([15, 20, 30, 45])) * M)
    opens = st.sampled_from([[(0, LAST * M)], [(0, 60 * M), (75 * M, LAST * M)]])
    evening = st.sampled_from([[], [(60 * M, 75 * M)]])
    return question, {id: Agenda(draw(opens), draw(TIMES), draw(evening)) for id in IDS}


def free(agenda: Agenda, start: int, length: int) -> bool:
    return set(range(start, start + length)) <= minutes(agenda.open) - minutes(agenda.taken)


def allowed(question: Question) -> list[int]:
    return [
        minute
        for minute in range(LAST)
        if any(start <= minute * M and minute * M + question.length <= end for start, end in question.windows)
    ]


def missing(question: Question, agendas: Agendas, start: int, length: int | None = None) -> list[str]:
    """The required lines that cannot be there, by trying every one of them."""
    of = length or question.length // M
    return [
        line.key
        for line in question.lines
        if line.required and sum(free(agendas[id], start, of) for id in line.of) < line.count
    ]


def cost(question: Question, agendas: Agendas, start: int) -> int:
    total = start * M
    for line in question.lines:
        who = [n for n, id in enumerate(line.of) if free(agendas[id], start, question.length // M)][: line.count]
        if len(who) < line.count:
            total += FOR_AN_OPTIONAL_LINE
        else:
            total += FOR_THE_CHOICE_BEFORE * (sum(who) - sum(range(line.count)))
    return total


@given(TIMES, TIMES, st.integers(0, LAST))
def test_intervals_do_what_sets_of_minutes_do(one: list[Time], other: list[Time], minute: int) -> None:
    assert minutes(united([*one, *other])) == minutes(one) | minutes(other)
    assert minutes(without(one, other)) == minutes(one) - minutes(other)
    assert minutes([(a, b) for a, b, covers in together([one, other]) if covers == 3]) == minutes(one) & minutes(other)
    until = end_of(one, minute * M) // M
    assert minute + len([1 for at in range(minute, until)]) == until
    assert set(range(minute, until)) <= minutes(one)
    assert until not in minutes(one) or until == minute
    assert {each for each in one if each[0] < (minute + 9) * M and minute * M < each[1]} == set(
        meeting(one, (minute * M, (minute + 9) * M))
    )


@given(TIMES, st.integers(1, 60))
def test_a_start_is_one_from_which_a_single_interval_lasts_long_enough(times: list[Time], length: int) -> None:
    found = starts(times, length * M)
    lasts = {
        minute for minute in range(LAST) if any(s <= minute * M and minute * M + length * M <= e for s, e in times)
    }
    assert {minute for minute in range(LAST) if any(s <= minute * M < e for s, e in found)} == lasts


@given(worlds())
def test_a_time_is_found_just_where_trying_every_minute_finds_one(world: tuple[Question, dict[UUID, Agenda]]) -> None:
    question, agendas = world
    answer = find(question, agendas)
    possible = [each for each in allowed(question) if not missing(question, agendas, each)]
    assert bool(answer.found) == bool(possible)
    for each in answer.found:
        assert each.start // M in possible
        for key, who in each.who.items():
            line = next(one for one in question.lines if one.key == key)
            assert len(who) == line.count
            assert all(free(agendas[id], each.start // M, question.length // M) for id in who)
        assert set(each.missing) == {line.key for line in question.lines} - each.who.keys()
    spans = sorted((each.start, each.end) for each in answer.found)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(worlds())
def test_the_first_time_found_is_the_cheapest(world: tuple[Question, dict[UUID, Agenda]]) -> None:
    question, agendas = world
    answer = find(question, agendas)
    neat = [each for each in allowed(question) if each % 5 == 0 and not missing(question, agendas, each)]
    if answer.found:
        costs = [each.cost for each in answer.found]
        assert costs == sorted(costs)
        assert costs[0] == cost(question, agendas, answer.found[0].start // M)
        assert costs[0] <= min((cost(question, agendas, each) for each in neat), default=costs[0])


@given(worlds())
def test_a_miss_names_the_fewest_lines_and_what_is_in_their_way(world: tuple[Question, dict[UUID, Agenda]]) -> None:
    question, agendas = world
    answer = find(question, agendas)
    lacking = {each: missing(question, agendas, each) for each in allowed(question)}
    if answer.found or not lacking:
        assert answer.misses == ()
        return
    fewest = min(map(len, lacking.values()))
    for each in answer.misses:
        absent, blocks = lacking[each.start // M], in_the_way(question, agendas, each.start)
        assert (len(absent), {block.line for block in blocks}) == (fewest, set(absent))
        for block in blocks:
            assert block.closed or block.taken
            assert all(start < each.end and each.start < end for start, end in block.taken)
            assert not free(agendas[block.resource], each.start // M, question.length // M)


@given(worlds())
def test_every_relaxation_is_a_question_whose_best_time_is_the_one_it_shows(
    world: tuple[Question, dict[UUID, Agenda]],
) -> None:
    question, agendas = world
    if find(question, agendas).found:
        return
    for each in relax(question, agendas):
        asked = {id: one.wide() for id, one in agendas.items()} if each.after_hours else agendas
        (again, *_) = find(each.question, asked).found
        assert (again.start, again.end, again.who) == (each.found.start, each.found.end, each.found.who)
        changed = {line.key for line in question.lines} - {
            line.key for line in each.question.lines if line in question.lines
        }
        assert changed <= {each.line}  # one at a time


@given(worlds())
def test_a_line_can_be_left_out_just_where_the_others_can_meet(world: tuple[Question, dict[UUID, Agenda]]) -> None:
    question, agendas = world
    if find(question, agendas).found:
        return
    relaxed = {(each.change, each.line) for each in relax(question, agendas)}
    alone = [missing(question, agendas, each) for each in allowed(question)]
    for line in question.lines:
        others_can = [line.key] in alone
        assert ((Change.left_out, line.key) in relaxed) == (others_can and not line.stays)
        wider = replace(line, of=(*line.of, *line.spares))
        with_spare = replace(question, lines=tuple(wider if one is line else one for one in question.lines))
        spare_helps = any(not missing(with_spare, agendas, each) for each in allowed(question))
        assert ((Change.instead, line.key) in relaxed) == (spare_helps and line.required)
        if line.required:
            assert bool(days_without(question, agendas, lambda _: "")[line.key]) == others_can


@given(worlds())
def test_the_longest_time_together_is_the_longest_that_trying_finds(
    world: tuple[Question, dict[UUID, Agenda]],
) -> None:
    question, agendas = world
    found = together_for(question, agendas, lambda _: "").get("", (0, 0))[0]

    def lasts(start: int) -> int:
        best = 0
        for length in range(LEAST // M, LAST - start + 1):
            whole = replace(question, length=length * M)
            if start not in allowed(whole) or missing(question, agendas, start, length):
                break
            best = length
        return best

    assert found == max(map(lasts, range(LAST))) * M


def one(*taken: tuple[int, int], opens: tuple[int, int] = (0, LAST), besides: Sequence[Time] = ()) -> Agenda:
    return Agenda([(opens[0] * M, opens[1] * M)], united((a * M, b * M) for a, b in taken), besides)


def asking(*lines: Line, until: int = LAST, length: int = 30) -> Question:
    return Question(lines, [(0, until * M)], length * M)


A, B, C, D = IDS[:4]


def test_one_of_two_at_every_moment_is_nobody_for_the_hour() -> None:
    halves = {A: one((0, 75)), B: one((75, LAST))}
    asked = asking(Line("surgeon", (A, B)), length=80)
    assert find(asked, halves).found == ()
    assert find(replace(asked, length=75 * M), halves).found[0].who == {"surgeon": (B,)}


def test_a_time_off_the_quarter_hours_is_found() -> None:
    agendas = {A: one((0, 17), (47, LAST))}
    assert [each.start // M for each in find(asking(Line("a", (A,))), agendas).found] == [17]
    roomy = {A: one((0, 17))}
    assert find(asking(Line("a", (A,))), roomy).found[0].start // M == 20  # a neat one where there is room


def test_an_optional_line_is_worth_a_day() -> None:
    agendas = {A: Agenda([(0, 3 * DAY)]), B: Agenda([(DAY - 600, 3 * DAY)])}
    lines = Line("a", (A,)), Line("b", (B,), required=False)
    whole = Question(lines, [(0, 3 * DAY)], 30 * M)
    assert find(whole, agendas).found[0].start == DAY - 600
    later = {A: agendas[A], B: Agenda([(DAY + 600, 3 * DAY)])}
    first = find(whole, later).found[0]
    assert (first.start, first.missing) == (0, ("b",))


def test_the_first_choice_is_worth_an_hour() -> None:
    agendas = {A: one((0, 61)), B: one()}
    first = find(asking(Line("room", (A, B))), agendas).found[0]
    assert (first.start, first.who) == (0, {"room": (B,)})
    soon = {A: one((0, 55)), B: one()}
    assert find(asking(Line("room", (A, B))), soon).found[0].who == {"room": (A,)}


def test_a_split_meets_the_others_first_and_then_those_who_stay() -> None:
    agendas = {A: one(), B: one((60, LAST)), C: one((0, 60))}
    asked = asking(Line("chair", (A,), stays=True), Line("b", (B,)), Line("c", (C,)))
    (split,) = [each for each in relax(asked, agendas) if each.change is Change.in_two]
    assert split.then is not None
    first, then = split.found, split.then
    assert {*first.who, *then.who} == {"chair", "b", "c"}
    assert "chair" in first.who
    assert "chair" in then.who


def test_an_evening_is_used_only_when_it_is_asked_for() -> None:
    agendas = {A: one(opens=(0, 20), besides=[(20 * M, 60 * M)]), B: one()}
    asked = asking(Line("a", (A,)), Line("b", (B,)))
    assert find(asked, agendas).found == ()
    (after,) = [each for each in relax(asked, agendas) if each.change is Change.after_hours]
    assert (after.found.start, after.after_hours) == (0, True)


def test_what_is_open_beyond_the_window_is_a_relaxation() -> None:
    asked = asking(Line("a", (A,), stays=True), until=40)
    (later,) = relax(asked, {A: one((0, 60))})
    assert (later.change, later.found.start // M) == (Change.later, 60)


def test_a_line_of_two_is_busy_only_when_too_few_are_left() -> None:
    agendas = {A: one((0, 30)), B: one((20, 50))}
    assert unmet(Line("one", (A, B)), agendas, (0, LAST * M)) == [(20 * M, 30 * M)]
    assert unmet(Line("both", (A, B), 2), agendas, (0, LAST * M)) == [(0, 50 * M)]


def test_nobody_stands_in_two_lines() -> None:
    with pytest.raises(ValueError, match="two lines"):
        asking(Line("a", (A, B)), Line("b", (B,)))


def test_a_line_that_nobody_can_fill_is_a_miss_without_bookings() -> None:
    asked = asking(Line("a", (A,)), Line("nobody", ()))
    (miss,) = find(asked, {A: one()}).misses
    assert (miss.missing, in_the_way(asked, {A: one()}, miss.start)) == (("nobody",), ())
