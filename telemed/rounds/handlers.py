"""The routes of rounds: sessions, their lists and run-sheets, and instructions."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.people.own_badge import badge_key
from telemed.people.sign_in import place_of
from telemed.rounds import (
    acts,
    beds,
    continuing,
    doctors,
    instructions,
    listing,
    lookup,
    other_time,
    queries,
    reading_back,
    rules,
    sessions,
    students,
    ward,
)
from telemed.rounds.act_schemas import BadgeReadBackIn, RoundActIn, RoundActOut
from telemed.rounds.answer_schemas import OtherTimeIn, RoundAnswerIn, TurnDownIn
from telemed.rounds.bed_schemas import BedOut, ExecutionIn, InstructionOut
from telemed.rounds.schemas import (
    AddItemIn,
    ConfirmItemIn,
    ContinuedOut,
    ItemIn,
    LeadIn,
    NamedIn,
    OrderIn,
    ReasonIn,
    RoundFilter,
    RoundList,
    RoundOut,
    WardOut,
)
from telemed.rounds.series_schemas import MoveRoundIn
from telemed.rounds.words import RoundAction

routes = Routes("/rounds", tag="rounds")
clinical = role(*CLINICAL)
at_branch = role(*rules.DOCTORS, *rules.NURSES)
coordinating = role(Role.coordinator)
planning = role(Role.coordinator, *rules.LEADING)
listing_roles = role(*rules.DOCTORS, *rules.NURSES, *rules.LEADING)


async def _shown(request: web.Request, id: UUID) -> RoundOut:
    row = await lookup.get(request[DB], request[ACTOR], id)
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.get("/sessions", policy=clinical)
async def find(request: web.Request, query: RoundFilter) -> RoundList:
    """The rounds of one's wards, or that one coordinates or takes part in."""
    return await queries.find(request[DB], request[ACTOR], query, now(request))


@routes.get("/sessions/{id}", policy=clinical, reads="list")
async def one(request: web.Request, id: UUID) -> RoundOut:
    """A round with its list, as far as one sees its patients."""
    return await _shown(request, id)


@routes.post("/sessions/{id}/answer", policy=role(*rules.LEADING))
async def answer(request: web.Request, id: UUID, if_match: int, body: RoundAnswerIn) -> RoundOut:
    """Accept to lead it, or decline: then the next is asked."""
    await sessions.answer(request[DB], request[ACTOR], id, if_match, body.accepts, body.words, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/other-time", policy=role(*rules.LEADING))
async def propose_time(request: web.Request, id: UUID, if_match: int, body: OtherTimeIn) -> RoundOut:
    """Propose another time as who leads it: a coordinator moves it there, or turns it down."""
    await other_time.propose(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/other-time/turn-down", policy=coordinating)
async def turn_down_time(request: web.Request, id: UUID, if_match: int, body: TurnDownIn) -> RoundOut:
    """Say why it stays at its time: its lead, who proposed another, is asked again."""
    await other_time.turn_down(request[DB], request[ACTOR], id, if_match, body.words, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/lead", policy=coordinating)
async def name_lead(request: web.Request, id: UUID, if_match: int, body: LeadIn) -> RoundOut:
    """Name another lead, who is asked."""
    db, actor = request[DB], request[ACTOR]
    await sessions.name_lead(db, actor, id, if_match, body.lead_id, now(request), override=body.override)
    return await _shown(request, id)


@routes.post("/sessions/{id}/doctors", policy=planning)
async def add_doctor(request: web.Request, id: UUID, if_match: int, body: NamedIn) -> RoundOut:
    """Name a further doctor of the hub, who sees who is confirmed."""
    await doctors.add(request[DB], request[ACTOR], id, if_match, body.staff_id, now(request))
    return await _shown(request, id)


@routes.delete("/sessions/{id}/doctors/{staff_id}", policy=planning)
async def remove_doctor(request: web.Request, id: UUID, staff_id: UUID, if_match: int) -> RoundOut:
    """Have a further doctor take part no longer: they see no patient of it any more."""
    await doctors.remove(request[DB], request[ACTOR], id, if_match, staff_id, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/students", policy=planning)
async def add_student(request: web.Request, id: UUID, if_match: int, body: NamedIn) -> RoundOut:
    """Name a trainee of the hub who follows the beds whose patients have agreed to teaching."""
    await students.add(request[DB], request[ACTOR], id, if_match, body.staff_id, now(request))
    return await _shown(request, id)


@routes.delete("/sessions/{id}/students/{staff_id}", policy=planning)
async def remove_student(request: web.Request, id: UUID, staff_id: UUID, if_match: int) -> RoundOut:
    """Have a student follow no longer."""
    await students.remove(request[DB], request[ACTOR], id, if_match, staff_id, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/move", policy=coordinating)
async def move(request: web.Request, id: UUID, if_match: int, body: MoveRoundIn) -> RoundOut:
    """Move this one round to another time or other places."""
    db, actor = request[DB], request[ACTOR]
    at, minutes, places = body.starts_at, body.minutes, body.places
    await sessions.reschedule(db, actor, id, if_match, at, minutes, now(request), places=places, override=body.override)
    return await _shown(request, id)


@routes.post("/sessions/{id}/open", policy=clinical)
async def open_list(request: web.Request, id: UUID, if_match: int) -> RoundOut:
    """Open its list before the time."""
    await sessions.by_hand(request[DB], request[ACTOR], id, if_match, RoundAction.open_list, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/lock", policy=planning)
async def lock(request: web.Request, id: UUID, if_match: int) -> RoundOut:
    """Lock its list before the time: later additions need the lead."""
    await sessions.by_hand(request[DB], request[ACTOR], id, if_match, RoundAction.lock, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/cancel", policy=planning)
async def cancel(request: web.Request, id: UUID, if_match: int, body: ReasonIn) -> RoundOut:
    """Call it off, with a reason."""
    await sessions.cancel(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/convert", policy=planning)
async def convert(request: web.Request, id: UUID, if_match: int, body: ReasonIn) -> RoundOut:
    """Make it a written one: the lead answers bed by bed, and nobody meets."""
    await sessions.convert(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await _shown(request, id)


@routes.get("/sessions/{id}/ward", policy=at_branch, reads="list")
async def on_ward(request: web.Request, id: UUID) -> WardOut:
    """Who lies in the ward and is not on the list."""
    return await ward.shown(request[DB], request[ACTOR], id, now(request))


@routes.post("/sessions/{id}/items", policy=at_branch, status=201)
async def add(request: web.Request, id: UUID, body: AddItemIn) -> RoundOut:
    """Put somebody of the ward on the list; once it is locked, for the lead to confirm."""
    await listing.add(request[DB], request[ACTOR], id, body.patient_id, now(request))
    return await _shown(request, id)


@routes.put("/sessions/{id}/order", policy=listing_roles)
async def order(request: web.Request, id: UUID, if_match: int, body: OrderIn) -> RoundOut:
    """Put the list in this order."""
    await listing.order(request[DB], request[ACTOR], id, if_match, body.items, now(request))
    return await _shown(request, id)


@routes.get("/items/{id}", policy=clinical, reads="case")
async def bed(request: web.Request, id: UUID) -> BedOut:
    """One bed, with what is said, asked and instructed there."""
    return await beds.bed(request[DB], request[ACTOR], id, now(request))


@routes.put("/items/{id}", policy=listing_roles)
async def write(request: web.Request, id: UUID, if_match: int, body: ItemIn) -> RoundOut:
    """Write what is to be said of a patient: diagnosis, the last 24 hours, the question."""
    row = await listing.write(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await _shown(request, row.session_id)


@routes.post("/items/{id}/confirm", policy=role(*rules.DOCTORS, *rules.LEADING))
async def confirm(request: web.Request, id: UUID, if_match: int, body: ConfirmItemIn) -> RoundOut:
    """Confirm a patient for the round, by a consent of this stay or with the words of an emergency."""
    row = await listing.confirm(request[DB], request[ACTOR], id, if_match, body.emergency, now(request))
    return await _reviewed(request, row.session_id)


@routes.post("/items/{id}/put-forward", policy=role(*rules.DOCTORS))
async def put_forward(request: web.Request, id: UUID, if_match: int, body: ConfirmItemIn) -> RoundOut:
    """Ask the lead about a patient who was added after locking; it needs what confirming needs."""
    row = await listing.put_forward(request[DB], request[ACTOR], id, if_match, body.emergency, now(request))
    return await _shown(request, row.session_id)


@routes.post("/items/{id}/consultation", policy=role(Role.requesting_doctor))
async def continue_as_consultation(request: web.Request, id: UUID) -> ContinuedOut:
    """Begin the request of a consultation of this patient, in the same case, with what the round said."""
    row = await continuing.request(request[DB], request[ACTOR], id, now(request))
    return ContinuedOut(consultation_id=row.id)


@routes.post("/items/{id}/remove", policy=listing_roles)
async def remove(request: web.Request, id: UUID, if_match: int, body: ReasonIn) -> RoundOut:
    """Take a patient off the list: the hub sees them no more for this round."""
    row = await listing.remove(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await _reviewed(request, row.session_id)


async def _reviewed(request: web.Request, id: UUID) -> RoundOut:
    """With the list its readiness may have changed."""
    await sessions.review(request[DB], await lookup.get(request[DB], request[ACTOR], id), now(request))
    return await _shown(request, id)


@routes.post("/sessions/{id}/acts", policy=clinical)
async def act(request: web.Request, id: UUID, body: RoundActIn) -> RoundActOut:
    """Do something on the run-sheet: once for each id, however often it is sent."""
    return await acts.take(request[DB], request[ACTOR], id, body, now(request))


@routes.post("/sessions/{id}/read-backs", policy=at_branch, transaction=False, limited=True)
async def read_back(request: web.Request, id: UUID, body: BadgeReadBackIn) -> RoundActOut:
    """Read an instruction back at a ward's cart by badge and PIN, whoever is signed in there."""
    database, key = request.config_dict[DATABASE], badge_key(request)
    async with database.read() as db:
        where = await place_of(request, db)
    return await reading_back.by_badge(database, key, request[ACTOR], id, body, where, now(request))


@routes.post("/instructions/{id}/execute", policy=at_branch)
async def execute(request: web.Request, id: UUID, if_match: int, body: ExecutionIn) -> InstructionOut:
    """Record the order that carries an instruction out; by a doctor of the ward's hospital."""
    row = await instructions.execute(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await beds.instruction(request[DB], request[ACTOR], row)


@routes.post("/instructions/{id}/decline", policy=role(*rules.DOCTORS))
async def decline(request: web.Request, id: UUID, if_match: int, body: ReasonIn) -> InstructionOut:
    """Say why an instruction is not carried out."""
    row = await instructions.decline(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await beds.instruction(request[DB], request[ACTOR], row)
