"""Imaging's copy of the case grants: the commands that write it, and the heartbeat that vouches for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete

from imaging.index.database import Index
from imaging.index.model import Grant, Mark

REVISION = "grants_rev"


@dataclass(frozen=True)
class GrantRow:
    id: str
    subject: str
    """An account's id, or `role:<hospital>:<role>[:<department>]`."""
    hospital: str
    """Whose archive the study is in."""
    study_uid: str
    actions: frozenset[str]
    until: datetime


@dataclass(frozen=True)
class GrantsAnswer:
    rev: int
    """The last revision applied."""
    snapshot_wanted: bool = False
    """A command before this one is missing; nothing was applied."""


class Grants:
    """The commands' revisions rise by one: a repeat changes nothing, and a gap asks for a snapshot."""

    def __init__(self, index: Index, clock: Callable[[], float], *, heartbeat_within: float | None) -> None:
        self._index = index
        self._clock = clock
        self._within = heartbeat_within
        self._heard: float | None = None
        self.generation = 0
        """Rises whenever somebody may have lost access; open responses then check again."""

    async def put(self, rows: Sequence[GrantRow], rev: int) -> GrantsAnswer:
        return await self._apply(rev, lambda session: [session.merge(_row(row, rev)) for row in rows])

    async def end(self, ids: Sequence[str], rev: int) -> GrantsAnswer:
        return await self._apply(rev, lambda session: session.exec(delete(Grant).where(col(Grant.id).in_(ids))))

    async def snapshot(self, rows: Sequence[GrantRow], rev: int) -> GrantsAnswer:
        """All grants as of `rev`; replaces what was there."""

        def work(session: Session) -> GrantsAnswer:
            if rev < _revision(session):
                return GrantsAnswer(_revision(session))
            session.exec(delete(Grant))
            session.add_all(_row(row, rev) for row in rows)
            _set_revision(session, rev)
            return GrantsAnswer(rev)

        answer = await self._index.write(work)
        self.generation += 1
        return answer

    async def heartbeat(self, rev: int) -> GrantsAnswer:
        """Confirms the grants, if their revision is the sender's."""
        known = await self._index.read(_revision)
        if known == rev:
            self._heard = self._clock()
        return GrantsAnswer(known, snapshot_wanted=known != rev)

    @property
    def vouched(self) -> bool:
        if self._within is None:
            return True
        return self._heard is not None and self._clock() - self._heard <= self._within

    async def _apply(self, rev: int, change: Callable[[Session], object]) -> GrantsAnswer:
        def work(session: Session) -> GrantsAnswer:
            known = _revision(session)
            if rev <= known:
                return GrantsAnswer(known)
            if rev > known + 1:
                return GrantsAnswer(known, snapshot_wanted=True)
            change(session)
            _set_revision(session, rev)
            return GrantsAnswer(rev)

        answer = await self._index.write(work)
        self.generation += 1
        return answer


def _row(row: GrantRow, rev: int) -> Grant:
    return Grant(
        id=row.id,
        subject=row.subject,
        hospital=row.hospital,
        study_uid=row.study_uid,
        actions=" ".join(sorted(row.actions)),
        until=row.until,
        rev=rev,
    )


def _revision(session: Session) -> int:
    mark = session.get(Mark, REVISION)
    return int(mark.value) if mark else 0


def _set_revision(session: Session, rev: int) -> None:
    session.merge(Mark(name=REVISION, value=str(rev)))
