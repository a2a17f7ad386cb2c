"""Notes whose data an answer holds, while it is put together; `reads.py` keeps it before the answer leaves."""

from contextvars import ContextVar
from typing import NamedTuple
from uuid import UUID


class Seen(NamedTuple):
    """A patient of hospital `owner_id`, perhaps of one case. Without a patient, `target` says what it was."""

    owner_id: str
    patient_id: UUID | None
    case_id: UUID | None = None
    target: str = ""


SEEN: ContextVar[set[Seen] | None] = ContextVar("seen", default=None)


def see(owner_id: str, patient_id: UUID | None, case_id: UUID | None = None, target: str = "") -> None:
    """Call where a patient's data is put into an answer. Nothing is noted where nobody waits for an answer."""
    noted = SEEN.get()
    if noted is not None:
        noted.add(Seen(owner_id, patient_id, case_id, target))


def merged(noted: set[Seen]) -> set[Seen]:
    """Without those patients of whom a case was seen too, and without what is nobody's yet."""
    with_case = {each.patient_id for each in noted if each.case_id}
    return {
        each
        for each in noted
        if (each.patient_id or each.target)
        and (each.case_id or each.patient_id is None or each.patient_id not in with_case)
    }
