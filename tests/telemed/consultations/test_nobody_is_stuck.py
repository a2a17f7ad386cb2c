"""Walks the transition table: whoever is gone, from every state a final one is reached by acts that the pages offer.

Nothing of the table is repeated here. What a person may do is asked of `rules.table.allowed`, as the pages do; where
it leads of `rules.table.transition`; which acts there are buttons for is read from the page itself. Only what the acts
name (a lead expert, a department, a substitute) is chosen here: anybody who is left.

The walk takes papers as done: the request is written, images, approvals and consents are there. That whoever is left
does them is shown apart, for each state in which each can be owed and with any one person gone: what is owed only
takes acts away until it is done, so that from there the walk goes on. Left out is who of the hub holds which grant
(`test_hub_duty`, `test_sharing_after_withdrawal`); without a consent none of them counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

import pytest

from telemed.access.model import Actor, Role
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.owed import DOES, NOTHING_OWED, owed_by
from telemed.consultations.rules.states import (
    AFTER_SIGNED,
    BEFORE_SIGNED,
    BEFORE_SUBMITTING,
    BOOKED,
    FINAL,
    PAPERS_OPEN,
)
from telemed.consultations.rules.table import TRANSITIONS, allowed, transition
from telemed.consultations.words import Action, Mode, State, Urgency
from telemed.errors import TelemedError
from telemed.opinions.model import Opinion
from telemed.opinions.rules import may_take_note, refuse_signing
from telemed.requests.rules import may_write
from telemed.work.model import WorkKind as K
from tests.telemed.conftest import NOW

A, R, S = Action, Role, State
BRANCH, HUB, OTHER_HUB, DEPARTMENT = "wuxi", "ruijin", "minjiang", uuid5(UUID(int=0), "department")
PAGE: Final = Path(__file__).parents[3] / "web/src/consultation/next.ts"
OWED_PAGE: Final = PAGE.with_name("Owed.tsx")


def buttons(page: Path) -> frozenset[str]:
    return frozenset(re.findall(r"^  '(\w+)',$", page.read_text(encoding="utf-8").split("as const")[0], re.M))


OFFERED: Final = buttons(PAGE)


def person(name: str, hospital: str, *roles: Role) -> Actor:
    id = uuid5(UUID(int=0), name)
    return Actor(id, id, hospital, name, frozenset(roles), DEPARTMENT if hospital != BRANCH else None)


# Three hospitals as thinly staffed as they come: nobody has a second but who is replaced by one of the same kind.
STAFF: Final = {
    each.id: each
    for each in (
        person("doctor", BRANCH, R.requesting_doctor, R.accompanying_physician),
        person("other doctor", BRANCH, R.requesting_doctor, R.accompanying_physician),
        person("chief", BRANCH, R.senior_doctor),
        person("reviewer", BRANCH, R.reviewer),
        person("duty officer", BRANCH, R.duty_officer),
        person("coordinator", HUB, R.coordinator),
        person("other coordinator", HUB, R.coordinator),
        person("dispatcher", HUB, R.dispatcher),
        person("expert", HUB, R.expert),
        person("other expert", HUB, R.expert),
        person("hub duty officer", HUB, R.duty_officer),
        *(person(f"their {name}", OTHER_HUB, R.coordinator) for name in ("coordinator", "other coordinator")),
        *(person(f"their {name}", OTHER_HUB, R.expert) for name in ("expert", "other expert")),
        person("their dispatcher", OTHER_HUB, R.dispatcher),
    )
}
NOBODY: Final = UUID(int=0)


@dataclass(frozen=True)
class Place:
    """All that the table looks at in a consultation."""

    state: State
    urgency: Urgency
    mode: Mode
    accompanying: UUID
    lead: UUID | None = None
    department: UUID | None = None
    endorsed: bool = False
    hub: str = HUB

    def row(self) -> Consultation:
        row = Consultation(branch_id=BRANCH, hub_id=self.hub, state=self.state, urgency=self.urgency, mode=self.mode)
        row.accompanying_id, row.lead_id, row.hub_department_id = self.accompanying, self.lead, self.department
        row.endorsed_at = NOW if self.endorsed else None
        return row


def starts() -> Iterator[Place]:
    doctor = next(iter(STAFF))
    for urgency in Urgency:
        for mode in Mode:
            yield Place(S.draft, urgency, mode, doctor)


def holders(gone: UUID, role: Role, *, at: str) -> list[UUID]:
    return [id for id, each in STAFF.items() if id != gone and each.hospital_id == at and role in each.roles]


def given(at: Place, gone: UUID) -> Iterator[GuardInput]:
    """What people can bring about: papers are written and rooms entered by whoever is left, and only by them."""
    here = gone not in (at.lead, at.accompanying) and at.lead is not None
    stat = at.urgency is Urgency.stat
    for agreed in (False, True):
        yield GuardInput(
            red=[] if here else ["devices"],
            needs_endorsement=not stat,
            needs_review=not stat,
            all_accepted=here,
            both_admitted=here,
            complete_opinion=True,
            every_advice_answered=True,
            all_adopted_and_done=True,
            agreed=agreed,
            must_reassess=True,
            started_anyway=True,
        )


def after(at: Place, action: Action, by: Actor | None, to: State, gone: UUID) -> Iterator[Place]:
    """The consultation after the act; one for each choice that its dialog leaves."""
    then = replace(at, state=to)
    match action:
        case A.accept:
            yield replace(then, department=DEPARTMENT)
            yield from (replace(then, lead=each) for each in holders(gone, R.expert, at=at.hub))
        case A.take if by is not None and R.expert in by.roles:
            yield replace(then, lead=by.id)
        case A.take | A.name_lead | A.replace_lead:
            yield from (replace(then, lead=each) for each in holders(gone, R.expert, at=at.hub) if each != at.lead)
        case A.replace_accompanying:
            others = holders(gone, R.accompanying_physician, at=BRANCH)
            yield from (replace(then, accompanying=each) for each in others if each != at.accompanying)
        case A.redirect:
            yield replace(then, hub=OTHER_HUB if at.hub == HUB else HUB)
        case A.give_back:
            yield replace(then, department=None)
        case A.endorse:
            yield replace(then, endorsed=True)
        case A.submit:
            yield replace(then, endorsed=False)
        case A.to_written:
            yield replace(then, mode=Mode.written)
        case _:
            yield then


@cache
def steps(at: Place, gone: UUID) -> frozenset[tuple[Action, Place]]:
    """Where somebody who is left, or the clock, can bring it from here."""
    row = at.row()
    found = set[tuple[Action, Place]]()
    for by in (None, *(each for id, each in STAFF.items() if id != gone)):
        for known in given(at, gone):
            for action in allowed(row, by, known):
                if by is None or action in OFFERED:
                    to = transition(row, action, by, known, "reason").target
                    found |= {(action, each) for each in after(at, action, by, to, gone)}
    return frozenset(found)


def reached(first: set[Place], gone: UUID) -> set[Place]:
    seen, left = set(first), list(first)
    while left:
        new = {each for _, each in steps(left.pop(), gone)} - seen
        seen |= new
        left += new
    return seen


def leads_to(goal: frozenset[State], among: set[Place], gone: UUID, *, without: frozenset[Action]) -> set[Place]:
    """Of these places those from which one of the states is reached without these acts."""
    good = {each for each in among if each.state in goal}
    while more := {at for at in among - good if any(a not in without and to in good for a, to in steps(at, gone))}:
        good |= more
    return good


@pytest.fixture(scope="module")
def everywhere() -> set[Place]:
    """Every place that a consultation comes to while nobody is gone."""
    return reached(set(starts()), NOBODY)


def test_every_state_is_reached_and_every_act_of_a_person_is_offered(everywhere: set[Place]) -> None:
    assert {each.state for each in everywhere} == set(State)
    of_people = {each.action for each in TRANSITIONS if {str(who) for who in each.who} != {"system"}}
    assert of_people - OFFERED == set()


@pytest.mark.parametrize("gone", [NOBODY, *STAFF], ids=["nobody", *(each.name for each in STAFF.values())])
def test_whoever_is_gone_a_final_state_stays_reachable_from_everywhere(everywhere: set[Place], gone: UUID) -> None:
    among = reached(everywhere, gone)
    stuck = among - leads_to(FINAL, among, gone, without=frozenset())
    assert stuck == set()


@pytest.mark.parametrize("gone", [NOBODY, *STAFF], ids=["nobody", *(each.name for each in STAFF.values())])
def test_whoever_is_gone_an_opinion_can_still_be_signed_answered_and_archived(
    everywhere: set[Place], gone: UUID
) -> None:
    """Not by giving up: without cancelling, declining or not coming; from where it was not given up."""
    given_up = frozenset({A.cancel, A.decline, A.discard, A.miss, A.expire})
    among = reached(everywhere, gone)
    stuck = {each for each in among if each.state not in FINAL} - leads_to(
        frozenset({S.archived}), among, gone, without=given_up
    )
    assert stuck == set()


def consent(kind: ConsentKind = ConsentKind.patient, **more: Any) -> Consent:
    said: dict[str, Any] = {"case_id": NOBODY, "number": "C", "at": NOW, "recorded_by": NOBODY}
    return Consent(kind=kind, **(said | more))


OPEN: Final = frozenset(State) - NOTHING_OWED - {S.archived}  # archiving waits until nothing is asked for
OWED: Final[dict[K, tuple[frozenset[State], list[Consent]]]] = {  # in which states, and because of which consents
    K.renew: (frozenset(BEFORE_SIGNED), [consent(withdrawn_at=NOW)]),
    K.approve_consent: (OPEN, [consent(ConsentKind.emergency)]),
    K.consent: (OPEN, [consent(ConsentKind.telephone, paper_due=True)]),
    K.upload: (frozenset(PAPERS_OPEN) & OPEN, []),
    K.name_accompanying: (BOOKED, []),
}


@pytest.mark.parametrize("gone", [NOBODY, *STAFF], ids=["nobody", *(each.name for each in STAFF.values())])
def test_whoever_is_gone_what_is_owed_beside_the_steps_is_offered_to_somebody_who_may_do_it(gone: UUID) -> None:
    assert OWED.keys() == DOES.keys()
    assert buttons(OWED_PAGE) == set(DOES)
    left = [each for id, each in STAFF.items() if id != gone]
    for kind, (states, consents) in OWED.items():
        for state in states:
            row = Consultation(branch_id=BRANCH, hub_id=HUB, state=state)
            able = [each for each in left if kind in owed_by(row, each, consents, {kind})]
            assert able, (kind, state)
            assert {each.hospital_id for each in able} == {BRANCH}


@pytest.mark.parametrize("gone", [NOBODY, *STAFF], ids=["nobody", *(each.name for each in STAFF.values())])
def test_whoever_is_gone_somebody_can_write_what_a_request_lacks(gone: UUID) -> None:
    lacking = {(state, Urgency.routine) for state in BEFORE_SUBMITTING}
    lacking |= {(state, Urgency.stat) for state in PAPERS_OPEN}  # its rest may follow
    for state, urgency in lacking:
        row = Consultation(branch_id=BRANCH, hub_id=HUB, state=state, urgency=urgency)
        assert any(writes(row, each) for id, each in STAFF.items() if id != gone), (state, urgency)


def writes(row: Consultation, actor: Actor) -> bool:
    try:
        may_write(row, actor)
    except TelemedError:
        return False
    return True


SIGNED: Final = Opinion(consultation_id=NOBODY, number=1, author_id=NOBODY)


def amends(at: Place, gone: UUID) -> bool:
    """Whether somebody who is left may sign another version of the signed opinion here."""
    if at.lead is None or at.lead == gone:
        return False
    try:
        refuse_signing(at.row(), STAFF[at.lead], SIGNED)
    except TelemedError:
        return False
    return True


@pytest.mark.parametrize("gone", [NOBODY, *STAFF], ids=["nobody", *(each.name for each in STAFF.values())])
def test_whoever_is_gone_a_signed_opinion_on_wrong_images_is_reassessed_or_taken_note_of(
    everywhere: set[Place], gone: UUID
) -> None:
    """Also once it is closed or archived, and without leaving the state: nobody waits for the case to go on."""
    signed = {each for each in reached(everywhere, gone) if each.state in AFTER_SIGNED}
    assert {each.state for each in signed} == AFTER_SIGNED
    by_another = {at: {to for _, to in steps(at, gone) if to.state is at.state} for at in signed}
    assert {at for at, others in by_another.items() if not any(amends(each, gone) for each in {at, *others})} == set()
    without_consent = {at for at in signed if not any(may_take_note(at.row(), STAFF[id]) for id in STAFF if id != gone)}
    assert without_consent == set()
