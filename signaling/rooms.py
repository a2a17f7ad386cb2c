"""All rooms and sessions of one process: joining, resuming, and turning a room's effects into frames."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from signaling import protocol as p
from signaling.acts import act
from signaling.codec import decode, write
from signaling.effects import Broadcast, Effect, Log, Member, Out, Placed, Send
from signaling.errors import Close, Code, Refused
from signaling.ghosts import Ghosts
from signaling.ice import TTL, Ice
from signaling.limits import Limits, Rates
from signaling.log import RoomLog
from signaling.orders import Orders
from signaling.room import Room
from signaling.session import GRACE, Link, Session, State
from signaling.ticket import TicketCheck

HEARTBEAT: Final = 10.0
SWEEP: Final = 300.0
_log = logging.getLogger(__name__)


class Rooms:
    def __init__(
        self,
        log: RoomLog,
        tickets: TicketCheck,
        mint: Callable[[], str],
        now: float,
        ice: Ice | None = None,
        rates: Rates | None = None,
    ) -> None:
        self.log, self._tickets, self._mint = log, tickets, mint
        self._ice, self._rates = ice or Ice(), rates or Rates()
        self.orders = Orders(log)
        self.rooms: dict[str, Room] = {}
        self.sessions: dict[str, Session] = {}
        self.people: dict[str, Session] = {}  # the live session of each person/device
        self._lost: dict[Session, None] = {}
        self._ghosts = Ghosts(log.here(), now + GRACE)
        self._sweep_at = now + SWEEP
        self.failed: dict[str, Exception] = {}  # what failed in the last tick, and why

    # -- called by the shell

    def hello(self, link: Link, raw: bytes, now: float) -> Session | None:
        try:
            match decode(raw):
                case p.Hello(versions=versions) if p.VERSION not in versions:
                    raise Refused(Code.bad_version, f"This server speaks version {p.VERSION}.", close=Close.bad_message)
                case p.Hello(ticket=str(ticket)):
                    return self._welcome(link, ticket, now)
                case p.Hello(resume=p.Resume() as resume):
                    return self._resume(link, resume, now)
            raise Refused(Code.unauthenticated, "Say hello with a ticket first.", close=Close.auth)
        except Refused as no:
            link.refuse(_error(no), no.close or Close.bad_message)
            return None

    def receive(self, session: Session, link: Link, raw: bytes, now: float) -> None:
        if session.link is not link:
            return  # a newer socket has taken over
        session.heard()
        try:
            message = decode(raw)
            if (known := session.answers.get(message.id or "")) is not None:
                return link.push(known)
            session.limits.check(message, now)
            self._act(session, message, now)
            done = "pong" if isinstance(message, p.Ping) else "ack"
            id, answer, close, final = message.id, write(done, {}, message.id), None, True
        except Refused as no:
            id, answer, close = no.re, _error(no), no.close
            if close is Close.drain:
                link.refuse(answer, close)
            final = no.code is not Code.rate_limited  # the client may send it again under this id
            if id is None:
                link.push(answer)
        if id is not None:
            if final:
                session.remember(id, answer)
            link.push(answer)
        if close is not None:
            self.end_session(session, close, now, "refused")

    def cut(self, session: Session, link: Link, now: float) -> None:
        if session.link is not link:
            return
        session.cut(now)
        if session.room is None:
            return self.end_session(session, None, now)
        self._lost[session] = None
        self.perform(session.room, session.room.lost(session.who, now), now)

    def tick(self, now: float) -> None:
        self.failed = {}
        for session in [each for each in self._lost if now >= (each.until or now)]:
            with self._isolated(f"the lost session of {session.who}"):
                self.end_session(session, None, now, "lost")
            if session in self._lost:
                self._forget(session, None)
        for room in {each.room for each in self._lost if each.room is not None}:
            with self._isolated(f"room {room.name}"):
                self.perform(room, room.tick(now), now)
        for name, member in self._ghosts.gone(now):
            with self._isolated(f"who was in room {name} before it ended"):
                room = self.rooms.get(name) or self._open(name)
                left = room.log("member.left", member | {"reason": "lost", "removed": False})
                self.perform(room, [left], now)
                self._ghosts.back(name, str(member["id"]))
        for session in self.sessions.values():
            if session.relays_until is not None and now >= session.relays_until - TTL / 2:
                session.send(write("ice.refresh", self._relays(session, now)), reliable=False)
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP
            self.log.sweep(now)
            self.orders.sweep(now)

    @contextmanager
    def _isolated(self, what: str) -> Iterator[None]:
        """Notes a failure of one room or session, so that the others still get their tick."""
        try:
            yield
        except Exception as failure:
            _log.exception("the clock could not move %s", what)
            self.failed[what] = failure

    # -- coming in

    def _welcome(self, link: Link, raw: str, now: float) -> Session:
        if self.log.stuck:  # checked first, so that the ticket is not used up
            raise _cannot_keep(Code.no_space)
        ticket = self._tickets.open(raw, now)
        session = Session(self._mint(), ticket, self._mint, link, Limits(self._rates, now))
        if (old := self.people.get(session.who)) is not None:  # the newest session of a person and device wins
            self.end_session(old, Close.replaced, now, "replaced")
        self.sessions[session.id] = self.people[session.who] = session
        self._greet(session, now, resumed=False)
        return session

    def _resume(self, link: Link, ask: p.Resume, now: float) -> Session:
        if (session := self.sessions.get(ask.session)) is None:
            raise Refused(Code.resume_expired, "Join again with a new ticket.", close=Close.auth)
        session.check(ask.secret, ask.last_seq)
        if session.link is not None:  # the client noticed the lost connection before we did
            session.link.close(Close.replaced)
            self.cut(session, session.link, now)
        self._lost.pop(session, None)
        missed = session.resume(link, ask.last_seq)
        self._greet(session, now, resumed=True)
        for frame in missed or ():
            link.push(frame)
        if (room := session.room) is not None:
            state = [room.resync(session.who)] if missed is None else []
            self.perform(room, [*state, *room.back(session.who)], now)
        return session

    def _greet(self, session: Session, now: float, resumed: bool) -> None:
        welcome = {
            "version": p.VERSION,
            "session": session.id,
            "resume_secret": session.rotate(),
            "grace_s": GRACE,
            "heartbeat_s": HEARTBEAT,
            "resumed": resumed,
            "limits": {"message": p.MAX_MESSAGE, "sdp": p.MAX_SDP},
            **self._relays(session, now),
        }
        session.send(write("welcome", welcome), reliable=False)

    def _relays(self, session: Session, now: float) -> p.Json:
        session.relays_until = now + TTL if self._ice.expires else None
        return {"ice_servers": self._ice.servers(session.id, now), "ttl": TTL}

    # -- acting

    def _act(self, session: Session, message: p.ClientMessage, now: float) -> None:
        try:
            match message:
                case p.Ping():
                    pass
                case p.Join(page=page_load) if session.room is None:
                    self._join(session, page_load, now)
                case _ if session.room is None:
                    raise Refused(Code.forbidden, "Join first.")
                case _:
                    self.perform(session.room, act(session.room, session.who, message, now), now)
        except Refused as no:
            no.re = message.id
            raise

    def _join(self, session: Session, page_load: str, now: float) -> None:
        ticket = session.ticket
        self.orders.admit(ticket)
        standing = self.orders.standing(ticket)
        try:
            room = self.rooms.get(ticket.room) or self._open(ticket.room)
        except sqlite3.OperationalError as failure:
            code = Code.busy if failure.sqlite_errorcode == sqlite3.SQLITE_BUSY else Code.no_space
            raise _cannot_keep(code) from failure
        member = Member(
            id=session.who,
            sub=ticket.sub,
            name=ticket.name,
            role=standing.role,
            hospital=ticket.hospital,
            device=ticket.device,
            rights=standing.rights,
            studies=standing.studies,
            issued=ticket.iat,
            booked=standing.booked,
            title=ticket.title,
            page_load=page_load,
        )
        try:
            effects = room.enter(member, ticket.room_kind, ticket.case)
        except Refused:
            self._drop_if_empty(room)
            raise
        session.room = room
        self._ghosts.back(room.name, member.id)
        self.perform(room, effects, now)

    def _open(self, name: str) -> Room:
        """Opens a room. After a restart it goes on where it was, with the chat and who was let in from the log."""
        epoch = self.log.open_room(name)
        room = self.rooms[name] = Room(name, epoch, self.log.chat(name), self.log.passes(name), self.log.handed(name))
        return room

    def perform(self, room: Room, effects: Iterable[Effect], now: float) -> None:
        for effect in effects:
            match effect:
                case Log(seq, kind, data):
                    self.log.append(room.name, room.epoch, seq, kind, data, now)
                case Send(to, t, d, reliable):
                    self.people[to].send(write(t, d), reliable)
                case Broadcast(t, d, reliable=reliable, to=audience):
                    body = write(t, d)  # once for the room
                    for member in audience:
                        self.people[member].send(body, reliable)
                case Placed(member, waiting):
                    self.people[member].place = State.waiting if waiting else State.active
                case Out(member, code):
                    self._forget(self.people[member], code)
        self._drop_if_empty(room)

    def abandon(self, room: Room, now: float) -> None:
        """Drops a room whose state may be wrong after a failure: everybody must join again, as after a restart."""
        self.rooms.pop(room.name, None)
        for session in [each for each in self.sessions.values() if each.room is room]:
            self._forget(session, Close.drain)
        self._ghosts.expect([each for each in self.log.here() if each[0] == room.name], now + GRACE)

    def _drop_if_empty(self, room: Room) -> None:
        if not room.members and self.rooms.get(room.name) is room:
            del self.rooms[room.name]

    def end_session(self, session: Session, code: Close | None, now: float, reason: str = "left") -> None:
        if session.room is not None and session.who in session.room.members:
            self.perform(session.room, session.room.run(session.room.leave(session.who, reason, code)), now)
        else:
            self._forget(session, code)

    def _forget(self, session: Session, code: Close | None) -> None:
        link, session.link, session.place = session.link, None, State.gone
        self.sessions.pop(session.id, None)
        self._lost.pop(session, None)
        if self.people.get(session.who) is session:
            del self.people[session.who]
        if link is not None:
            link.close(code)


def _cannot_keep(code: Code) -> Refused:
    return Refused(code, "The rooms cannot keep anything just now. Join again with a new ticket.", close=Close.drain)


def _error(no: Refused) -> bytes:
    d: p.Json = {"code": no.code, "msg": no.msg, "fatal": no.close is not None}
    return write("error", d if no.retry_after is None else d | {"retry_after": no.retry_after}, no.re)
