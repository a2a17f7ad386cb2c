"""One act on the run-sheet while it is being done."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Invalid
from telemed.history.service import emit
from telemed.rounds.act_schemas import RoundActIn
from telemed.rounds.events import ActKept
from telemed.rounds.lookup import about_item
from telemed.rounds.model import Instruction, RoundItem, RoundSession
from telemed.rounds.words import Who


@dataclass
class Doing:
    """One act, who does it, and when it was done by the server's clock."""

    db: AsyncSession
    actor: Actor
    session: RoundSession
    new: RoundActIn
    held: frozenset[Who]
    at: datetime
    now: datetime
    row: RoundItem | None = None
    instruction: Instruction | None = None

    @property
    def item(self) -> RoundItem:
        if self.row is None:
            raise Invalid("Say at which bed.", reason="item_needed")
        return self.row


def keep(doing: Doing, *, overtaken: bool = False) -> None:
    row = doing.item
    told = ActKept(session_id=doing.session.id, item_id=row.id, kind=doing.new.kind, overtaken=overtaken)
    emit(doing.db, told, about_item(doing.session, row), doing.now, by=doing.actor, at=doing.at)
