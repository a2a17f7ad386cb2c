"""What can be imported: for each kind its columns, what tells one row from another, and the use case of a row.

A new kind is a `Kind` in `every.py`; all else (reading, checking, the page, the command) follows from it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol, runtime_checkable

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration.saving import Saved, own_hospital
from telemed.errors import TelemedError
from telemed.imports.columns import Column, Fault, code
from telemed.imports.table import Row, unknown
from telemed.kit import spelled
from telemed.people import service as people
from telemed.people.model import Hospital

HOSPITAL: Final = Column(
    "hospital", "机构", "Hospital", code(60), also=("医院", "机构代码", "所在机构", "hospital code"), example="wuxi"
)
REFUSING: Final = (Fault, TelemedError, ValidationError)  # what a row is refused by


@dataclass
class Scope:
    """Who imports, for which hospital where a row names none, and when. `by` None: the command line.

    `writes`: what is loaded is locked, because it will be changed. `refused`: the hospitals at which they enter
    nothing, and what they are told.
    """

    db: AsyncSession
    by: Actor | None
    hospital_id: str | None
    now: datetime
    hospitals: list[Hospital] = field(default_factory=list)
    writes: bool = True
    refused: dict[str, TelemedError] = field(default_factory=dict)

    def own_hospital(self, named: str | None) -> Hospital:
        """The same, if they enter something there: of no other are they told what it has. Raises its refusal."""
        hospital = self.hospital(named)
        if (refusal := self.refused.get(hospital.id)) is not None:
            raise refusal
        return hospital

    def hospital(self, named: str | None, *, column: str = "hospital") -> Hospital:
        """The hospital by its code or name; the default where none is named. Raises Fault."""
        wanted = named or self.hospital_id
        if wanted is None:
            raise Fault(
                "没有写机构：请加一列「机构」，或用 --hospital 指明",
                "no hospital is named: add a column “Hospital”, or name it by --hospital",
                column=column,
            )
        if (found := called(self.hospitals, wanted)) is not None:
            return found
        fault = unknown(wanted, "机构", "hospital", [each.name for each in self.hospitals])
        fault.column = column
        raise fault


def called(hospitals: Sequence[Hospital], name: str) -> Hospital | None:
    """The hospital of this code, or of one of its names, however they are spaced."""
    wanted = spelled.number(name)
    for each in hospitals:
        if wanted in map(spelled.number, (each.id, each.name, each.name_en, each.licence_name)):
            return each
    return None


class Opened(Protocol):
    """A kind in one transaction, with what its rows are looked up in already loaded."""

    async def save(self, values: Mapping[str, Any]) -> Saved[Any]:
        """The use case of a row, in the caller's savepoint. Raises Fault or a TelemedError."""
        ...

    def look_up(self, values: Mapping[str, Any]) -> list[Exception]:
        """All that a row which is wrong, perhaps for something else, would be refused by: it is told at once."""
        ...

    def before(self, saved: Saved[Any]) -> dict[str, tuple[str, str]]:
        """What the columns that changed said before, in both languages."""
        ...


@runtime_checkable
class Planning(Opened, Protocol):
    """A kind with thousands of rows, which decides them without asking the database about each."""

    def plan(self, rows: Sequence[Row]) -> list[Saved[Any] | Exception]:
        """Of each row what `save` would do, or why it would refuse; nothing is written."""
        ...

    async def write(self) -> None:
        """Writes what was planned. Raises IntegrityError or Moved if it does not fit what is there by now."""
        ...


class Moved(Exception):
    """Somebody else has just changed what was planned upon."""


@dataclass(frozen=True)
class Kind:
    """`identity`: the columns that tell one row from another, the most telling last."""

    name: str
    chinese: str
    english: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]
    open: Callable[[Scope], Awaitable[Opened]]
    of_hub: bool = False  # only a hub's administrator imports these
    plans: bool = False  # what it opens is `Planning`


async def opened(
    kind: Kind, db: AsyncSession, by: Actor | None, hospital_id: str | None, now: datetime, *, writes: bool = True
) -> Opened:
    scope = Scope(db, by, hospital_id, now, await people.hospitals(db), writes)
    for each in () if kind.of_hub else scope.hospitals:
        try:
            await own_hospital(db, by, each.id)
        except TelemedError as refusal:
            scope.refused[each.id] = refusal
    return await kind.open(scope)


def refusals(*looks: Callable[[], object]) -> list[Exception]:
    """What each of these raises."""
    found: list[Exception] = []
    for look in looks:
        try:
            look()
        except REFUSING as refusal:
            found.append(refusal)
    return found


def said_before(
    columns: tuple[Column, ...], saved: Saved[Any], names: Mapping[str, str] | None = None
) -> dict[str, tuple[str, str]]:
    """What changed columns said; `names`: fields of the row that are called otherwise than their column."""
    by_field = {(names or {}).get(each.key, each.key): each for each in columns}
    return {by_field[name].key: by_field[name].shown(value) for name, value in saved.before.items() if name in by_field}
