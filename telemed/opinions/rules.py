"""The rules of opinions: what a draft lacks; who may write, sign, answer and execute; when advice is due."""

from collections.abc import Callable, Iterable, Set
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from telemed.access.model import Actor, Role
from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.consultations.rules.mdt import members
from telemed.consultations.rules.states import AFTER_SIGNED, BEFORE_MEETING
from telemed.consultations.rules.table import ANSWER, capacities
from telemed.consultations.words import ParticipantRole, State, Who
from telemed.errors import Conflict, Invalid, NotAllowed, NotFound, TelemedError
from telemed.opinions.content import OpinionContent
from telemed.opinions.key_images import foreign
from telemed.opinions.model import Advice, Due, Execution, MemberSection, Opinion, Reply

S = State
WritingRule = Callable[[Consultation, Actor, Opinion | None], None]  # raises if it is not allowed
WRITABLE: Final = frozenset({S.accepted, S.scheduling, S.scheduled, S.ready, S.in_progress, S.interrupted, S.answering})
AMENDABLE: Final = AFTER_SIGNED
ANSWERABLE: Final = AMENDABLE  # once it is closed: only advice that an amendment changed
BRANCH_DOCTORS: Final = (
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.bed_doctor,
    Role.senior_doctor,
    Role.duty_doctor,
)
DOCTORS: Final = frozenset(BRANCH_DOCTORS)
WITHIN: Final = {
    Due.now: timedelta(minutes=40),  # as in an urgent consultation, also where the consultation itself is not
    Due.hours_2: timedelta(hours=2),
    Due.hours_24: timedelta(hours=24),
    Due.days_3: timedelta(days=3),
}


def missing(content: OpinionContent) -> list[str]:
    """Codes for what signing still needs, in the order of the page; `rows.<key>.<field>` for a row of advice."""
    out = [name for name in ("analysis", "diagnosis") if not getattr(content, name).strip()]
    if not content.advice and not content.no_advice:
        out.append("advice")
    for _, row in content.rows():
        out += [f"rows.{row.key}.{name}" for name in ("text", "owner") if not getattr(row, name).strip()]
        if row.due is None or (row.due is Due.at and row.due_at is None):
            out.append(f"rows.{row.key}.due")
    out += [f"key_images.{each.key}.side" for each in content.key_images if each.side is None]
    return out


def refuse_incomplete(content: OpinionContent) -> None:
    if lacks := missing(content):
        raise Invalid(f"Still missing: {', '.join(lacks)}.", reason="opinion_incomplete", missing=lacks)


def refuse_foreign_images(content: OpinionContent, held: Set[tuple[str, str]]) -> None:
    """Raises if a key image's study is not among the patient's (`held`) any more."""
    if found := foreign(content.key_images, held):
        told = [each.key for each in found]
        raise Conflict("A key image is of a study that is not this patient's.", reason="other_study", images=told)


def refuse_writing(row: Consultation, actor: Actor, signed: Opinion | None) -> None:
    """Raises unless this person may write: the lead expert; after a signature only an amendment, also if reopened."""
    if actor.id != row.lead_id:
        raise NotAllowed("Only the lead expert writes the opinion.", reason="not_lead")
    _refuse_state(row, signed)


def _refuse_state(row: Consultation, signed: Opinion | None) -> None:
    if row.state not in (AMENDABLE | WRITABLE if signed else WRITABLE):
        raise Conflict("The opinion cannot be written now.", reason="wrong_state", state=str(row.state))


def refuse_saving(row: Consultation, actor: Actor, signed: Opinion | None) -> None:
    """As `refuse_writing`, but the recorder of an MDT writes too."""
    if actor.id != row.recorder_id:
        refuse_writing(row, actor, signed)
    else:
        _refuse_state(row, signed)


def refuse_anothers(row: Consultation, draft: Opinion | None) -> None:
    """Raises if an earlier lead expert began the draft and this one has not decided yet whether to go on with it."""
    if draft is not None and draft.author_id != row.lead_id:
        raise Conflict("Another lead expert began it; take it over, or begin anew.", reason="others_draft")


def refuse_section(
    row: Consultation, actor: Actor, member: Participant | None, draft: Opinion | None, signed: Opinion | None
) -> None:
    """Raises unless this person may write this member's section of an MDT now: the member, the chair, the recorder."""
    if not row.mdt:
        raise Conflict("This is no MDT.", reason="no_mdt")
    if member is None or member.staff_id not in {each.staff_id for each in members(row, [member])}:
        raise NotFound("There is no such expert on this MDT.")
    if actor.id not in (member.staff_id, row.lead_id, row.recorder_id):
        raise NotAllowed("A section is written by its expert, the chair or the recorder.", reason="not_your_section")
    if signed is not None and draft is None:
        raise Conflict("It is signed; begin an amendment to change it.", reason="signed")
    _refuse_state(row, signed)


def passes_section(
    row: Consultation, actor: Actor, member: Participant | None, draft: Opinion | None, signed: Opinion | None
) -> bool:
    try:
        refuse_section(row, actor, member, draft, signed)
    except TelemedError:
        return False
    return True


def refuse_signing_section(row: Consultation, section: MemberSection) -> None:
    if row.state in BEFORE_MEETING:
        raise Conflict("A section is signed from the meeting on.", reason="section_too_early")
    if not section.text.strip():
        raise Invalid("Nothing is written in the section.", reason="section_empty")


def refuse_chairing(row: Consultation, actor: Actor) -> None:
    if actor.id != row.lead_id:
        raise NotAllowed("The chair says who is absent.", reason="not_chair")


def refuse_signing(row: Consultation, actor: Actor, signed: Opinion | None) -> None:
    refuse_writing(row, actor, signed)
    if row.state in WRITABLE - {S.answering}:
        raise Conflict(
            "End the meeting first; then the opinion is signed.", reason="meeting_open", state=str(row.state)
        )


def may_stand(row: Consultation, actor: Actor, taking_part: Participant | None) -> bool:
    """Whether this person may co-sign or dissent: an expert of the hub on the booking who is not the lead."""
    if taking_part is None or taking_part.role not in (ParticipantRole.expert, ParticipantRole.lead):
        return False
    return actor.id != row.lead_id and actor.hospital_id == row.hub_id and row.state in WRITABLE | AMENDABLE


def refuse_standing(row: Consultation, actor: Actor, taking_part: Participant | None) -> None:
    if row.state not in WRITABLE | AMENDABLE:
        raise Conflict("The opinion cannot be co-signed now.", reason="wrong_state", state=str(row.state))
    if not may_stand(row, actor, taking_part):
        raise NotAllowed("Only an expert on the booking co-signs or dissents.", reason="not_on_booking")


def is_branch_doctor(row: Consultation, actor: Actor) -> bool:
    return actor.hospital_id == row.branch_id and actor.has(*BRANCH_DOCTORS)


def may_take_note(row: Consultation, actor: Actor) -> bool:
    """Whether this person may say for the branch that a recalled opinion is not used: all whom its ladder tells."""
    return bool(capacities(row, actor) & (ANSWER | {Who.reviewer}))


def refuse_executing(row: Consultation, actor: Actor, advice: Advice) -> None:
    """Raises unless this person may record the order: only a doctor of the branch, no nurse."""
    if not is_branch_doctor(row, actor):
        raise NotAllowed("Only a doctor of the branch records the order.", reason="branch_doctor")
    if advice.execution is not Execution.open:
        raise Conflict("This advice is not waiting for an order.", reason="not_open")


def due_at(due: Due, moment: datetime | None, usual: datetime, now: datetime, zone: str) -> datetime:
    """When the order is due; not later than a moment that the expert named. `usual`: if they named no time."""
    if due is Due.at and moment is not None:
        return moment
    if due is Due.today:
        local = now.astimezone(ZoneInfo(zone))
        return local.replace(hour=23, minute=59, second=0, microsecond=0).astimezone(now.tzinfo)
    return now + WITHIN[due] if due in WITHIN else usual


def open_count(rows: Iterable[Advice]) -> int:
    """How many are open: not answered with no, not executed, not declined."""
    return sum(each.reply is None or each.execution is Execution.open for each in rows)


def all_adopted_and_done(rows: Iterable[Advice]) -> bool:
    """Whether all were adopted and executed; adopted in part counts as adopted."""
    adopted = (Reply.adopted, Reply.in_part)
    return all(each.reply in adopted and each.execution is Execution.executed for each in rows)
