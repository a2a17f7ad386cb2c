"""The composition root: opens everything in order and closes it in reverse."""

import asyncio
import signal
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from imaging import aside as image_events
from imaging.apps import build_apps
from imaging.archive import Archive, open_archive
from signaling import Ice, LocalBus, Serving, serve_rooms
from signaling import aside as room_log
from telemed.access.remembered import Remembered
from telemed.access.tickets import Keys
from telemed.access.unsent import UnsentKeys
from telemed.app import Ports, build_app, kinds
from telemed.audit.access_log import AccessLog
from telemed.audit.reads import Reads
from telemed.bridge import orders
from telemed.bridge.aside import IMAGE_EVENTS, INDEX_DB, ROOM_LOG, ROOMS_DB, UPLOADS
from telemed.bridge.commands import RoomCommands
from telemed.bridge.consumers import consumers
from telemed.bridge.doors import ActivityDoors
from telemed.bridge.grants import GrantFeed
from telemed.bridge.identity import record_changed
from telemed.bridge.image_reads import ImageReads
from telemed.bridge.images import HiddenStudies, authenticate_with
from telemed.bridge.marked import StoredMarks
from telemed.bridge.reported import StoredReports
from telemed.bridge.rooms import RoomReports
from telemed.bridge.studies import StudyFacts
from telemed.chores import audit_chores, chores, every, printing
from telemed.config import Settings
from telemed.db import Database
from telemed.disclosures.departments import outside_department
from telemed.errors import StartRefused
from telemed.files.store import FileStore
from telemed.interop.invitations import MailedInvitations
from telemed.kit import events
from telemed.kit.clock import Clock, utcnow
from telemed.kit.connections import Connections, Listener, room_for_each
from telemed.kit.sealed import Seal
from telemed.kit.supervisor import Supervisor, Trouble, Work, supervised
from telemed.kit.timed import Patience, serve_http
from telemed.migrations import prepare
from telemed.notify.addresses import seal_all
from telemed.notify.allowed import Allowed
from telemed.notify.letters import Wording
from telemed.notify.live import Live
from telemed.notify.mail import Mail
from telemed.notify.outside import Outside
from telemed.notify.sender import EVERY, Sender
from telemed.people import calendars
from telemed.people.ports import PatientSource
from telemed.probes import Check, Health
from telemed.sources.ae_titles import HEARD_EVERY, AeTitles
from telemed.sources.handlers import Sources
from telemed.sources.reach import Reach
from telemed.sources.systems import Systems
from telemed.work import ladders
from telemed.work.clock import Deadlines
from telemed.work.duty import on_duty
from telemed.work.model import Channel

log = structlog.get_logger(__name__)
HEARTBEAT_WITHIN = 5.0  # seconds for which imaging trusts its copy of the grants without a heartbeat


@dataclass(frozen=True)
class Running:
    db: Database
    archive: Archive
    rooms: Serving
    http_port: int


def tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(settings.tls_certificate, settings.tls_key)
    return context


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        await prepare(database)
        await calendars.fill(database)
        await ladders.seed(database)
        await database.count_rows()
        yield database
    finally:
        await database.close()


def refuse_taken_ports(settings: Settings) -> None:
    """Raises StartRefused, before anything is opened, if a port is taken by another program or a second start."""
    for name in ("http_port", "signal_port", "dimse_port"):
        port: int = getattr(settings, name)
        with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as taken:
                option, also = f"TELEMED_{name.upper()}", f"--{name.replace('_', '-')}"
                raise StartRefused(
                    f"端口 {port} 不能使用（{taken.strerror}）：可能本程序已经在运行。"
                    f"请先停止它，或用 {option}（数据目录的 telemed.env 中，或环境变量）另选一个端口；演示用 {also}。",
                    f"Port {port} cannot be used ({taken.strerror}): perhaps this program runs already. "
                    f"Stop it first, or choose another port by {option} (in telemed.env of the data directory, or the "
                    f"environment); for the demonstration by {also}.",
                ) from taken


@asynccontextmanager
async def running(
    settings: Settings, patients: PatientSource, clock: Clock = utcnow, supervisor: Supervisor | None = None
) -> AsyncIterator[Running]:
    """Runs the whole product; yields when it serves. All background tasks run under one supervisor, by name.

    `patients`: who says of whom is in a hospital that has set up no system.
    """
    supervisor, (mail, allowed, reach) = supervisor or Supervisor(), _ways_out(settings)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    async with AsyncExitStack() as stack:
        room = room_for_each(2)
        pages, calls = (Connections(room, behind_proxy=settings.behind_proxy) for _ in range(2))
        db = await stack.enter_async_context(open_database(settings.database))
        keys, live, ice = Keys.open(settings.data_dir / "keys"), Live(), _ice(settings)
        unsent = UnsentKeys.open(settings.data_dir / "keys")
        outside = Outside(Seal(unsent.secret_for(b"telemed robots 1")), mail, allowed)
        async with db.write() as session:
            await seal_all(session, outside.seal)
        archive = await stack.enter_async_context(_archive(db, settings, supervisor, clock))
        seal = Seal(unsent.secret_for(b"telemed sources 1"))
        sources = await stack.enter_async_context(_sources(settings, Systems(db, clock, seal, reach, patients)))
        if settings.dimse_port:
            await stack.enter_async_context(_dimse(settings, archive, sources.ae_titles, supervisor))
        rooms = await stack.enter_async_context(
            serve_rooms(
                settings.data_dir / ROOMS_DB,
                keys.public,
                LocalBus(RoomReports(db, kinds(), clock)),
                origins=sorted(settings.origins),
                sock=stack.enter_context(Listener(settings.host, settings.signal_port, calls)),
                welcomed=calls.known,
                ssl=tls(settings),
                ice=ice,
                supervise=supervisor.run,
                clock=lambda: clock().timestamp(),
            )
        )
        feed, kept = GrantFeed(db, archive, kinds(), clock), orders.Orders(db, clock)
        commands, hidden = RoomCommands(db, kept, rooms.commands, kinds(), clock), HiddenStudies(kept, archive)
        store, (desk, signer) = FileStore(settings.data_dir), printing(db, settings)
        marks, reports = StoredMarks(db, kept, archive), StoredReports(db, kept, archive, store, clock)
        heard = consumers(live, feed, commands, hidden, marks, reports)
        due = Deadlines(db, clock, on_duty)
        invitations = MailedInvitations(kinds(), settings.origin, mail.sender if mail else "")
        sender = Sender(db, clock, outside, Wording(settings.origin, kinds(), invitations))
        access = stack.enter_context(closing(AccessLog(settings.data_dir / "logs" / "access.log")))
        again = (
            chores(db, store, desk, signer, clock)
            | audit_chores(db, settings, mail, access, clock)
            | {"ae_titles": (HEARD_EVERY, sources.ae_titles.note)}
            | {f"deliveries.{each}": (EVERY, partial(sender.send_due, each)) for each in Channel}
        )
        trouble = {name: Trouble() for name in ("events", *again)}
        works: dict[str, Work] = {
            "events": lambda: events.dispatch(db, heard, clock, trouble["events"]),
            "grants": feed.run,
            "orders": lambda: kept.run({**commands.leaves, **hidden.leaves, **marks.leaves, **reports.leaves}),
            "live": lambda: live.check(db, clock),
            "deadlines": due.run,
            **{name: partial(every, *each, trouble[name]) for name, each in again.items()},
        }
        own = {"deadlines": due.trouble, "grants": feed.trouble, "orders": kept.trouble, "live": live.trouble}
        supervisor.troubles |= {**own, **trouble, **archive.troubles, **rooms.troubles}
        await stack.enter_async_context(supervised(supervisor, works))
        doors, reads = ActivityDoors(kinds()), Reads(db, outside_department)
        given = (keys, unsent, doors, record_changed, outside, sources, archive)
        ports = Ports(*given, ice=ice, live=live, reads=reads, access=access)
        mounts = build_apps(archive, authenticate_with(Remembered()), ImageReads(db, reads, clock))
        more = _checks(db, archive, rooms, feed, clock)
        queue = archive.packing.queue
        health = Health(settings.data_dir, supervisor, more, _aside(settings.data_dir), orders.oldest_waiting, queue)
        app = build_app(db, settings, ports, mounts, clock=clock, health=health)
        # A proxy reuses connections and must be the one to close them; else a request may meet a closing one.
        patience = Patience(idle=3600) if settings.behind_proxy else Patience()
        serving = serve_http(app, settings.host, settings.http_port, pages, tls(settings), patience)
        port = await stack.enter_async_context(serving)
        yield Running(db, archive, rooms, port)


def _archive(
    db: Database, settings: Settings, supervisor: Supervisor, clock: Clock
) -> AbstractAsyncContextManager[Archive]:
    return open_archive(
        settings.data_dir / "imaging",
        publish=StudyFacts(db, clock),
        heartbeat_within=HEARTBEAT_WITHIN,
        now=clock,
        supervise=supervisor.run,
    )


def _aside(folder: Path) -> dict[str, Callable[[], int]]:
    """How much is set aside in the leaves, by what it is."""
    return {
        ROOM_LOG: lambda: len(room_log.listed(folder / ROOMS_DB)),
        IMAGE_EVENTS: lambda: len(image_events.listed(folder / INDEX_DB)),
        UPLOADS: lambda: len(image_events.uploads_listed(folder / INDEX_DB)),
    }


def _ways_out(settings: Settings) -> tuple[Mail | None, Allowed, Reach]:
    """By what notices leave the product, and where hospital systems may be. Raises StartRefused for a setting."""
    url, name = settings.smtp_url, "TELEMED_SMTP_URL"
    try:
        mail = Mail.of(url.get_secret_value(), settings.smtp_from, settings.origin) if url else None
        name = "TELEMED_WEBHOOK_ALLOW"
        allowed = Allowed.of(settings.webhook_allow)
        name = "TELEMED_SOURCE_ALLOW"
        return mail, allowed, Reach.of(settings.source_allow)
    except ValueError as wrong:
        raise StartRefused(f"{name} 有误，请参照 .env.example 更正。", f"{name}: {wrong}") from None


@asynccontextmanager
async def _sources(settings: Settings, systems: Systems) -> AsyncIterator[Sources]:
    """The hospitals' own systems, and who may send images: known before the first may call."""
    async with systems:
        ae_titles = AeTitles(systems.db, systems.clock, settings.dimse_callers)
        await ae_titles.load()
        yield Sources(systems, ae_titles, settings.dimse_title, settings.dimse_port)


def _dimse(
    settings: Settings, archive: Archive, ae_titles: AeTitles, supervisor: Supervisor
) -> AbstractAsyncContextManager[object]:
    from imaging.dimse import open_dimse  # imported here, because pynetdicom takes half a second

    place, title, hospital_of = (settings.host, settings.dimse_port), settings.dimse_title, ae_titles.hospital_of
    return open_dimse(archive, *place, ae_title=title, hospital_of=hospital_of, supervise=supervisor.run)


def _checks(db: Database, archive: Archive, rooms: Serving, feed: GrantFeed, clock: Clock) -> dict[str, Check]:
    """The further checks of readiness, by name."""
    return {
        "rooms.log": lambda: _rooms_log(rooms),
        "images.index": lambda: _index(archive),
        "images.grants": lambda: _grants(feed),
        "orders.waiting": lambda: _orders(db, clock()),
    }


async def _rooms_log(rooms: Serving) -> str:
    return rooms.stuck() or "ok"


async def _orders(db: Database, now: datetime) -> str:
    async with db.read() as session:
        late = await orders.overdue(session, now)
    return f"{late} for more than {orders.OVERDUE.seconds} s" if late else "ok"


async def _index(archive: Archive) -> str:
    return "ok" if await archive.index.has_space() else "no_space"


async def _grants(feed: GrantFeed) -> str:
    return "ok" if feed.begun else "not_yet"  # later failures are reported by the task `grants`


def _ice(settings: Settings) -> Ice | None:
    if not settings.turn_urls or settings.turn_secret is None:
        return None
    return Ice(urls=settings.turn_urls, secret=settings.turn_secret.get_secret_value())


async def stopped() -> None:
    """Returns when the process is asked to end."""
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    await stop.wait()
