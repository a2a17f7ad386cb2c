"""What happens to a reading whose study is recalled before its report is issued: it goes back to the branch."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Conflict
from telemed.reading import work
from telemed.reading.engine import act
from telemed.reading.lookup import recalled
from telemed.reading.model import Reading
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State
from telemed.reading.words import ReturnCode


async def return_recalled(db: AsyncSession, row: Reading, now: datetime) -> None:
    """Nobody at the hub can read it: it is dealt out to nobody and not late. What was written is kept."""
    by = await work.send_again_by(db, row, now)
    become: dict[str, Any] = {"reader_id": None, "claimed_at": None, "active_at": None, "due_at": by}
    if row.state is State.written:
        become |= {"written_at": None, "author_title": ""}
    become |= {"return_code": ReturnCode.wrong_patient, "return_words": ""}
    await act(db, None, row, Action.return_, now, become, code=ReturnCode.wrong_patient)
    await work.ask_to_send_again(db, row, None, now)


async def refuse_recalled(db: AsyncSession, row: Reading) -> None:
    """Raises Conflict: what is not the patient's cannot be sent again for them."""
    if await recalled(db, row):
        raise Conflict("The study is not confirmed as this patient's any more.", reason="resend_recalled")
