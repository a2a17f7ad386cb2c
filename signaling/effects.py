"""The effects that a room asks for, and its members."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from signaling.errors import Close
from signaling.protocol import Json, Level, Said


class Standing(Struct, frozen=True):
    """What the product lets somebody do and see in a room, and as whom they are there."""

    rights: frozenset[str]
    studies: frozenset[str]
    role: str
    booked: bool  # on the booking: let in without asking, once the lead is there


@dataclass
class Member:
    id: str  # sub/device
    sub: str
    name: str
    role: str
    hospital: str
    device: str
    rights: frozenset[str]
    studies: frozenset[str]
    issued: float = 0.0  # when the ticket was issued, by the product's clock
    booked: bool = False
    title: str = ""
    page_load: str = ""  # identifies one load of the page, to tell two tabs or a reload apart
    waiting: bool = True
    kept_waiting: bool = False  # a person asked them to wait, so only a person lets them in again
    sent_away: bool = False  # a person removed them, with the same effect
    words: str = ""
    admission: int = 0  # counts those let in; this member's number
    tracks: dict[str, bool] = field(default_factory=dict)  # source: muted
    speaking: bool = False
    level: Level | None = None
    lost_at: float | None = None
    shown_lost: bool = False  # the others see "reconnecting"
    last_waiting: Json | None = None  # the last `waiting` frame they were sent

    @property
    def lead(self) -> bool:
        return "admit" in self.rights

    @property
    def knocks(self) -> bool:
        """Whether they wait until a person lets them in, and not only until the room opens."""
        return self.waiting and (not self.booked or self.kept_waiting or self.sent_away)

    def who(self) -> Json:
        """The member as events name them."""
        return {
            "id": self.id,
            "sub": self.sub,
            "name": self.name,
            "role": self.role,
            "hospital": self.hospital,
            "booked": self.booked,
            "lead": self.lead,
        }

    def peer(self, op: str) -> Json:
        """The member as the others see them."""
        state = "waiting" if self.waiting else "reconnecting" if self.shown_lost else "here"
        return {
            "op": op,
            **self.who(),
            "title": self.title,
            "device": self.device,
            "page": self.page_load,
            "state": state,
            "held": self.kept_waiting,
            "knocks": self.knocks,
            "tracks": [{"source": source, "muted": muted} for source, muted in self.tracks.items()],
            "level": self.level,
        }


@dataclass(frozen=True)
class Send:
    to: str
    t: str
    d: Json | Said
    reliable: bool = True


@dataclass(frozen=True)
class Broadcast:
    t: str
    d: Json | Said
    scope: str | None = None  # a study: only for members who may see it
    skip: str | None = None
    reliable: bool = True
    to: tuple[str, ...] = ()  # Room.run fills it in


@dataclass(frozen=True)
class Log:
    seq: int
    type: str
    data: Json | Said


@dataclass(frozen=True)
class Placed:
    member: str
    waiting: bool


@dataclass(frozen=True)
class Out:
    member: str
    code: Close | None  # None: they left by themselves


Effect = Send | Broadcast | Log | Placed | Out
Effects = Iterator[Effect]
