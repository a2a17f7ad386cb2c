"""The routes of the ward board and of the page of all wards."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.rounds import board, reminding, rules, wards
from telemed.rounds.board_schemas import BoardFilter, BoardOut, ReminderIn, VisitedWards

routes = Routes("/rounds/wards", tag="rounds")


@routes.get("", policy=role(Role.coordinator, *rules.LEADING, *rules.SENIORS))
async def find_wards(request: web.Request) -> VisitedWards:
    """All wards that one answers for: last and next round, cadence, open instructions, late notes."""
    return await wards.find(request[DB], request[ACTOR], now(request))


@routes.get("/{id}/board", policy=role(*CLINICAL), reads="list")
async def ward_board(request: web.Request, id: UUID, query: BoardFilter) -> BoardOut:
    """The board of a ward (病区查房板): the round of the day, open instructions by bed, the last eight weeks."""
    return await board.board(request[DB], request[ACTOR], id, query, now(request))


@routes.post("/{id}/reminders", policy=role(*reminding.REMIND), status=204)
async def remind(request: web.Request, id: UUID, body: ReminderIn) -> None:
    """Remind whoever owes late countersignatures of the ward's notes (催办); not twice within an hour."""
    await reminding.remind(request[DB], request[ACTOR], id, body.staff_id, now(request))
