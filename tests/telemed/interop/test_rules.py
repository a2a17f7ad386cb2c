"""What a calendar is told next: each change once, in rising order, and nothing taken back that was not given."""

from hypothesis import given
from hypothesis import strategies as st

from telemed.interop.model import Method
from telemed.interop.rules import NOTHING, Said, next_said

REQUEST, CANCEL = Method.request, Method.cancel


def test_a_first_request_has_the_bookings_own_sequence_and_is_not_repeated() -> None:
    first = next_said(NOTHING, NOTHING, "at ten", 2, comes=True, doubtful=False)
    assert first == Said(REQUEST, 2, "at ten")
    assert next_said(first, NOTHING, "at ten", 3, comes=True, doubtful=False) is None
    assert next_said(NOTHING, first, "at ten", 2, comes=True, doubtful=False) is None, "a mail brings it"


def test_a_move_is_a_request_with_a_higher_sequence() -> None:
    has = Said(REQUEST, 2, "at ten")
    assert next_said(has, NOTHING, "at noon", 3, comes=True, doubtful=False) == Said(REQUEST, 3, "at noon")
    assert next_said(has, NOTHING, "at noon", 2, comes=True, doubtful=False) == Said(REQUEST, 3, "at noon")


def test_nothing_is_taken_back_that_was_never_given() -> None:
    assert next_said(NOTHING, NOTHING, "at ten", 4, comes=False, doubtful=False) is None


def test_what_may_have_arrived_is_said_again_alike_and_taken_back() -> None:
    perhaps = Said(REQUEST, 2, "at ten")
    assert next_said(NOTHING, perhaps, "at ten", 2, comes=True, doubtful=True) == perhaps
    taken_back = next_said(NOTHING, perhaps, "at ten", 3, comes=False, doubtful=True)
    assert taken_back == Said(CANCEL, 3, "at ten")


def test_a_cancel_is_said_once_and_an_invitation_after_it_is_higher() -> None:
    has = Said(CANCEL, 5, "at ten")
    assert next_said(has, NOTHING, "at ten", 5, comes=False, doubtful=False) is None
    assert next_said(has, NOTHING, "at ten", 5, comes=True, doubtful=False) == Said(REQUEST, 6, "at ten")


STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from(["ten", "noon"]), st.sampled_from("ynd")), max_size=20)


@given(STEPS)
def test_whatever_becomes_of_mails_a_calendar_ends_right_and_hears_in_order(steps: list[tuple[bool, str, str]]) -> None:
    """Each step: whether they come, when, and whether the mail arrives: y, n, or d for one of which nobody knows."""
    has, under_way, doubtful, shown, last, sequence = NOTHING, NOTHING, False, "", -1, 0
    for comes, what, became in [*steps, (False, "ten", "y"), (False, "ten", "y")]:
        sequence += 1
        said = next_said(has, under_way, what, sequence, comes=comes, doubtful=doubtful)
        if said is None:
            assert shown == (what if comes else "")
            continue
        if doubtful and said != under_way:
            has = Said(REQUEST, under_way.sequence, "")
        doubtful, under_way = doubtful and said == under_way, said
        if became in "yd":
            assert said.sequence >= last, "none is older than what was heard"
            assert said.sequence > last or shown == (said.what if said.method is REQUEST else "")
            shown, last = said.what if said.method is REQUEST else "", said.sequence
        if became == "y":
            has, under_way, doubtful = said, NOTHING, False
        elif became == "d":
            doubtful = True
        elif not doubtful:
            under_way = NOTHING
    assert shown == ""
