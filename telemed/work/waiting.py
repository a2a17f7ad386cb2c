"""Which work a deadline waits for."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from telemed.work.ladders import kinds_asked
from telemed.work.model import Deadline, WorkItem


def waited_for(deadline: Deadline) -> ColumnElement[bool]:
    """For a query of work items: those that are open and of its ladder's kinds, of its activity; or where it has none
    of its hospital, if they belong to none either.
    """
    w = WorkItem
    of_hospital = and_(col(w.activity_id).is_(None), col(w.hospital_id) == deadline.hospital_id)
    return and_(
        of_hospital if deadline.activity_id is None else col(w.activity_id) == deadline.activity_id,
        col(w.done_at).is_(None),
        col(w.kind).in_(kinds_asked(deadline.ladder)),
    )
