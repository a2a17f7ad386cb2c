"""What an attempt of the race asked for, and what came of them all."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.telemed.conftest import NOW


@dataclass(frozen=True)
class Asked:
    """Whose time was wanted, and which; for which consultation."""

    who: frozenset[UUID] = frozenset()
    start: datetime = NOW
    end: datetime = NOW
    of: UUID | None = None


@dataclass
class Meeting:
    """A consultation as its last answer left it."""

    doctor: str
    lead: str
    version: int
    experts: tuple[str, ...] = ()
    state: str = "approved"
    taken: Asked = Asked()
    named: set[UUID] = field(default_factory=set)  # experts beside the lead, by whichever client
    to_accept: list[str] = field(default_factory=list)


@dataclass
class Result:
    """What came of it. `unnamed`: refusals that do not say what stands in the way, and what nobody may answer."""

    attempts: int = 0
    overlaps: int = 0
    looks: int = 0
    torn: int = 0  # bookings that do not take all the time they should
    won: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)  # the time is taken, by what is named
    overtaken: Counter[str] = field(default_factory=Counter)
    limited: Counter[str] = field(default_factory=Counter)  # a reason is asked for, by the limits that are named
    passed_over: int = 0  # bookings that stand, or stood, over a limit and say why
    put_off: int = 0  # "busy, try again": nothing was done
    unnamed: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)  # of each that won

    def said(self) -> str:
        of = ", ".join(f"{kind} {self.won[kind]}/{self.lost[kind]}" for kind in sorted(self.won | self.lost))
        others = f"overtaken {self.overtaken.total()}, asked why {self.limited.total()}"
        return f"won/refused for a named booking: {of}; {others}"


def names_what_blocks(body: Any, asked: Asked) -> bool:
    """Each blocker by its booking, of somebody or some place that was asked for, at that time."""
    clashes = body["clashes"]
    return bool(clashes) and all(
        UUID(each["resource_id"]) in asked.who
        and UUID(each["booking_id"])
        and each["name"]
        and datetime.fromisoformat(each["starts_at"]) < asked.end
        and datetime.fromisoformat(each["ends_at"]) > asked.start
        for each in clashes
    )
