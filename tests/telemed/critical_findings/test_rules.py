"""The table of critical findings, who does what, and when what is read back is the same."""

from datetime import timedelta
from typing import Any

import pytest

from telemed.access.model import Actor, Role
from telemed.critical_findings import rules
from telemed.critical_findings.catalogue import LISTED, of_modality
from telemed.critical_findings.model import CriticalFinding
from telemed.critical_findings.words import FindingAction as A
from telemed.critical_findings.words import FindingState as S
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.kit.table import new_id
from telemed.people.model import Title
from tests.telemed.conftest import NOW


def one(state: S = S.notifying, **more: Any) -> CriticalFinding:
    columns: dict[str, Any] = {
        "value": "30",
        "unit": "mL",
        "words": [],
        "wrong": 0,
        "found_at": NOW,
        "patient_id": new_id(),
    } | more
    return CriticalFinding(branch_id="wuxi", hub_id="ruijin", state=state, **columns)


def person(hospital: str, *roles: Role) -> Actor:
    return Actor(new_id(), new_id(), hospital, "", frozenset(roles))


READER, NURSE = person("ruijin", Role.radiologist), person("wuxi", Role.primary_nurse)


@pytest.mark.parametrize(
    ("state", "who", "may"),
    [
        (S.notifying, NURSE, [A.read_back]),
        (S.notifying, READER, [A.tell]),
        (S.notifying, person("wuxi", Role.radiographer), [A.tell]),
        (S.notifying, person("wuxi", Role.trainee), []),
        (S.notifying, person("ruijin", Role.expert), []),
        (S.notifying, person("jiashan", Role.senior_doctor, Role.radiologist), []),
        (S.read_back, NURSE, [A.act]),
        (S.read_back, READER, [A.tell]),
        (S.acted, person("wuxi", Role.duty_officer), [A.close]),
        (S.acted, READER, [A.tell]),
        (S.closed, NURSE, []),
        (S.closed, READER, []),
    ],
)
def test_each_side_has_its_part(state: S, who: Actor, may: list[A]) -> None:
    assert rules.allowed(one(state), who) == may


@pytest.mark.parametrize("state", [S.detected, S.notifying, S.read_back, S.acted])
def test_who_raised_it_or_reviews_their_reports_withdraws_it_until_it_is_closed(state: S) -> None:
    own, equal = one(state, found_by=READER.id), rules.Titles(Title.attending, Title.attending)
    assert A.withdraw in rules.allowed(own, READER)
    other = one(state, found_by=new_id())
    assert A.withdraw not in rules.allowed(other, READER, equal)
    assert A.withdraw in rules.allowed(other, READER, rules.Titles(Title.chief, Title.attending))
    assert A.withdraw not in rules.allowed(other, NURSE, rules.Titles(Title.chief, Title.attending))


@pytest.mark.parametrize("state", [S.closed, S.withdrawn])
def test_nothing_is_done_about_one_that_is_closed_or_withdrawn(state: S) -> None:
    own = one(state, found_by=READER.id)
    assert rules.allowed(own, READER) == rules.allowed(own, NURSE) == []
    with pytest.raises(Conflict):
        rules.transition(own, A.read_back, NURSE)


def test_what_the_table_does_not_hold_is_refused() -> None:
    with pytest.raises(Conflict, match="closed"):
        rules.transition(one(S.closed), A.read_back, NURSE)
    with pytest.raises(NotAllowed):
        rules.transition(one(), A.read_back, READER)


def test_break_glass_only_reads() -> None:
    row = one()
    opened = Actor(new_id(), new_id(), "ruijin", "", frozenset({Role.radiologist}), opened={row.patient_id: new_id()})
    assert rules.allowed(row, opened) == []


def test_wrong_twice_is_for_the_telephone() -> None:
    assert rules.allowed(one(wrong=1), NURSE) == [A.read_back]
    assert rules.allowed(one(wrong=2), NURSE) == []
    with pytest.raises(Conflict) as refused:
        rules.transition(one(wrong=2), A.read_back, NURSE)
    assert refused.value.extra["reason"] == "telephone_needed"


@pytest.mark.parametrize("said", ["30", "30.0", " 30 ", "３０", "030"])
def test_the_same_number_is_the_same_however_it_is_typed(said: str) -> None:
    assert rules.heard(one(), said) == "30"


@pytest.mark.parametrize("said", ["3", "300", "30.01", "0"])
def test_another_number_is_not(said: str) -> None:
    assert rules.heard(one(), said) != "30"


@pytest.mark.parametrize("said", ["OK", "收到", "", "-30", "3e1", "NaN", "Infinity", "30 mL", "1" * 20, "²"])
def test_what_is_no_number_reads_nothing_back(said: str) -> None:
    with pytest.raises(Invalid):
        rules.heard(one(), said)


def test_a_word_is_one_of_the_four() -> None:
    row = one(value="左侧", words=["左侧", "右侧", "双侧", "居中"])
    assert (rules.heard(row, "左侧"), rules.heard(row, "右侧")) == ("左侧", "右侧")
    with pytest.raises(Invalid):
        rules.heard(row, "左")


def test_every_row_of_the_list_has_a_number_or_four_words() -> None:
    for each in LISTED:
        assert bool(each.unit) is not bool(each.words), each.code
        assert len(set(each.words)) in (0, 4), each.code
        assert each.modalities, each.code
    assert len({each.code for each in LISTED}) == len(LISTED)
    assert {"CT", "CR", "DX", "MR", "US"} <= {each for one in LISTED for each in one.modalities}
    assert [each.code for each in of_modality("MG")] == []


def test_free_text_is_read_back_as_a_number_or_a_side() -> None:
    assert rules.key_of("", "膈疝", "左侧", "", "CT").words
    assert rules.key_of("", "膈疝", "4.50", "cm", "NM")[3:5] == ("4.5", "cm")
    for code, finding, value, unit in (
        ("", "", "1", "mm"),
        ("", "膈疝", "大", ""),
        ("", "膈疝", "大", "cm"),
        ("cord_compression", "", "颈髓", ""),  # of MR
        ("unheard_of", "", "1", ""),
    ):
        with pytest.raises(Invalid):
            rules.key_of(code, finding, value, unit, "CT")


def test_moments_follow_each_other() -> None:
    later = NOW + timedelta(minutes=10)
    rules.refuse_times(one(), later, NOW, NOW, later)
    for wrong in ((later, NOW), (NOW - timedelta(minutes=1),), (later + timedelta(seconds=1),)):
        with pytest.raises(Invalid):
            rules.refuse_times(one(), later, *wrong)
