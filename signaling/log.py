"""What must survive a restart: each room's events in order, who was let in, handed-over roles, used tickets."""

import logging
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import Any, Final

import msgspec
from uuid_utils import uuid7

from signaling.bus.base import Event
from signaling.codec import encode
from signaling.effects import Standing
from signaling.protocol import Json, Said

SCHEMA: Final = """
pragma journal_mode = wal;
pragma synchronous = full;
create table if not exists rooms (room text primary key, epoch integer not null) without rowid;
create table if not exists events (n integer primary key autoincrement, id text not null, room text not null,
                                   epoch integer not null, seq integer not null, type text not null,
                                   data blob not null, at real not null, taken integer not null default 0,
                                   unique (room, epoch, seq));
create index if not exists untaken on events (n) where taken = 0;
create table if not exists passes (room text, member text, data blob not null, until real not null,
                                   primary key (room, member)) without rowid;
create table if not exists here (room text, member text, data blob not null, primary key (room, member)) without rowid;
create table if not exists handed (room text, sub text, role text, until real not null,
                                   primary key (room, sub, role)) without rowid;
create table if not exists orders (kind text, room text, sub text, rev integer not null, until real not null,
                                   rights blob not null, primary key (kind, room, sub)) without rowid;
create table if not exists used (jti text primary key, until real not null) without rowid;
"""
# An older log kept who was inside with their pass, and forgot both after a day.
TO_HERE: Final = """
insert or ignore into here select room, member, data from passes where inside = 1;
alter table passes drop column inside;
"""
ASIDE: Final = 2  # value of `taken` for an event that cannot be read, until a person decides; 1: the product has it
KEPT: Final = 24 * 3600.0  # seconds that delivered chat is kept for late joiners, and who was let in
EVENT: Final = "insert into events (id, room, epoch, seq, type, data, at) values (?, ?, ?, ?, ?, ?, ?)"
Value = str | float | bytes
_object = msgspec.json.Decoder(dict[str, Any])
_said = msgspec.json.Decoder(Said)
_log = logging.getLogger(__name__)
_standing: msgspec.json.Decoder[Standing | None] = msgspec.json.Decoder(Standing | None)


class Order(msgspec.Struct, frozen=True):
    """An order of the product about a room, or about one person in it."""

    rev: int  # microseconds of the product's clock
    until: float  # when the last ticket that it overrules expires
    standing: Standing | None = None  # for kind `grants`; None there if it cannot be read


class RoomLog:
    """`append` queues, `flush` writes to disk with one fsync for everybody who waits. Reading methods flush first."""

    def __init__(self, path: str, now: float) -> None:
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript(SCHEMA)
        if any(column[1] == "inside" for column in self._db.execute("pragma table_info (passes)")):
            self._db.executescript(f"begin; {TO_HERE} commit;")
        self._used: dict[str, float] = dict(self._db.execute("select jti, until from used").fetchall())
        self._todo: list[tuple[str, tuple[Value, ...]]] = []
        self._lock = Lock()
        self.appended = self.synced = 0
        self.stuck = False  # the last flush failed
        self.on_append: Callable[[], None] = lambda: None
        self.sweep(now)

    # -- writing

    def open_room(self, room: str) -> int:
        """Begins a new epoch of the room and returns it; members of an earlier epoch must join again."""
        bump = "insert into rooms values (?, 1) on conflict do update set epoch = epoch + 1 returning epoch"
        return int(self._read(bump, room)[0][0])

    def append(self, room: str, epoch: int, seq: int, kind: str, data: Json | Said, now: float) -> None:
        raw = encode(data)
        self._later(EVENT, str(uuid7()), room, epoch, seq, kind, raw, now)
        if isinstance(data, dict):
            self._keep_members(room, kind, data, raw, now)
        self.on_append()

    def _keep_members(self, room: str, kind: str, data: Json, raw: bytes, now: float) -> None:
        """Notes who is here and who was let in, as the events say, in the same transaction."""
        match kind:
            case "member.joined":
                self._later("insert or replace into here values (?, ?, ?)", room, data["id"], raw)
                self._later("insert or replace into passes values (?, ?, ?, ?)", room, data["id"], raw, now + KEPT)
            case "member.waiting":
                self._later("insert or replace into here values (?, ?, ?)", room, data["id"], raw)
                self.forget_pass(room, data["id"])
            case "role.handed":
                put = "insert or replace into handed values (?, ?, ?, ?)"
                self._later(put, room, data["sub"], data["handed"], now + KEPT)
            case "member.left":
                self._later("delete from here where room = ? and member = ?", room, data["id"])
                if data["removed"]:
                    self.forget_pass(room, data["id"])
                    self.forget_handed(room, data["sub"])
            case "room.ended":
                self._later("delete from here where room = ?", room)
                self._later("delete from passes where room = ?", room)
                self._later("delete from handed where room = ?", room)

    def forget_pass(self, room: str, member: str) -> None:
        self._later("delete from passes where room = ? and member = ?", room, member)

    def forget_handed(self, room: str, sub: str) -> None:
        self._later("delete from handed where room = ? and sub = ?", room, sub)

    def keep_order(self, key: tuple[str, str, str], order: Order) -> None:
        put = "insert or replace into orders values (?, ?, ?, ?, ?, ?)"
        self._later(put, *key, order.rev, order.until, encode(order.standing))

    def claim(self, jti: str, until: float) -> bool:
        if jti in self._used:
            return False
        self._used[jti] = until
        self._later("insert into used values (?, ?)", jti, until)
        return True

    def used(self, jti: str) -> bool:
        return jti in self._used

    def ack(self, n: int) -> None:
        """Marks an event as delivered. Chat stays for late joiners; other events are deleted."""
        self._later("update events set taken = 1 where n = ? and type = 'chat'", n)
        ended = "(select room from events where n = ? and type = 'room.ended')"
        self._later(f"delete from events where n <= ? and taken = 1 and room = {ended}", n, n)
        self._later("delete from events where n = ? and type <> 'chat'", n)

    def sweep(self, now: float) -> None:
        self._used = {jti: until for jti, until in self._used.items() if until >= now}
        self._later("delete from used where until < ?", now)
        self._later("delete from passes where until < ?", now)
        self._later("delete from handed where until < ?", now)
        self._later("delete from orders where until < ?", now)
        self._later("delete from events where taken = 1 and at < ?", now - KEPT)

    def flush(self) -> None:
        with self._lock:
            self._flush()

    def _flush(self) -> None:
        todo = self._todo[:]  # a copy: the event loop may append meanwhile, and what fails to commit must stay queued
        if not todo:
            return
        try:
            with self._db:
                self._db.execute("begin immediate")
                for statement, values in todo:
                    self._db.execute(statement, values)
        except sqlite3.OperationalError:
            self.stuck = True
            raise
        self.stuck = False
        del self._todo[: len(todo)]
        self.synced += len(todo)

    # -- reading

    def pending(self, after: int = 0) -> list[tuple[int, Event]]:
        """The next undelivered events. A row that cannot be read is set aside and does not hold up the rest."""
        query = (
            "select n, id, type, room, epoch, seq, at, data from events where taken = 0 and n > ? order by n limit 100"
        )
        while rows := self._read(query, after):
            found = []
            for n, *row in rows:
                try:
                    found.append((n, _event(*row)))
                except Exception:  # whatever is wrong with the row
                    self._set_aside(n)
            if found:
                return found
        return []

    def chat(self, room: str) -> list[Said]:
        lines = []
        for n, data in self._read("select n, data from events where room = ? and type = 'chat' order by n", room):
            try:
                lines.append(_said.decode(data))
            except (ValueError, TypeError, RecursionError):
                self._set_aside(n)
        return lines

    def passes(self, room: str) -> dict[str, Json]:
        rows = self._read("select member, data from passes where room = ?", room)
        return {member: known for member, data in rows if (known := _member(room, data))}

    def handed(self, room: str) -> dict[str, frozenset[str]]:
        """The roles handed over in a room, by account."""
        found: dict[str, frozenset[str]] = {}
        for sub, role in self._read("select sub, role from handed where room = ?", room):
            found[sub] = found.get(sub, frozenset()) | {role}
        return found

    def here(self) -> list[tuple[str, Json]]:
        """Who is in which room or at its door: reported as joined or waiting, and not as left, however long ago."""
        rows = self._read("select room, data from here")
        return [(room, known) for room, data in rows if (known := _member(room, data))]

    def _set_aside(self, n: int) -> None:
        """Sets an event aside, at once and not by `_later`, because the courier reads in a thread."""
        _log.error("event %d of the log cannot be read; it is set aside", n)
        with self._lock:
            self._db.execute("update events set taken = ? where n = ?", (ASIDE, n))

    def orders(self) -> dict[tuple[str, str, str], Order]:
        rows = self._read("select kind, room, sub, rev, until, rights from orders")
        return {(kind, room, sub): Order(rev, until, _ordered(raw)) for kind, room, sub, rev, until, raw in rows}

    def close(self) -> None:
        with self._lock:  # SQLite crashes if closed under a reader, and a cancelled task's thread reads on
            self._flush()
            self._db.close()

    def _read(self, query: str, *values: Value) -> list[tuple[Any, ...]]:
        with self._lock:
            self._flush()
            return self._db.execute(query, values).fetchall()

    def _later(self, statement: str, *values: Value) -> None:
        self._todo.append((statement, values))
        self.appended += 1


def _member(room: str, data: bytes) -> Json | None:
    """Whom the event is about; None if it cannot be read: they must knock again, and the room opens all the same."""
    try:
        known = _object.decode(data)
        known["id"], known["lead"]
    except (ValueError, TypeError, KeyError, RecursionError):
        _log.error("who was in %s cannot be read", room)
        return None
    return known


def _event(id: str, kind: str, room: str, epoch: int, seq: int, at: float, data: bytes) -> Event:
    when = datetime.fromtimestamp(at, UTC)
    return Event(
        id=id, type=kind, source=f"room/{room}", epoch=epoch, seq=seq, occurred_at=when, data=_object.decode(data)
    )


def _ordered(data: bytes) -> Standing | None:
    try:
        return _standing.decode(data)
    except (ValueError, TypeError, RecursionError):
        return None
