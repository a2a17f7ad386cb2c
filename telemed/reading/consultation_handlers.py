"""The routes by which a consultation's studies are read by the hub's radiologists."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import from_consultations
from telemed.reading.consultation_schemas import ConsultationReadingIn, ConsultationReadings

routes = Routes("/consultations", tag="readings")
clinical = role(*CLINICAL)


@routes.get("/{id}/readings", policy=clinical)
async def of_consultation(request: web.Request, id: UUID) -> ConsultationReadings:
    """The readings that come from a consultation, and which of its studies one may have read."""
    return await from_consultations.of(request[DB], request[ACTOR], id, now(request))


@routes.post("/{id}/readings", policy=clinical, status=201)
async def ask_in_consultation(request: web.Request, id: UUID, body: ConsultationReadingIn) -> ConsultationReadings:
    """Have a study of the consultation read by the hub's radiologists."""
    await from_consultations.ask(request[DB], request[ACTOR], id, body, now(request))
    return await from_consultations.of(request[DB], request[ACTOR], id, now(request))
