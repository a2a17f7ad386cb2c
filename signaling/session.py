"""One person on one device, across reconnects: resume secret, numbered messages, answers already given."""

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Final, Protocol

from signaling.codec import numbered
from signaling.errors import Close, Code, Refused
from signaling.limits import Limits
from signaling.room import Room
from signaling.ticket import Ticket

GRACE: Final = 45.0  # seconds a lost session waits for its owner
RING: Final = 256
ANSWERS: Final = 64


class State(StrEnum):
    authed = "authed"  # has shown a ticket and not joined yet
    waiting = "waiting"
    active = "active"
    suspended = "suspended"
    gone = "gone"


class Link(Protocol):
    """One socket. `push` only queues; a client that reads too slowly is disconnected when its queue is full."""

    def push(self, frame: bytes) -> None: ...

    def close(self, code: Close | None) -> None: ...

    def refuse(self, frame: bytes, code: Close) -> None:
        """Sends a last frame and closes. It reports nothing that was stored, so it does not wait for the disk."""


@dataclass(eq=False)
class Session:
    id: str
    ticket: Ticket
    mint: Callable[[], str]  # makes a secret; passed in, so that tests are deterministic
    link: Link | None
    limits: Limits
    room: Room | None = None
    place: State = State.authed
    until: float | None = None  # if suspended: when the session ends unless it is resumed
    relays_until: float | None = None  # when its relay credentials expire
    seq: int = 0
    ring: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=RING))
    answers: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _hashes: tuple[bytes, ...] = ()

    @property
    def who(self) -> str:
        return f"{self.ticket.sub}/{self.ticket.device}"

    @property
    def state(self) -> State:
        """Derived from the other fields."""
        return State.suspended if self.until is not None and self.place is not State.gone else self.place

    def send(self, body: bytes, reliable: bool) -> None:
        if reliable:
            self.seq += 1
            body = numbered(self.seq, body)
            self.ring.append((self.seq, body))
        if self.link is not None:
            self.link.push(body)

    # -- idempotence

    def remember(self, id: str, answer: bytes) -> None:
        self.answers[id] = answer
        while len(self.answers) > ANSWERS:
            self.answers.popitem(last=False)

    # -- losing the socket and coming back

    def cut(self, now: float) -> None:
        self.link, self.until = None, now + GRACE

    def rotate(self) -> str:
        """A new resume secret. The old one works until the client has answered, in case the welcome is lost."""
        secret = self.mint()
        self._hashes = (_hash(secret), *self._hashes[:1])
        return secret

    def heard(self) -> None:
        self._hashes = self._hashes[:1]

    def check(self, secret: str, last_seq: int) -> None:
        known = [compare_digest(_hash(secret), each) for each in self._hashes]
        if self.place not in (State.waiting, State.active) or not any(known) or last_seq > self.seq:
            raise Refused(Code.resume_expired, "Join again with a new ticket.", close=Close.auth)

    def resume(self, link: Link, last_seq: int) -> list[bytes] | None:
        """The missed messages, in order; None if the ring does not reach back far enough."""
        self.link, self.until = link, None
        missed = [frame for seq, frame in self.ring if seq > last_seq]
        return missed if len(missed) == self.seq - last_seq else None


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()  # the secret is 256 random bits, so a fast hash is enough
