"""The routes of studies: whose they are."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.studies import identity
from telemed.studies.rules import JUDGING
from telemed.studies.schemas import Confirm, Declare, Reject, StudyFilter, StudyLinkOut, StudyList

routes = Routes("/studies", tag="studies")
clinical = role(*CLINICAL)
judging = role(*JUDGING)


@routes.get("", policy=clinical)
async def find(request: web.Request, query: StudyFilter) -> StudyList:
    """List your hospital's studies, of a patient or waiting to be confirmed."""
    return StudyList(items=await identity.find(request[DB], request[ACTOR], query))


@routes.get("/{id}", policy=clinical)
async def get(request: web.Request, id: UUID) -> StudyLinkOut:
    """One study, the header's identity beside the record's."""
    return await identity.one(request[DB], request[ACTOR], id)


@routes.post("/{id}/confirm", policy=judging)
async def confirm(request: web.Request, id: UUID, if_match: int, body: Confirm) -> StudyLinkOut:
    """Confirm whose study it is, with a reason."""
    return await identity.confirm(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.post("/{id}/reject", policy=judging)
async def reject(request: web.Request, id: UUID, if_match: int, body: Reject) -> StudyLinkOut:
    """Say that it is not this patient's."""
    return await identity.reject(request[DB], request[ACTOR], id, if_match, body.reason, now(request))


@routes.post("/{id}/declare", policy=judging)
async def declare(request: web.Request, id: UUID, if_match: int, body: Declare) -> StudyLinkOut:
    """Say that the study is complete as it is."""
    return await identity.declare(request[DB], request[ACTOR], id, if_match, body.count, now(request))
