"""Who sees which study: one SQL predicate, used by every read; what it hides does not exist."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlmodel import Session, col, select

from imaging.actor import Actor
from imaging.errors import NotFound, SeveralCopies, Unavailable
from imaging.index.model import Grant, Instance, InstanceDetail, Series, Study


@dataclass(frozen=True)
class View:
    """An actor at a moment; `granted` is off while nobody vouches for the grants."""

    actor: Actor
    now: datetime
    granted: bool = True


def own(actor: Actor) -> ColumnElement[bool]:
    if not actor.reads_own:
        return false()
    mine = col(Study.hospital) == actor.hospital
    return mine if actor.sees_quarantine else and_(mine, col(Study.quarantined).is_(False))


def granted(actor: Actor, now: datetime) -> ColumnElement[bool]:
    live = exists().where(
        col(Grant.subject).in_(sorted(actor.subjects)),
        col(Grant.hospital) == Study.hospital,
        col(Grant.study_uid) == Study.study_uid,
        col(Grant.until) > now,
        # Words are separated by spaces, so 'read' is looked for as a whole word.
        (" " + col(Grant.actions) + " ").contains(" read "),
    )
    return and_(col(Study.quarantined).is_(False), live)


def visible(view: View) -> ColumnElement[bool]:
    if not view.granted:
        return own(view.actor)
    return or_(own(view.actor), granted(view.actor, view.now))


def find_study(session: Session, view: View, study_uid: str, hospital: str | None) -> Study:
    """The copy meant: the named hospital's, else one's own, else the only granted one (contracts.md)."""
    actor = view.actor
    query = select(Study).where(
        Study.study_uid == study_uid, or_(own(actor), granted(actor, view.now)), *_named(hospital)
    )
    copies = session.exec(query).all()
    if not copies:
        raise NotFound
    mine = [study for study in copies if study.hospital == actor.hospital]
    found = (mine or copies)[0]
    if not mine and not view.granted:
        raise Unavailable("Access to other hospitals' studies cannot be confirmed right now; try again.")
    if not mine and len(copies) > 1:
        raise SeveralCopies("Several hospitals hold this study; name one.", hospitals=[s.hospital for s in copies])
    return found


def _named(hospital: str | None) -> list[ColumnElement[bool]]:
    return [] if hospital is None else [col(Study.hospital) == hospital]


def find_series(session: Session, study: Study, series_uid: str) -> Series:
    query = select(Series).where(Series.study == study.id, Series.series_uid == series_uid)
    found = session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def find_instance(session: Session, series: Series, sop_uid: str) -> tuple[Instance, InstanceDetail]:
    query = (
        select(Instance, InstanceDetail)
        .where(InstanceDetail.instance == Instance.id)
        .where(Instance.series == series.id, Instance.sop_uid == sop_uid)
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def may_still_see(session: Session, view: View, study_pk: int | None) -> bool:
    return session.exec(select(Study.id).where(Study.id == study_pk, visible(view))).one_or_none() is not None
