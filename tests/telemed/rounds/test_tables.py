"""The three transition tables, walked with everybody there and with one person gone."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.rounds import rules
from telemed.rounds.rules import INSTRUCTIONS, ITEMS, SESSIONS, Line
from telemed.rounds.words import InstructionAction, InstructionState, ItemState, RoundAction, RoundState, Who

EVERYBODY = frozenset(Who)
S = TypeVar("S", bound=StrEnum)


def reached(table: Iterable[Line[Any, S]], start: S, without: Who | None = None) -> set[S]:
    lines, found, more = list(table), set[S](), {start}
    while more:
        found |= more
        more = {each.target for each in lines if each.source in found and each.who - {without}} - found
    return found


def test_every_state_is_reached() -> None:
    assert reached(SESSIONS, RoundState.planned) == set(RoundState)
    assert reached(ITEMS, ItemState.proposed) == set(ItemState)
    assert reached(INSTRUCTIONS, InstructionState.to_read_back) == set(InstructionState)


@pytest.mark.parametrize("gone", [each for each in Who if each is not Who.system])
def test_with_one_person_gone_a_round_still_comes_to_an_end(gone: Who) -> None:
    ends = {RoundState.closed, RoundState.cancelled}
    for state in reached(SESSIONS, RoundState.planned, gone):
        assert reached(SESSIONS, state, gone) & ends, state


@pytest.mark.parametrize("gone", [Who.lead, Who.nurse, Who.coordinator, Who.pool, Who.senior])
def test_with_one_of_these_gone_a_patient_is_confirmed_and_a_note_signed(gone: Who) -> None:
    found = reached(ITEMS, ItemState.proposed, gone)
    assert {ItemState.confirmed, ItemState.discussed, ItemState.countersigned} <= found


@given(st.lists(st.tuples(st.sampled_from(RoundAction), st.sets(st.sampled_from(Who), min_size=1)), max_size=30))
def test_whatever_is_tried_the_state_is_one_of_the_table_or_the_refusal_says_why(
    tried: list[tuple[RoundAction, set[Who]]],
) -> None:
    state = RoundState.planned
    for action, held in tried:
        if action in rules.allowed(SESSIONS, state, held):
            line = rules.line(SESSIONS, action, state, held, "reason")
            assert line in SESSIONS
            state = line.target
        else:
            with pytest.raises((Conflict, NotAllowed)) as refused:
                rules.line(SESSIONS, action, state, held, "reason")
            assert refused.value.extra["reason"] in ("wrong_state", "capacity")


def test_a_reason_is_asked_where_the_table_says_so_but_not_of_the_system() -> None:
    with pytest.raises(Invalid):
        rules.line(SESSIONS, RoundAction.cancel, RoundState.ready, {Who.lead}, " ")
    assert rules.line(SESSIONS, RoundAction.cancel, RoundState.ready, {Who.system}).target is RoundState.cancelled


def test_nobody_acts_on_what_has_ended() -> None:
    ended: tuple[tuple[Iterable[Line[Any, Any]], set[Any]], ...] = (
        (SESSIONS, {RoundState.closed, RoundState.cancelled}),
        (ITEMS, {ItemState.countersigned, ItemState.removed}),
        (INSTRUCTIONS, set(InstructionState) - rules.OPEN),
    )
    for table, states in ended:
        for state in states:
            assert rules.allowed(table, state, EVERYBODY) == []


def test_the_lead_alone_gives_another_instruction_in_place_of_one_that_is_open() -> None:
    replace = InstructionAction.replace_
    for state in InstructionState:
        may = {who for who in Who if replace in rules.allowed(INSTRUCTIONS, state, {who})}
        assert may == ({Who.lead} if state in rules.OPEN else set())
