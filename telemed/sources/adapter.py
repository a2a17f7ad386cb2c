"""What each way to a hospital system offers, and what it says when an administrator tries it."""

from dataclasses import dataclass
from typing import Protocol

from telemed.people.ports import PatientData
from telemed.sources.model import Fault


@dataclass(frozen=True)
class Part:
    """One view or resource when it is tried. `missing`: columns that are documented and not there."""

    name: str
    why: Fault | None = None
    missing: tuple[str, ...] = ()


class Adapter(Protocol):
    async def find(self, number: str) -> PatientData | None:
        """The patient with this number. Raises Failed."""

    async def parts(self) -> list[Part]:
        """Tries each part without a patient. Raises Failed if nothing can be tried."""

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Setting:
    """A hospital's system with its secret opened, and the zone by whose clock it writes."""

    hospital_id: str
    name: str
    address: str
    account: str
    secret: str
    mapping: dict[str, str]
    zone: str


def fields_of(data: PatientData) -> int:
    """How many fields of a patient came, which is all that an administrator is told."""
    said = data.model_dump(exclude={"hospital_id", "source", "left_out", "record", "stay", "measured", "orders"})
    filled = sum(1 for each in said.values() if each not in ("", None, False))
    return filled + len(data.record) + len(data.measured) + len(data.orders)
