"""Every message that a client may send, a union tagged by `t`; docs/protocol.md describes them."""

from collections.abc import Set
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

VERSION: Final = 1
MAX_MESSAGE: Final = 64 * 1024  # bytes of one frame; a larger one closes the socket with 1009
MAX_SDP: Final = 32 * 1024
SCOPED: Final = frozenset({"viewport", "pointer", "annotation"})  # topics that always name a study

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Words = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=0, lt=2**53)]
Figure = Annotated[float, Meta(ge=0, le=1e12)]
Source = Literal["camera", "mic", "screen"]
Level = Literal["good", "fair", "poor"]
Json = dict[str, Any]  # written by this server, perhaps with a client's Raw inside


class Envelope(Struct):
    v: int
    t: str
    id: Id | None = None
    d: Raw = Raw(b"{}")
    forged: Raw | UnsetType = field(name="from", default=UNSET)


class Message(Struct, kw_only=True):
    id: Id | None = None  # the envelope's: decode() sets it
    forged: Raw | UnsetType = field(name="from", default=UNSET)


# -- the session


class Resume(Struct):
    session: Id
    secret: Name
    last_seq: Count


class Hello(Message, tag="hello"):
    versions: list[int]
    ticket: str | None = None
    resume: Resume | None = None


class Join(Message, tag="join"):
    page: Id = "page"  # one load of a page; a pair of these identifies a peer connection, across reconnects


class Leave(Message, tag="leave"):
    reason: Name = "left"


class Ping(Message, tag="ping"): ...


# -- media between two pages


class Sdp(Message, tag="sdp"):
    to: Name
    pc: Id
    gen: Count
    kind: Literal["offer", "answer"]
    sdp: str = ""
    mids: dict[str, str] = {}


class Ice(Message, tag="ice"):
    to: Name
    pc: Id
    gen: Count
    candidates: list[Raw] = []
    end: bool = False


class Replace(Message, tag="pc.replace"):
    to: Name
    pc: Id
    gen: Count  # of the connection; messages of an older one are refused


class Publish(Message, tag="track.publish"):
    source: Source
    muted: bool = False


class Unpublish(Message, tag="track.unpublish"):
    source: Source


class Mute(Message, tag="track.mute"):
    source: Source
    on: bool


class Speaking(Message, tag="speaking"):
    on: bool


class Stats(Message, tag="stats"):
    level: Level
    rtt: Figure | None = None  # ms
    loss: Annotated[float, Meta(ge=0, le=1)] | None = None
    down: Figure | None = None  # kbit/s
    up: Figure | None = None


# -- who may be here


class Target(Message):
    target: Name
    words: Words = ""


class Admit(Target, tag="mod.admit"): ...


class Hold(Target, tag="mod.hold"): ...


class Deny(Target, tag="mod.deny"): ...


class Remove(Target, tag="mod.remove"): ...


class Quiet(Target, tag="mod.mute"):
    source: Source = "mic"


HandedRole = Literal["lead", "accompanying_physician"]


class HandOver(Message, tag="mod.role"):
    target: Name
    role: HandedRole


class Lock(Message, tag="mod.lock"):
    on: bool


class End(Message, tag="mod.end"):
    reason: Words = ""


class Bystander(Struct):
    """Somebody in the picture who has no account: the patient, a relative, students."""

    role: Annotated[str, Meta(min_length=1, max_length=40)]
    number: Annotated[int, Meta(ge=1, le=200)] = 1
    name: Annotated[str, Meta(max_length=80)] = ""


class View(Message, tag="view.set"):
    others: Annotated[list[Bystander], Meta(max_length=40)]


# -- presenting and chat


class Take(Message, tag="present.take"):
    scope: Name


class Release(Message, tag="present.release"): ...


class Data(Message, tag="data"):
    topic: Id
    payload: Raw
    to: Name | None = None
    scope: Name | None = None
    reliable: bool = False


class Said(Struct, kw_only=True, frozen=True):
    """A chat line; the same in the log, on the wire and in the snapshot."""

    sender: str = field(name="from")
    name: str  # the sender's, who may have left by the time it is read
    at: str
    topic: str
    payload: Raw
    scope: str | None
    to: str | None
    id: str | None
    ev: tuple[int, int]  # epoch and seq in the room's log, by which a client knows what it already has

    def heard_by(self, member: str, studies: Set[str]) -> bool:
        return (self.to is None or member in (self.to, self.sender)) and (self.scope is None or self.scope in studies)


Moderation = Admit | Hold | Deny | Remove | Quiet | HandOver | Lock | End
Track = Publish | Unpublish | Mute | Speaking | Stats
ClientMessage = Hello | Join | Leave | Ping | Sdp | Ice | Replace | Track | Moderation | View | Take | Release | Data
