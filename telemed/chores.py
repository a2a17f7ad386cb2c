"""Work that is done again and again: by the clock, tidying up, printing what is due."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from telemed.access import sessions
from telemed.administration import proposals, registration_ends, roster_gaps, years
from telemed.audit import access_log, keeping, sealer
from telemed.audit.access_log import AccessLog
from telemed.audit.heads import HeadKey
from telemed.bridge import orders
from telemed.config import Settings
from telemed.consultations.service import SWEEP_EVERY, DueReviews, sweep
from telemed.db import Database
from telemed.errors import Unavailable
from telemed.files.service import sweep as sweep_files
from telemed.files.store import FileStore
from telemed.kit import events
from telemed.kit.clock import Clock, utcnow
from telemed.kit.supervisor import Trouble
from telemed.notify import audit_mail
from telemed.notify.mail import Mail
from telemed.opinions import prints_due
from telemed.opinions.desk import Desk
from telemed.opinions.model import Method
from telemed.opinions.ports import Signer
from telemed.opinions.signers import local_signers
from telemed.reading import together
from telemed.reading.service import release_idle
from telemed.rounds import closing, instructions, making
from telemed.scheduling import series_asking
from telemed.studies.judging import ask_who_is_there
from telemed.studies.quiet import ask_for_counts

log = structlog.get_logger(__name__)
FORGET_EVERY, NEWS_KEPT = timedelta(hours=1), timedelta(days=30)
GAPS_EVERY = timedelta(minutes=1)
YEARS_EVERY = timedelta(minutes=1)
PROPOSALS_EVERY = timedelta(minutes=1)
REGISTRATIONS_EVERY = timedelta(minutes=10)
JUDGES_EVERY = timedelta(hours=1)
ROUNDS_EVERY = timedelta(minutes=1)
SERIES_EVERY = timedelta(minutes=5)
LISTS_EVERY = timedelta(seconds=15)
RETRY = timedelta(seconds=30)  # pause after a failure, at most
Again = Callable[[], Awaitable[Mapping[Any, Exception]]]  # one round of repeated work; returns the failures by item


def chores(
    db: Database, store: FileStore, desk: Desk, signer: Signer, clock: Clock
) -> dict[str, tuple[timedelta, Again]]:
    """By name of the task, the pause between rounds and the work."""
    prints, reviews = prints_due.Prints(desk, signer), DueReviews()
    return {
        "clock": (SWEEP_EVERY, lambda: sweep(db, clock(), reviews)),
        "years": (YEARS_EVERY, lambda: years.review_all(db, clock())),
        "roster gaps": (GAPS_EVERY, lambda: roster_gaps.review_all(db, clock())),
        "proposals": (PROPOSALS_EVERY, lambda: proposals.review_all(db, clock())),
        "registrations": (REGISTRATIONS_EVERY, lambda: registration_ends.review_all(db, clock())),
        "claims": (SWEEP_EVERY, lambda: release_idle(db, clock())),
        "invitations": (SWEEP_EVERY, lambda: together.end_lapsed(db, clock())),
        "series": (SERIES_EVERY, lambda: series_asking.keep_all(db, clock())),
        "rounds": (ROUNDS_EVERY, lambda: making.make_all(db, clock())),
        "rounds.lists": (LISTS_EVERY, lambda: making.see_to_lists(db, clock())),
        "rounds.left": (ROUNDS_EVERY, lambda: instructions.lapse_all(db, clock())),
        "rounds.ends": (ROUNDS_EVERY, lambda: closing.close_all(db, clock())),
        "counts": (SWEEP_EVERY, lambda: _ask_for_counts(db, clock())),
        "judges": (JUDGES_EVERY, lambda: _ask_who_is_there(db, clock())),
        "forgetting": (FORGET_EVERY, lambda: forget_old(db, clock())),
        "prints": (prints_due.EVERY, lambda: prints.make_due(clock())),
        "audit": (sealer.EVERY, lambda: sealer.seal(db)),
        "files": (FORGET_EVERY, lambda: sweep_files(db, store, clock(), utcnow())),
    }


def audit_chores(
    db: Database, settings: Settings, mail: Mail | None, access: AccessLog, clock: Clock
) -> dict[str, tuple[timedelta, Again]]:
    """Counts strangers, and keeps the signed head of the audit's chain outside this server; as `chores`."""
    key, out = HeadKey.open(settings.data_dir / "keys"), dict[str, tuple[timedelta, Again]]()
    out["audit.strangers"] = access_log.EVERY, lambda: access.write_counts(db, clock())
    if settings.audit_head is not None:
        file = keeping.HeadFile(db, key, settings.audit_head, clock)
        out["audit.head"] = (keeping.LOOK_EVERY, file.write_due)
    if settings.audit_mail and mail is not None:
        letters = audit_mail.HeadMail(db, key, mail, settings.audit_mail, settings.data_dir, clock)
        out["audit.mail"] = (audit_mail.LOOK_EVERY, letters.send_due)
    return out


async def every(pause: timedelta, work: Again, trouble: Trouble) -> None:
    """Repeats `work` for ever. If the database is away it waits; other failures go to the supervisor."""
    while True:
        try:
            trouble.round(await work())
        except Unavailable as why:
            log.warning("what is done again and again was put off", why=why.code)
            trouble.failed(why)
        await asyncio.sleep((min(pause, RETRY) if trouble.failing else pause).total_seconds())


async def _ask_for_counts(db: Database, now: datetime) -> dict[UUID, Exception]:
    async with db.write() as session:
        return await ask_for_counts(session, now)


async def _ask_who_is_there(db: Database, now: datetime) -> dict[UUID, Exception]:
    async with db.write() as session:
        return await ask_who_is_there(session, now)


async def forget_old(db: Database, now: datetime) -> dict[UUID, Exception]:
    async with db.write() as session:
        await sessions.forget_old(session, now)
        await orders.forget_old(session, now - NEWS_KEPT)
    while await _forget_news(db, now):
        pass
    await db.count_rows()
    return {}


async def _forget_news(db: Database, now: datetime) -> int:
    async with db.write() as session:
        return await events.forget_old(session, now, NEWS_KEPT)


def printing(db: Database, settings: Settings) -> tuple[Desk, Signer]:
    desk = Desk(db, FileStore(settings.data_dir), f"{settings.origin}/verify/", settings.demo)
    return desk, local_signers(settings.data_dir / "keys")[Method.password]
