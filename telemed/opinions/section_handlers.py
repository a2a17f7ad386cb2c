"""The routes of an MDT's sections: write, sign, correct, say that somebody is absent."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.opinions import sections
from telemed.opinions.handlers import desk_of, expert, signer_of, writer
from telemed.opinions.mdt_schemas import Absent, SectionDraft, SectionIn, SectionSign
from telemed.opinions.model import Method

routes = Routes("/consultations/{id}/opinion/sections", tag="opinions")


@routes.patch("/{staff_id}", policy=writer)
async def save_section(request: web.Request, id: UUID, staff_id: UUID, if_match: int, body: SectionIn) -> SectionDraft:
    """Keep what is written of an expert's section; the first save carries version 0."""
    return await sections.save(request[DB], request[ACTOR], id, staff_id, if_match, body.text, now(request))


@routes.post("/sign", policy=expert, transaction=False, limited=True)
async def sign_section(request: web.Request, id: UUID, if_match: int, body: SectionSign) -> None:
    """Sign your own section as you read it, with the password."""
    desk, signer = desk_of(request), signer_of(request, Method.password)
    await sections.sign(desk, signer, request[ACTOR], id, if_match, body.password, now(request))


@routes.post("/correction", policy=expert, status=201)
async def correct_section(request: web.Request, id: UUID) -> SectionDraft:
    """Begin a correction of your own signed section, which stays as it is until you sign the new one."""
    return await sections.correct(request[DB], request[ACTOR], id, now(request))


@routes.put("/{staff_id}/absence", policy=expert)
async def state_absent(request: web.Request, id: UUID, staff_id: UUID, body: Absent) -> None:
    """As chair, say that an expert does not sign, and why; the record names it."""
    await sections.state_absent(request[DB], request[ACTOR], id, staff_id, body.reason, now(request))


@routes.delete("/{staff_id}/absence", policy=expert)
async def take_back_absence(request: web.Request, id: UUID, staff_id: UUID) -> None:
    """As chair, wait for an expert again."""
    await sections.take_back_absence(request[DB], request[ACTOR], id, staff_id, now(request))
