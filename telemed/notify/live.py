"""Live hints: one WebSocket per tab sends {topic, id, rev} of what its person may see, and the page fetches it."""

import asyncio
from collections import deque
from collections.abc import Collection, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import Final
from uuid import UUID

import structlog
from aiohttp import WSMsgType, web
from pydantic import Field
from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.events import GrantsChanged
from telemed.access.grants import CLINICAL
from telemed.access.model import Account, Actor, CaseGrant, SignIn
from telemed.access.policy import ACTOR, signed_in
from telemed.access.sessions import Life
from telemed.activities.events import AttendanceChanged, OfActivity
from telemed.cases import service as cases
from telemed.cases.events import OfConsent, OfPacket
from telemed.consultations.participant_events import OfInvitation
from telemed.db import DATABASE, Database
from telemed.errors import TooMany, Unavailable
from telemed.history.consumers import Heard
from telemed.kit.clock import Clock
from telemed.kit.http import Input, Routes
from telemed.kit.supervisor import Trouble
from telemed.marks.events import MarksSaved
from telemed.notify.anew import Hint, said, watched
from telemed.opinions.events import OfAdvice, OfOpinion
from telemed.people.events import PatientChanged, PatientIdentityChanged
from telemed.requests.events import RequestChanged
from telemed.rosters.events import RosterChanged
from telemed.rounds.events import RoundChanged
from telemed.scheduling.events import BookingChanged
from telemed.studies.events import OfStudy
from telemed.work.events import NoticeChanged, OfDeadline, ToldSeen, WorkChanged

log = structlog.get_logger(__name__)
CHECK_EVERY: Final = 3.0  # seconds; so a sign-in that has ended is closed within five
HEARTBEAT: Final = 20.0
QUEUE: Final = 256
MOST_TABS: Final = 32  # of one sign-in; one more is refused, so that no page that is open loses its channel
RETRY: Final = 30  # seconds
KEPT: Final = 60  # seconds of news for a page that is still opening
MOST_KEPT: Final = 200
BEAT: Final = Hint("beat", "", 0)  # a page that hears none opens another channel
GAP: Final = Hint("gap", "", 0)  # more than that was missed: read everything again
SIGNED_OUT: Final = 4401
SLOW: Final = 4429
HEARS = (
    AttendanceChanged,
    BookingChanged,
    GrantsChanged,
    MarksSaved,
    NoticeChanged,
    OfActivity,
    OfAdvice,
    PatientChanged,
    PatientIdentityChanged,
    OfConsent,
    OfDeadline,
    OfInvitation,
    OfOpinion,
    OfPacket,
    OfStudy,
    RequestChanged,
    RosterChanged,
    RoundChanged,
    ToldSeen,
    WorkChanged,
)

routes = Routes("/live", tag="live")
LIVE: web.AppKey["Live"] = web.AppKey("live")


@dataclass(eq=False)
class Tab:
    actor: Actor
    shows: frozenset[UUID] = frozenset()  # what its page says that it shows; of these it is sent what is new
    queue: asyncio.Queue[Hint | None] = field(default_factory=lambda: asyncio.Queue(QUEUE))
    code: int = 1001

    def send(self, hint: Hint) -> None:
        try:
            self.queue.put_nowait(hint)
        except asyncio.QueueFull:
            self.close(SLOW)  # the page reconnects, and then reads everything again

    def close(self, code: int) -> None:
        self.code = code
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Live:
    """The open tabs of this process, which is the only one. Implements Present."""

    def __init__(self) -> None:
        self.tabs: set[Tab] = set()
        self._recent: deque[tuple[float, Heard]] = deque(maxlen=MOST_KEPT)
        self.trouble = Trouble()

    def refuse_more(self, actor: Actor) -> None:
        """Raises TooMany if this sign-in has as many tabs as it may."""
        if sum(tab.actor.sid == actor.sid for tab in self.tabs) >= MOST_TABS:
            raise TooMany("Too many pages are open with this sign-in.", reason="too_many_tabs", retry_after=RETRY)

    def present(self) -> Set[UUID]:
        return {tab.actor.id for tab in self.tabs}

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        """Sends hints of committed news to those who may see what it is about."""
        self._recent.append((monotonic(), heard))
        await self._tell(db, heard, self.tabs)

    async def catch_up(self, db: AsyncSession, tab: Tab, seconds: float) -> None:
        """Sends a new tab the hints of so long: what came after its page had read, and before it could be told."""
        since = monotonic() - seconds
        if len(self._recent) == MOST_KEPT and self._recent[0][0] > since:
            return tab.send(GAP)
        for at, heard in list(self._recent):
            if at >= since:
                await self._tell(db, heard, {tab})

    async def _tell(self, db: AsyncSession, heard: Heard, to: Collection[Tab]) -> None:
        if not to:
            return
        news, about = heard.event, heard.about
        match news:
            case WorkChanged():
                mine = [tab for tab in to if news.to in tab.actor.subjects]
                return self._send(mine, "work", news.about_id, 0)
            case NoticeChanged():
                rung = [tab for tab in to if news.to == str(tab.actor.id)]
                self._send(rung, "notices", news.about_id, 0)
                return self._send(rung, "ringing", news.about_id, 0)
            case RoundChanged():
                theirs = [tab for tab in to if tab.actor.hospital_id in news.hospitals and tab.actor.has(*CLINICAL)]
                theirs.sort(key=lambda tab: tab.actor.id == news.by)  # their own page shows it already
                if news.item_id:  # before the sheet, which waits for it
                    self._send(theirs, "round_item", news.item_id, news.rev)
                return self._send(theirs, "round", news.id, news.rev)
            case GrantsChanged():  # also to those who lost access: their page must stop showing the case
                own = [tab for tab in to if news.grantee in tab.actor.subjects]
                return self._send(own, str(about.activity), about.activity_id, 0)
        topic, rev = news.type.partition(".")[0], getattr(news, "rev", 0)
        readers = await self._readers(db, heard, to)
        self._send(readers, topic, getattr(news, "id", about.activity_id), rev)
        if isinstance(news, BookingChanged | OfDeadline | ToldSeen):  # calendars have more readers; who is told,
            return  # or has seen it, changes no activity
        if about.activity not in (None, topic):
            self._send(readers, about.activity, about.activity_id, rev)

    async def _readers(self, db: AsyncSession, heard: Heard, tabs: Collection[Tab]) -> list[Tab]:
        hospitals = {heard.about.hospital_id}
        if isinstance(heard.event, BookingChanged):
            hospitals = set(heard.event.hospitals)
        granted: set[str] = set()
        if shared := await _cases(db, heard):
            grants = select(CaseGrant.grantee).where(
                col(CaseGrant.case_id).in_(shared),
                col(CaseGrant.ended_at).is_(None),
                col(CaseGrant.until) > heard.recorded_at,
            )
            granted = set((await db.exec(grants)).all())
        return [
            tab
            for tab in tabs
            if (tab.actor.hospital_id in hospitals and tab.actor.has(*CLINICAL)) or tab.actor.subjects & granted
        ]

    def _send(self, tabs: list[Tab], topic: str | None, id: object, rev: int) -> None:
        hint = Hint(topic, str(id), rev)
        anew = replace(hint, anew=topic == "round_item")
        for tab in tabs:
            tab.send(anew if id in tab.shows else hint)

    async def check(self, database: Database, clock: Clock) -> None:
        """Closes the tabs of sign-ins that have ended."""
        while True:
            await asyncio.sleep(CHECK_EVERY)
            try:
                await self.close_ended(database, clock())
                self.trouble.passed()
            except Unavailable as why:
                if self.trouble.failed(why):
                    log.warning("ended sign-ins could not be looked for; it is tried again", why=why.code)

    async def close_ended(self, database: Database, now: datetime) -> None:
        sids = {tab.actor.sid for tab in self.tabs}
        if not sids:
            return
        async with database.read() as db:
            query = select(SignIn.id).join(Account, col(Account.id) == SignIn.account_id)
            query = query.where(col(Account.disabled_at).is_(None))
            query = query.where(col(SignIn.id).in_(sids), col(SignIn.expires_at) > now)
            in_use = or_(col(SignIn.device_id).is_(None), col(SignIn.seen_at) > now - Life().device_idle)
            query = query.where(in_use)
            alive = set((await db.exec(query)).all())
        for tab in [each for each in self.tabs if each.actor.sid not in alive]:
            tab.close(SIGNED_OUT)


async def _cases(db: AsyncSession, heard: Heard) -> set[UUID]:
    """The cases that the news is about; for a study, those whose packet holds it."""
    if isinstance(heard.event, OfStudy):
        return await cases.with_study(db, heard.about.hospital_id, heard.event.study_uid)
    if isinstance(heard.event, MarksSaved):
        return await cases.with_study(db, heard.about.hospital_id, heard.event.id)
    return {heard.about.case_id} if heard.about.case_id else set()


class LiveQuery(Input):
    """`seconds`: for how long the page has been reading without hearing."""

    seconds: float = Field(0, ge=0, le=KEPT)


@routes.get("", policy=signed_in, stream=True, limited=True)
async def live(request: web.Request, query: LiveQuery) -> web.WebSocketResponse:
    """Live hints {topic, id, rev} on a WebSocket, first those that the page missed; after `gap` read all again.

    `beat` comes when nothing else did for 20 seconds. A page that sends {watch: [ids]} of the beds of a round that it
    shows gets `data` with the hint of one: what `GET /api/rounds/items/{id}` would answer it.
    """
    here, socket = request.config_dict[LIVE], web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=1024)
    tabs = here.tabs
    here.refuse_more(request[ACTOR])
    await socket.prepare(request)
    tab = Tab(request[ACTOR])
    tabs.add(tab)
    try:
        try:
            async with request.config_dict[DATABASE].read() as db:
                await here.catch_up(db, tab, query.seconds)
        except Exception as why:  # one event must not keep every new page from its channel
            if not isinstance(why, Unavailable):
                log.error("a page could not be told what it missed", exc_info=why)
            tab.send(GAP)
        async with asyncio.TaskGroup() as tasks:  # if the writer fails, the reader ends too, and the error is raised
            writer = tasks.create_task(_write(request, tab, socket))
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
                if message.type is WSMsgType.TEXT and (shows := watched(message.data)) is not None:
                    tab.shows = shows
            writer.cancel()
    finally:
        tabs.discard(tab)
    return socket


async def _write(request: web.Request, tab: Tab, socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError):  # the page has gone; its reader ends by itself
        while (hint := await _next(tab)) is not None:
            await socket.send_str(await said(request, hint))
        await socket.close(code=tab.code)


async def _next(tab: Tab) -> Hint | None:
    try:
        async with asyncio.timeout(HEARTBEAT):
            return await tab.queue.get()
    except TimeoutError:
        return BEAT
