"""Moves a consultation between scheduled and ready as its readiness gate turns green or red."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.engine import act
from telemed.consultations.evidence import gate
from telemed.consultations.model import Consultation
from telemed.consultations.rules.gate import red
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.words import Action, State


async def review(db: AsyncSession, row: Consultation, now: datetime) -> None:
    if row.state not in (State.scheduled, State.ready):
        return
    missing = red(await gate(db, row, now))
    if row.state is State.scheduled and not missing:
        await act(db, None, row, Action.make_ready, now)
    elif row.state is State.ready and missing:
        await act(db, None, row, Action.make_unready, now, GuardInput(red=missing), missing=missing)
