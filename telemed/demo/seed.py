"""Fills an empty data directory with the demonstration."""

import asyncio
import secrets
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, func, select

from telemed.access import sessions
from telemed.db import Database
from telemed.demo import samples
from telemed.demo.accounts import forget_passwords, set_passwords
from telemed.demo.answer import Company, play
from telemed.demo.foundation import Foundation, fill_calendars, lay
from telemed.demo.images.studies import EXAMINATIONS
from telemed.demo.progress import SAMPLES, Progress, keep
from telemed.demo.reading_rules import keep_rules
from telemed.demo.readings import play_readings
from telemed.demo.rosters import keep_rosters
from telemed.demo.rounds import play_rounds
from telemed.demo.time_series import plan_series
from telemed.demo.uploads import send_all
from telemed.demo.vignettes import VIGNETTES
from telemed.files.store import FileStore
from telemed.opinions.desk import Desk
from telemed.opinions.model import Method
from telemed.opinions.signers import local_signers
from telemed.studies.model import StudyView

STORES_IMAGES = {"wuxi": "wuxi.radiographer", "jiashan": "jiashan.doctor"}
UPLOADING = timedelta(minutes=30)
POLL_SECONDS = 0.1
NEWS_WITHIN = 60.0


@dataclass(frozen=True)
class Server:
    """The running product's address, for uploads; `trust` is for a certificate of our own authority."""

    origin: str  # also printed on records
    trust: ssl.SSLContext | None = None


async def seed(db: Database, data_dir: Path, server: Server, fresh: Progress) -> None:
    """Fills the database. The product must run on `server`, because studies are uploaded over HTTP."""
    keep(data_dir, fresh)
    made = await lay(db, fresh.began)
    await send_all(server.origin, await _tokens(db, made, fresh.began), fresh.began, server.trust)
    await _known(db)
    company = await _company(db, data_dir, server, made)
    for vignette in sorted(VIGNETTES, key=lambda each: each.created, reverse=True):  # the oldest first
        await play(company, vignette, fresh.began)
    await keep_rules(db, made, fresh.began)
    await play_readings(db, made, fresh.began)
    await play_rounds(db, FileStore(data_dir), made, fresh.began)
    await fill_calendars(db, made, fresh.began)
    await plan_series(db, made, fresh.began)
    await keep_rosters(db, made, fresh.began)
    await asyncio.to_thread(samples.write, data_dir / SAMPLES, fresh.began)
    await forget_passwords(db)
    keep(data_dir, fresh.model_copy(update={"done": True}))


async def _company(db: Database, data_dir: Path, server: Server, made: Foundation) -> Company:
    """The people, with temporary passwords, which signing an opinion needs."""
    password = secrets.token_urlsafe(24)
    await set_passwords(db, dict.fromkeys(made.actors, password), chosen=False)
    desk = Desk(db, FileStore(data_dir), f"{server.origin}/verify/", demo=True)
    return Company(made, desk, local_signers(data_dir / "keys")[Method.password], password)


async def _tokens(db: Database, made: Foundation, now: datetime) -> dict[str, str]:
    async with db.write() as session:
        return {
            hospital: sessions.issue(session, made.actors[username].id, now, UPLOADING)
            for hospital, username in STORES_IMAGES.items()
        }


async def _known(db: Database) -> None:
    """Waits until the archive has reported every study."""
    async with asyncio.timeout(NEWS_WITHIN):
        while True:
            async with db.read() as session:
                known = (await session.exec(select(func.count(col(StudyView.study_uid))))).one()
            if known >= len(EXAMINATIONS):
                return
            await asyncio.sleep(POLL_SECONDS)
