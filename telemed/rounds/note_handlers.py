"""The routes of the notes of rounds."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.files.handlers import attachment, store
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS
from telemed.rounds import note_queries, notes, prints, rules
from telemed.rounds.note_schemas import NoteFilter, NoteIn, NoteList, NoteOut, NoteReturnIn

routes = Routes("/rounds", tag="rounds")
clinical = role(*CLINICAL)
doctors = role(*rules.DOCTORS)
signing = role(*rules.LEADING, *rules.SENIORS)
printing = role(*(CLINICAL - {Role.trainee}))  # who follows only to learn takes no copies


async def _shown(request: web.Request, id: UUID) -> NoteOut:
    return await note_queries.one(request[DB], request[ACTOR], id, now(request))


@routes.get("/notes", policy=clinical, reads="list")
async def find_notes(request: web.Request, query: NoteFilter) -> NoteList:
    """The notes that wait for oneself to write or countersign, or what was signed of late."""
    return await note_queries.find(request[DB], request[ACTOR], query, now(request))


@routes.get("/items/{id}/note", policy=clinical)
async def note(request: web.Request, id: UUID) -> NoteOut:
    """The note of one bed, or what the round itself said while nobody has written it."""
    return await _shown(request, id)


@routes.put("/items/{id}/note", policy=doctors)
async def save_note(request: web.Request, id: UUID, if_match: int, body: NoteIn) -> NoteOut:
    """Save the note as typed. The version is the note's; 0 begins it."""
    await notes.save(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await _shown(request, id)


@routes.post("/items/{id}/note/submit", policy=doctors)
async def submit_note(request: web.Request, id: UUID, if_match: int) -> NoteOut:
    """Submit the note to be countersigned at the hub."""
    await notes.submit(request[DB], request[ACTOR], id, if_match, now(request))
    return await _shown(request, id)


@routes.post("/items/{id}/note/return", policy=role(*rules.LEADING))
async def return_note(request: web.Request, id: UUID, if_match: int, body: NoteReturnIn) -> NoteOut:
    """Give the note back to who wrote it, with words."""
    await notes.return_(request[DB], request[ACTOR], id, if_match, body.words, now(request))
    return await _shown(request, id)


@routes.post("/items/{id}/note/countersign", policy=signing)
async def countersign_note(request: web.Request, id: UUID, if_match: int, body: NoteIn) -> NoteOut:
    """Countersign the note, at the hub with one's changes; guidance then at the branch, as it is."""
    demo = request.config_dict[SETTINGS].demo
    await notes.countersign(request[DB], request[ACTOR], id, if_match, body, now(request), demo=demo)
    return await _shown(request, id)


@routes.get("/items/{id}/note/print", policy=printing, binary="application/pdf", transaction=False, reads="print")
async def print_note(request: web.Request, id: UUID) -> web.Response:
    """Download the print of a signed note: its stored bytes."""
    database = request.config_dict[DATABASE]
    return _pdf(*await prints.of_note(database, store(request), request[ACTOR], id, now(request)))


@routes.get("/sessions/{id}/print", policy=printing, binary="application/pdf", transaction=False, reads="print")
async def print_round(request: web.Request, id: UUID) -> web.Response:
    """Print a whole round (查房单) as it is now, with the patients whom one sees."""
    database, demo = request.config_dict[DATABASE], request.config_dict[SETTINGS].demo
    return _pdf(*await prints.of_round(database, request[ACTOR], id, now(request), demo=demo))


def _pdf(name: str, data: bytes) -> web.Response:
    return web.Response(body=data, content_type=prints.PDF, headers=attachment(name))
