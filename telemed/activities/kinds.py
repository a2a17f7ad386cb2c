"""What a kind of activity must provide. A feature registers one ActivityKind, beside its routes, in `app.py`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from aiohttp import web
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.model import Participant
from telemed.activities.schemas import (
    Announced,
    AtHandOut,
    FoundOut,
    HeldOut,
    NextOut,
    PatientBrief,
    PlaceBrief,
    RingingOut,
)
from telemed.activities.words import Phase
from telemed.cases.model import Scope
from telemed.history.events import About
from telemed.kit.activity import ACTIVITIES
from telemed.kit.both import Both
from telemed.rooms.ports import Entry, Standing

Study = tuple[str, str]  # hospital, StudyInstanceUID


class Presence(StrEnum):
    waiting = "waiting"  # at the door
    turned_away = "turned_away"  # left the door without coming in
    joined = "joined"
    left = "left"  # with their last device
    reloading = "reloading"  # left to reload their page, and comes back


@dataclass(frozen=True)
class Attended:
    """A participant's change of presence, and what it means for the essential roles."""

    person: Participant
    presence: Presence
    essential: bool  # this person's role is essential
    complete: bool  # all essential roles are in the room
    at: datetime


@dataclass(frozen=True)
class Listed:
    """How a work item shows its activity. `actions` are those that this person may take now; each names `version`.

    `phase`, `lead_name` and `called_off` are of a kind that calls: what became of it.
    """

    title: str
    patient: PatientBrief | None = None
    place: PlaceBrief | None = None
    version: int | None = None
    actions: Collection[str] = ()
    starts_at: datetime | None = None  # when people meet
    ends_at: datetime | None = None
    phase: Phase | None = None
    lead_name: str = ""
    lead_name_en: str = ""
    called_off: bool = False


class ActivityKind(Protocol):
    """`name`: the word kept in every column `activity`, declared with `ACTIVITIES.declare`.
    `agreement_service`: the service that the agreement of the two hospitals must name.
    `consent_scopes`: what the patient must have agreed to.
    `essential`: the roles without whom it does not go on.
    `page`: the path of its page, as in web/src/paths.ts, for links from outside.
    `called`: what mails and calendars outside call it; it names nobody.
    """

    name: str
    agreement_service: str
    consent_scopes: frozenset[Scope]
    essential: frozenset[str]
    page: str
    called: Both

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        """What its events belong to; None if there is none of this kind with this id. `to_change` locks it."""

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        """How this person enters its room. Raises NotFound if they may not see it, Conflict while it is not open."""

    async def may_stay(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
        """Whether somebody who is in its room may stay there with the roles that they have now."""

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        """Raises NotFound if this person may not read what was said in its room."""

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        """Why its room is over; None while somebody may still come."""

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        """As whom each participant is in its room: the same as they would now enter with."""

    async def device_entry(self, db: AsyncSession, id: UUID) -> Entry | None:
        """How a device in the venue that is booked for it enters its room; None while that is not open."""

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        """The studies that a grant of each of these activities opens."""

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        """Called when somebody comes, leaves, or waits at the door: does what follows for the activity."""

    async def ringing(self, db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
        """The activities that call this person now and that nobody has taken, longest first."""

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        """The activities that this person takes part in and may join now or soon, earliest first."""

    async def at_hand(self, db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
        """What this person may be called about in the next hours, the most pressing first; only what they may see."""

    async def held(
        self, db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime
    ) -> list[HeldOut]:
        """What this person's hub holds from `start` to before `end`, by time."""

    async def found(self, db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
        """Those that this person may see, by their number or their patient's name or number; the newest first."""

    async def phases(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Phase]:
        """How far each of these activities has come, for calendars."""

    async def movable(self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Collection[UUID]:
        """Of these booked activities the ones that this person may move to another time, for calendars."""

    async def announced(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Announced]:
        """What the screen of a room may show of these activities, whoever stands before it."""

    async def not_there(
        self, db: AsyncSession, actor: Actor, id: UUID, resource_id: UUID, words: str, now: datetime
    ) -> None:
        """Somebody or a place that it booked is not to be had after all; `words` say why. Frees that time and asks
        whoever arranges it to do something. Raises Conflict once people meet. The caller has locked it.
        """

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        """How to list these activities; only those that this person may see."""


class Kinds:
    """The registry of all kinds, by name."""

    def __init__(self, kinds: Iterable[ActivityKind]) -> None:
        self._by_name: dict[str, ActivityKind] = {}
        for kind in kinds:
            ACTIVITIES.known(kind.name)
            if self._by_name.setdefault(kind.name, kind) is not kind:
                raise ValueError(f"two kinds of activity are called {kind.name}")

    def __iter__(self) -> Iterator[ActivityKind]:
        return iter(self._by_name.values())

    def get(self, name: str | None) -> ActivityKind | None:
        return self._by_name.get(name) if name else None

    async def find(
        self, db: AsyncSession, id: UUID, *, to_change: bool = False
    ) -> tuple[ActivityKind, About] | tuple[None, None]:
        """The activity with this id; requests for a room have only the id."""
        for kind in self:
            if (about := await kind.about(db, id, to_change=to_change)) is not None:
                return kind, about
        return None, None


KINDS: web.AppKey[Kinds] = web.AppKey("kinds", Kinds)
