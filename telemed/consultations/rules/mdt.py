"""多学科会诊 (MDT): who takes part as what, and whose word its opinion waits for."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from telemed.activities.model import Answer, Participant
from telemed.consultations.model import Consultation
from telemed.consultations.words import Mode, ParticipantRole
from telemed.errors import Conflict, Invalid
from telemed.people.model import Department, Staff

SPECIALTIES: Final = 2  # at least


def members(row: Consultation, found: Iterable[Participant]) -> list[Participant]:
    """The experts beside the chair; each speaks for a specialty."""
    return [
        each
        for each in found
        if each.role == ParticipantRole.expert and each.staff_id != row.lead_id and each.answer is not Answer.declined
    ]


def awaited(row: Consultation, member: Participant) -> bool:
    """Whether the opinion waits for their word; in writing nobody is invited, so it waits for all."""
    return member.required or row.mode is Mode.written


def refuse_one_specialty(everybody: Sequence[Staff], departments: Iterable[Department]) -> None:
    """Raises unless these people, chair included, are of several specialties."""
    known = {each.id: each.specialty for each in departments}
    found = {known[each.department_id] for each in everybody if each.department_id in known}
    if len(found) < SPECIALTIES:
        raise Conflict("An MDT needs experts of at least two specialties.", reason="one_specialty")


def refuse_recorder(row: Consultation, person: Staff, taking_part: Participant | None) -> None:
    """Raises unless they are of the hub and neither chair nor member, because a recorder signs nothing."""
    if person.hospital_id != row.hub_id:
        raise Invalid("The recorder is one of the hub's.", reason="recorder_of_hub")
    if person.id == row.lead_id or (taking_part is not None and taking_part.role == ParticipantRole.expert):
        raise Invalid("Who signs does not record; name somebody else.", reason="recorder_signs")


def signs_now(row: Consultation, staff_id: UUID) -> None:
    """Who recorded it and now leads it or is one of its experts records no longer, because they sign."""
    if row.recorder_id == staff_id:
        row.recorder_id = None
