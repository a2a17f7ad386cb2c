"""The transition table of readings, read by table."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from telemed.access.model import Actor, Role
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.kit.table import new_id
from telemed.people.model import Title
from telemed.reading import rules, sides
from telemed.reading.model import Reading
from telemed.reading.words import Part, ReadingPurpose, ReturnCode, Side, Who
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State
from tests.telemed.conftest import NOW


@pytest.fixture(autouse=True)
def desk() -> None:
    """No database: the rules are pure."""


ME, OTHER = new_id(), new_id()
A, S = Action, State


def row(state: State, reader: UUID | None = None, idle: timedelta = timedelta()) -> Reading:
    return Reading(
        purpose=ReadingPurpose.primary,
        patient_id=new_id(),
        branch_id="wuxi",
        hub_id="ruijin",
        study_uid="1.2",
        rank=0,
        modality="CT",
        examination="",
        question="",
        state=state,
        reader_id=reader,
        claimed_at=NOW - idle if reader else None,
        active_at=NOW - idle if reader else None,
    )


def actor(*roles: Role, hospital: str = "ruijin", id: UUID = ME) -> Actor:
    return Actor(id, new_id(), hospital, "", frozenset(roles))


READER = actor(Role.radiologist)
DOCTOR = actor(Role.requesting_doctor, hospital="wuxi")
LAPSED = rules.IDLE


def written_by(title: Title) -> Reading:
    of = row(S.written, OTHER)
    of.author_title = title
    return of


@pytest.mark.parametrize(
    ("who", "of", "may"),
    [
        (READER, row(S.requested), [A.claim, A.return_]),
        (READER, row(S.assigned, ME), [A.claim, A.return_]),
        (READER, row(S.assigned, OTHER), [A.take_over]),
        (READER, row(S.claimed, ME), [A.release, A.return_, A.submit]),
        (READER, row(S.claimed, OTHER), [A.take_over]),
        (READER, row(S.claimed, OTHER, LAPSED), [A.claim, A.return_]),
        (READER, row(S.claimed, ME, LAPSED), [A.claim, A.return_]),
        (READER, row(S.claimed, OTHER, LAPSED - timedelta(seconds=1)), [A.take_over]),
        (READER, row(S.written, ME), [A.take_back]),
        (READER, written_by(Title.resident), [A.revise, A.issue]),
        (READER, written_by(Title.attending), []),
        (READER, written_by(Title.chief), []),
        (READER, row(S.returned), []),
        (READER, row(S.issued), []),
        (DOCTOR, row(S.requested), [A.withdraw]),
        (DOCTOR, row(S.returned), [A.resend, A.withdraw]),
        (DOCTOR, row(S.written, OTHER), [A.withdraw]),
        (DOCTOR, row(S.issued), []),
        (DOCTOR, row(S.withdrawn), []),
        (actor(Role.expert), row(S.requested), []),
        (actor(Role.radiologist, hospital="jiashan"), row(S.requested), []),
        (actor(Role.radiologist, hospital="wuxi"), row(S.requested), [A.withdraw]),
        (actor(Role.requesting_doctor, hospital="jiashan"), row(S.returned), []),
    ],
)
def test_who_may_do_what(who: Actor, of: Reading, may: list[Action]) -> None:
    assert rules.allowed(of, who, NOW, Title.attending) == may


def test_every_state_that_is_not_the_end_leads_on() -> None:
    sources = {each.source for each in rules.TRANSITIONS}
    assert sources >= {S.requested, S.assigned, S.claimed, S.returned}
    assert {each.target for each in rules.TRANSITIONS if each.source in rules.DONE} == {S.addended}


def test_break_glass_only_reads() -> None:
    of = row(S.requested)
    assert rules.capacities(of, replace(READER, opened={of.patient_id: new_id()}), NOW) == frozenset()


def test_the_system_gives_up_what_has_lapsed_and_nothing_else() -> None:
    assert rules.capacities(row(S.claimed, ME), None, NOW) == {Who.system}
    assert rules.transition(row(S.claimed, ME, LAPSED), A.release, None, NOW).target is S.requested
    with pytest.raises(NotAllowed):
        rules.transition(row(S.returned), A.resend, None, NOW)


def test_what_a_colleague_has_is_taken_over_with_a_reason_and_not_claimed() -> None:
    for of in (row(S.claimed, OTHER), row(S.assigned, OTHER)):
        with pytest.raises(Conflict) as claimed:
            rules.transition(of, A.claim, READER, NOW)
        assert claimed.value.extra["reason"] == "claimed"
        with pytest.raises(Invalid):
            rules.transition(of, A.take_over, READER, NOW, " ")
        assert rules.transition(of, A.take_over, READER, NOW, "急诊，他在手术室").target is S.claimed


@pytest.mark.parametrize(("modalities", "found"), [(["CT"], "CT"), (["SR", "PR", "MR"], "MR"), (["KO"], ""), ([], "")])
def test_the_modality_is_that_of_images(modalities: list[str], found: str) -> None:
    assert rules.modality_of(modalities) == found


@pytest.mark.parametrize(
    ("received", "expected", "complete", "waits"),
    [(118, 240, False, True), (240, 240, True, False), (118, None, False, False), (118, 240, True, False)],
)
def test_the_clock_waits_only_for_images_that_were_declared(
    received: int, expected: int | None, complete: bool, waits: bool
) -> None:
    assert rules.waits_for_images(received, expected, complete) is waits


def test_another_reason_must_be_said() -> None:
    rules.refuse_return(ReturnCode.incomplete, "")
    with pytest.raises(Invalid):
        rules.refuse_return(ReturnCode.other, "  ")


def test_every_part_belongs_to_a_subspecialty() -> None:
    assert set(rules.SUBSPECIALTY) == set(Part)


@pytest.mark.parametrize(
    ("title", "author", "may"),
    [
        (Title.attending, Title.resident, True),
        (Title.attending, Title.attending, False),
        (Title.associate_chief, Title.associate_chief, False),
        (Title.chief, Title.chief, True),
        (Title.technician, Title.resident, False),
    ],
)
def test_seniors_review_and_chiefs_each_other(title: Title, author: Title, may: bool) -> None:
    assert rules.reviews(title, author) is may


@pytest.mark.parametrize(
    ("side", "text", "doubt"),
    [
        (Side.left, "右膝半月板撕裂", True),
        (Side.left, "左膝较右膝肿胀", False),
        (Side.both, "右膝", False),
        (Side.none, "右肺", False),
    ],
)
def test_a_text_that_names_only_the_other_side_is_doubted(side: Side, text: str, doubt: bool) -> None:
    assert sides.names_other_side(side, text) is doubt
