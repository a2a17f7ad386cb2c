"""Who sees which study: one SQL predicate, used by every read. For a caller, what it excludes does not exist."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, Self, TypeVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, or_
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from imaging.actor import Actor
from imaging.errors import NotFound, SeveralCopies, Unavailable
from imaging.index.database import Index, Look
from imaging.index.model import Grant, Instance, InstanceDetail, Series, Study
from imaging.index.table import as_kept
from imaging.layout import Layout, decode
from imaging.store.objects import Source

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """An actor at a moment. `granted` is false while the heartbeat that confirms the grants is missing."""

    actor: Actor
    now: datetime
    granted: bool = True


def own(actor: Actor) -> ColumnElement[bool]:
    return _own(actor.hospital, actor.reads_own, actor.sees_hidden)


def granted(actor: Actor, now: datetime, action: str = "read") -> ColumnElement[bool]:
    return _granted(sorted(actor.subjects), now, action)


def _own(hospital: Any, reads_own: bool, sees_hidden: bool) -> ColumnElement[bool]:
    if not reads_own:
        return false()
    mine = col(Study.hospital) == hospital
    return mine if sees_hidden else and_(mine, col(Study.hidden).is_(False))


def _granted(subjects: Any, now: Any, action: str = "read") -> ColumnElement[bool]:
    live = exists().where(
        col(Grant.subject).in_(subjects),
        col(Grant.hospital) == Study.hospital,
        col(Grant.study_uid) == Study.study_uid,
        col(Grant.until) > now,
        # `actions` are words separated by spaces; find it as a whole word.
        (" " + col(Grant.actions) + " ").contains(f" {action} "),
    )
    return and_(col(Study.hidden).is_(False), live)


def visible(view: View) -> ColumnElement[bool]:
    if not view.granted:
        return own(view.actor)
    return or_(own(view.actor), granted(view.actor, view.now))


def find_study(session: Session, view: View, study_uid: str, hospital: str | None) -> Study:
    """The copy of the named hospital; with no name the caller's own, else the only granted one (contracts.md)."""
    # Granted copies even without a heartbeat, so that `choose` can say so.
    query = select(Study).where(Study.study_uid == study_uid, or_(own(view.actor), granted(view.actor, view.now)))
    if hospital is not None:
        query = query.where(Study.hospital == hospital)
    return choose(view, session.exec(query).all(), lambda one: one.hospital)


def choose(view: View, copies: Sequence[T], hospital_of: Callable[[T], str]) -> T:
    if not copies:
        raise NotFound
    mine = [one for one in copies if hospital_of(one) == view.actor.hospital]
    if not mine and not view.granted:
        raise Unavailable("Access to other hospitals' studies cannot be confirmed right now; try again.")
    if not mine and len(copies) > 1:
        hospitals = [hospital_of(one) for one in copies]
        raise SeveralCopies("Several hospitals hold this study; name one.", hospitals=hospitals)
    return (mine or copies)[0]


def copies(session: Session, view: View, uids: Collection[str]) -> list[tuple[str, str]]:
    """Hospital and UID of every copy of these studies that the actor may see."""
    query = select(Study.hospital, Study.study_uid).where(col(Study.study_uid).in_(uids), visible(view))
    return list(session.exec(query)) if uids else []


def find_series(session: Session, study: Study, series_uid: str) -> Series:
    query = select(Series).where(Series.study == study.id, Series.series_uid == series_uid)
    found = session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Located:
    """An instance that the caller may see: whose it is, and where its frames are."""

    study: int
    hospital: str
    study_uid: str
    sha256: str
    frame_syntax: str
    """The transfer syntax of the frames."""
    source: Source
    series: int
    pack: str
    """The id of its series' pack; empty: there is none."""
    frames: int
    layout: Layout

    @classmethod
    def of(
        cls,
        study: int,
        hospital: str,
        study_uid: str,
        sha256: str,
        syntax: str,
        sidecar: bool,
        series: int,
        pack: str,
        frames: int,
        layout: bytes,
    ) -> Self:
        """From a row of `LOCATING`."""
        source = Source(sha256, "sidecar" if sidecar else "original")
        return cls(study, hospital, study_uid, sha256, syntax, source, series, pack, frames, decode(layout))


LOCATING: Final[Select[*tuple[Any, ...]]] = (
    sql_select(
        col(Study.id),
        col(Study.hospital),
        col(Study.study_uid),
        col(Instance.sha256),
        col(Instance.frame_syntax),
        col(Instance.sidecar),
        col(Series.id).label("series_id"),
        col(Series.pack),
        col(Instance.frames),
        col(InstanceDetail.layout),
    )
    .join(Series, col(Series.study) == Study.id)
    .join(Instance, col(Instance.series) == Series.id)
    .join(InstanceDetail, col(InstanceDetail.instance) == Instance.id)
)


@dataclass(frozen=True)
class LocatedSeries:
    """A series that the caller may see: whose it is, and how many instances it has by now."""

    study: int
    hospital: str
    study_uid: str
    id: int
    series_uid: str
    instances: int
    pack: str


LOCATING_SERIES: Final[Select[*tuple[Any, ...]]] = sql_select(
    col(Study.id),
    col(Study.hospital),
    col(Study.study_uid),
    col(Series.id).label("series_id"),
    col(Series.series_uid),
    col(Series.instance_count),
    col(Series.pack),
).join(Series, col(Series.study) == Study.id)


def locate(index: Index, view: View, uids: tuple[str, str, str], hospital: str | None) -> Located:
    """As `find_study` for an instance. Every frame asks this, so it is one statement, made once, and no ORM."""
    said = dict(zip(("study", "series", "sop"), uids, strict=True))
    rows = index.look(_locating(*_seen_by(view), hospital is not None), _values(view, hospital) | said)
    return choose(view, [Located.of(*row) for row in rows], lambda one: one.hospital)


def locate_series(index: Index, view: View, uids: tuple[str, str], hospital: str | None) -> LocatedSeries:
    """The same for a series."""
    said = dict(zip(("study", "series"), uids, strict=True))
    rows = index.look(_locating_series(*_seen_by(view), hospital is not None), _values(view, hospital) | said)
    return choose(view, [LocatedSeries(*row) for row in rows], lambda one: one.hospital)


def _seen_by(view: View) -> tuple[bool, bool, int]:
    return view.actor.reads_own, view.actor.sees_hidden, len(view.actor.subjects)


def _values(view: View, hospital: str | None) -> dict[str, object]:
    said: dict[str, object] = {"own": view.actor.hospital, "hospital": hospital, "now": as_kept(view.now)}
    return said | {f"subject{n}": subject for n, subject in enumerate(sorted(view.actor.subjects))}


@cache
def _locating(reads_own: bool, sees_hidden: bool, subjects: int, of_hospital: bool) -> Look:
    query = LOCATING.where(col(Instance.sop_uid) == bindparam("sop"))
    return Look.of(_of_series(query, reads_own, sees_hidden, subjects, of_hospital))


@cache
def _locating_series(reads_own: bool, sees_hidden: bool, subjects: int, of_hospital: bool) -> Look:
    return Look.of(_of_series(LOCATING_SERIES, reads_own, sees_hidden, subjects, of_hospital))


def _of_series(
    query: Select[*tuple[Any, ...]], reads_own: bool, sees_hidden: bool, subjects: int, of_hospital: bool
) -> Select[*tuple[Any, ...]]:
    granted = _granted([bindparam(f"subject{n}") for n in range(subjects)], bindparam("now"))
    query = query.where(
        col(Study.study_uid) == bindparam("study"),
        col(Series.series_uid) == bindparam("series"),
        or_(_own(bindparam("own"), reads_own, sees_hidden), granted),
    )
    return query.where(col(Study.hospital) == bindparam("hospital")) if of_hospital else query


def may_download(session: Session, view: View, study_pk: int | None) -> bool:
    """Whether the actor, who may see it, may take whole objects of it along."""
    allowed = or_(own(view.actor), granted(view.actor, view.now, "download"))
    return session.exec(select(Study.id).where(Study.id == study_pk, allowed)).one_or_none() is not None


def may_still_see(session: Session, view: View, study_pk: int | None) -> bool:
    return session.exec(select(Study.id).where(Study.id == study_pk, visible(view))).one_or_none() is not None
