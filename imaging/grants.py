"""Imaging's copy of the case grants: the commands that write it, and the heartbeat that vouches for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert
from sqlmodel import Session, col

from imaging.index.database import Index
from imaging.index.model import Grant, Mark

REVISION = "grants_rev"
REMOVE = delete(Grant).where(col(Grant.id) == bindparam("key"))


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
        def change(session: Session) -> None:
            _remove(session, [row.id for row in rows])
            _add(session, rows, rev)

        return await self._apply(rev, change)

    async def end(self, ids: Sequence[str], rev: int) -> GrantsAnswer:
        return await self._apply(rev, lambda session: _remove(session, ids))

    async def snapshot(self, rows: Sequence[GrantRow], rev: int) -> GrantsAnswer:
        """All grants as of `rev`; replaces what was there."""

        def work(session: Session) -> GrantsAnswer:
            if rev < _revision(session):
                return GrantsAnswer(_revision(session))
            session.exec(delete(Grant))
            _add(session, rows, rev)
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


def _add(session: Session, rows: Sequence[GrantRow], rev: int) -> None:
    """All in one statement, past the unit of work, which takes seconds for thousands."""
    new = [
        {
            "id": row.id,
            "subject": row.subject,
            "hospital": row.hospital,
            "study_uid": row.study_uid,
            "actions": " ".join(sorted(row.actions)),
            "until": row.until,
            "rev": rev,
        }
        for row in rows
    ]
    if new:
        session.connection().execute(insert(Grant), new)


def _remove(session: Session, ids: Sequence[str]) -> None:
    if ids:
        session.connection().execute(REMOVE, [{"key": id} for id in ids])


def _revision(session: Session) -> int:
    mark = session.get(Mark, REVISION)
    return int(mark.value) if mark else 0


def _set_revision(session: Session, rev: int) -> None:
    session.merge(Mark(name=REVISION, value=str(rev)))
