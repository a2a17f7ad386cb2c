"""The routes of consultations."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role, signed_in
from telemed.consultations import (
    accepting,
    approving,
    booking,
    ending,
    experts,
    holding,
    mdt,
    meeting,
    queries,
    redirecting,
    relaxing,
    replacing,
)
from telemed.consultations import answers as answering
from telemed.consultations import export as exporting
from telemed.consultations.answers_schemas import AnswersOut, HoldOut, Holds, RelaxedBookings
from telemed.consultations.model import Consultation
from telemed.consultations.ports import Opinions
from telemed.consultations.schemas import (
    Accept,
    AnswerIn,
    Book,
    Cancel,
    Decline,
    ExpertIn,
    Export,
    Filter,
    Lead,
    MdtIn,
    ProposalQuery,
    Reason,
    Redirect,
    Replace,
    Return,
    Take,
)
from telemed.consultations.shown import Changed, ConsultationList, ConsultationOut, Counts, Hubs, Proposals
from telemed.consultations.story import story
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.kit.paging import CURSOR_SECRET

OPINIONS: web.AppKey[Opinions] = web.AppKey("opinions")
routes = Routes("/consultations", tag="consultations")
CSV = "text/csv"
REPLACE_ACCOMPANYING = (Role.requesting_doctor, Role.senior_doctor, Role.reviewer, Role.duty_officer)
CENTRE = (Role.coordinator, Role.duty_officer)  # the latter where a ladder has told them of it
clinical = role(*(set(Role) - {Role.administrator}))


def _changed(row: Consultation) -> Changed:
    return Changed(id=row.id, version=row.version, state=row.state)


@routes.get("", policy=clinical, reads="list")
async def find(request: web.Request, query: Filter) -> ConsultationList:
    """List the consultations you may see, the newest first."""
    secret = request.config_dict[CURSOR_SECRET]
    return await queries.find(request[DB], request[ACTOR], query, secret, now(request))


@routes.get("/counts", policy=clinical)
async def counts(request: web.Request) -> Counts:
    """How many open consultations you may see, by state."""
    return await queries.counts(request[DB], request[ACTOR], now(request))


@routes.post("/export", policy=clinical, binary=CSV, transaction=False, reads="export")
async def export(request: web.Request, body: Export) -> web.Response:
    """Take the list along as a file for a spreadsheet, which the audit log notes; the newest rows, if it is too long.

    `Cut-At`: so many rows are in it, and older ones are not.
    """
    taken = await exporting.export(request.config_dict[DATABASE], request[ACTOR], body, now(request))
    headers = {"Content-Disposition": 'attachment; filename="consultations.csv"', "Cache-Control": "no-store"}
    if taken.cut_at is not None:
        headers["Cut-At"] = str(taken.cut_at)
    return web.Response(body=taken.data, content_type=CSV, charset="utf-8", headers=headers)


@routes.get("/{id}", policy=signed_in)
async def get(request: web.Request, id: UUID) -> ConsultationOut:
    """Show one consultation: its story, its readiness and what you may do."""
    return await story(request[DB], request[ACTOR], id, request.config_dict[OPINIONS], now(request))


@routes.post("/{id}/endorse", policy=role(Role.senior_doctor, Role.duty_officer))
async def endorse(request: web.Request, id: UUID, if_match: int) -> Changed:
    """Endorse as senior doctor."""
    return _changed(await approving.endorse(request[DB], request[ACTOR], id, if_match, now(request)))


@routes.post("/{id}/approve", policy=role(Role.reviewer, Role.duty_officer))
async def approve(request: web.Request, id: UUID, if_match: int) -> Changed:
    """Approve for the branch's medical office; it goes to the hub."""
    return _changed(await approving.approve(request[DB], request[ACTOR], id, if_match, now(request)))


@routes.post("/{id}/return", policy=role(Role.senior_doctor, Role.reviewer, *CENTRE))
async def return_(request: web.Request, id: UUID, if_match: int, body: Return) -> Changed:
    """Return it with what is missing."""
    return _changed(await approving.return_(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/accept", policy=role(*CENTRE))
async def accept(request: web.Request, id: UUID, if_match: int, body: Accept) -> Changed:
    """Accept it and name the lead expert, or the department that names one."""
    return _changed(await accepting.accept(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/decline", policy=role(*CENTRE))
async def decline(request: web.Request, id: UUID, if_match: int, body: Decline) -> Changed:
    """Decline it with a reason and an alternative."""
    return _changed(await accepting.decline(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.get("/{id}/hubs", policy=role(*CENTRE))
async def hubs(request: web.Request, id: UUID) -> Hubs:
    """The other hubs whose agreement covers it today, to which it may be redirected."""
    return Hubs(items=await redirecting.hubs(request[DB], request[ACTOR], id, now(request)))


@routes.post("/{id}/redirect", policy=role(*CENTRE))
async def redirect(request: web.Request, id: UUID, if_match: int, body: Redirect) -> Changed:
    """Redirect it to another hub, with a coded reason: same number, and its time runs on."""
    return _changed(await redirecting.redirect(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/lead", policy=role(Role.dispatcher, *CENTRE))
async def name_lead(request: web.Request, id: UUID, if_match: int, body: Lead) -> Changed:
    """Name the lead expert."""
    return _changed(await accepting.name_lead(request[DB], request[ACTOR], id, if_match, body.lead_id, now(request)))


@routes.post("/{id}/give-back", policy=role(Role.dispatcher))
async def give_back(request: web.Request, id: UUID, if_match: int, body: Reason) -> Changed:
    """Hand the choice of the lead back to the coordinator."""
    return _changed(await accepting.give_back(request[DB], request[ACTOR], id, if_match, body.reason, now(request)))


@routes.post("/{id}/lead/substitute", policy=role(Role.dispatcher, *CENTRE))
async def replace_lead(request: web.Request, id: UUID, if_match: int, body: Replace) -> Changed:
    """Replace the lead expert, who is away; with a coded reason."""
    db, opinions = request[DB], request.config_dict[OPINIONS]
    return _changed(await replacing.replace_lead(db, request[ACTOR], id, if_match, body, opinions, now(request)))


@routes.post("/{id}/accompanying/substitute", policy=role(*REPLACE_ACCOMPANYING))
async def replace_accompanying(request: web.Request, id: UUID, if_match: int, body: Replace) -> Changed:
    """Replace the accompanying physician, who is away; with a coded reason."""
    return _changed(await replacing.replace_accompanying(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/take", policy=role(Role.expert, *CENTRE))
async def take(request: web.Request, id: UUID, if_match: int, body: Take) -> Changed:
    """Take a stat consultation; the first who does is in."""
    return _changed(await accepting.take(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.get("/{id}/proposals", policy=role(*CENTRE))
async def proposals(request: web.Request, id: UUID, query: ProposalQuery) -> Proposals:
    """The earliest three times within the wishes at which everybody needed is free."""
    return await booking.proposals(request[DB], request[ACTOR], id, query.lead_id, now(request))


@routes.post("/{id}/booking", policy=role(*CENTRE))
async def book(request: web.Request, id: UUID, if_match: int, body: Book) -> Changed:
    """Book a time and invite; a clash names the booking that blocks it."""
    db, opinions = request[DB], request.config_dict[OPINIONS]
    return _changed(await booking.book(db, request[ACTOR], id, if_match, body, opinions, now(request)))


@routes.post("/{id}/booking/relaxations", policy=role(*CENTRE), transaction=False)
async def relaxations(request: web.Request, id: UUID, body: Book) -> RelaxedBookings:
    """Of a booking that is refused: whom or what it could do without, or who could come instead, one press each."""
    async with request.config_dict[DATABASE].read() as db:  # asked by POST, and changes nothing
        return await relaxing.relaxations(db, request[ACTOR], id, body, now(request))


@routes.get("/{id}/hold", policy=role(*CENTRE))
async def held(request: web.Request, id: UUID) -> Holds:
    """The time that is kept for it while it is arranged."""
    return await holding.held(request[DB], request[ACTOR], id, now(request))


@routes.post("/{id}/hold", policy=role(*CENTRE))
async def hold(request: web.Request, id: UUID, body: Book) -> HoldOut:
    """Keep what would be booked for ten minutes, instead of what was kept before; a clash names what blocks it."""
    return await holding.hold(request[DB], request[ACTOR], id, body, now(request))


@routes.delete("/{id}/hold", policy=role(*CENTRE))
async def release(request: web.Request, id: UUID) -> None:
    """Give up what is kept for it."""
    await holding.release(request[DB], request[ACTOR], id, now(request))


@routes.post("/{id}/answer", policy=clinical)
async def answer(request: web.Request, id: UUID, if_match: int, body: AnswerIn) -> Changed:
    """Answer the invitation: accept, propose another time, decline."""
    return _changed(await booking.answer(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/experts", policy=role(Role.expert, *CENTRE))
async def add_expert(request: web.Request, id: UUID, body: ExpertIn) -> Changed:
    """Add an expert of the hub, before or during the meeting; once added, adding again changes nothing."""
    return _changed(await experts.add(request[DB], request[ACTOR], id, body.staff_id, now(request)))


@routes.delete("/{id}/experts/{staff_id}", policy=role(Role.expert, *CENTRE))
async def remove_expert(request: web.Request, id: UUID, staff_id: UUID) -> Changed:
    """Take an added expert out again, before the meeting has begun."""
    db, opinions, at = request[DB], request.config_dict[OPINIONS], now(request)
    row = await experts.remove(db, request[ACTOR], id, staff_id, opinions, at)
    await booking.confirm_if_all(db, row, at)  # it may have waited for their answer alone
    return _changed(row)


@routes.put("/{id}/mdt", policy=role(Role.expert, *CENTRE))
async def arrange_mdt(request: web.Request, id: UUID, body: MdtIn) -> Changed:
    """Make it an MDT of several specialties, or change who records it; saying so again changes nothing."""
    return _changed(await mdt.arrange(request[DB], request[ACTOR], id, body.recorder_id, now(request)))


@routes.delete("/{id}/mdt", policy=role(Role.expert, *CENTRE))
async def drop_mdt(request: web.Request, id: UUID) -> Changed:
    """Make it an ordinary consultation again, while no expert has signed a section."""
    db, opinions = request[DB], request.config_dict[OPINIONS]
    return _changed(await mdt.drop(db, request[ACTOR], id, opinions, now(request)))


@routes.get("/{id}/answers", policy=role(*CENTRE))
async def answers(request: web.Request, id: UUID) -> AnswersOut:
    """Who declined, and who could come instead; which times were proposed, and with whom they fit."""
    return await answering.answers(request[DB], request[ACTOR], id, now(request))


@routes.post("/{id}/experts/{staff_id}/substitute", policy=role(*CENTRE))
async def replace_expert(request: web.Request, id: UUID, staff_id: UUID, if_match: int, body: ExpertIn) -> Changed:
    """Ask an equal instead of an expert beside the lead: their time for that of the other, or neither."""
    db, opinions, at = request[DB], request.config_dict[OPINIONS], now(request)
    make = answering.replace_expert(db, request[ACTOR], id, if_match, staff_id, body.staff_id, opinions, at)
    return _changed(await make)


@routes.post("/{id}/start", policy=role(Role.expert, *CENTRE))
async def start(request: web.Request, id: UUID, if_match: int, body: Reason) -> Changed:
    """Begin although something is missing; the record shows what and why."""
    return _changed(await meeting.start_anyway(request[DB], request[ACTOR], id, if_match, body.reason, now(request)))


@routes.post("/{id}/interrupt", policy=clinical)
async def interrupt(request: web.Request, id: UUID, if_match: int, body: Reason) -> Changed:
    """Interrupt the consultation, with a reason."""
    return _changed(await meeting.interrupt(request[DB], request[ACTOR], id, if_match, body.reason, now(request)))


@routes.post("/{id}/end", policy=clinical)
async def end(request: web.Request, id: UUID, if_match: int) -> Changed:
    """End the meeting; the opinion is due."""
    return _changed(await meeting.end(request[DB], request[ACTOR], id, if_match, now(request)))


@routes.post("/{id}/written", policy=role(Role.expert, *CENTRE))
async def to_written(request: web.Request, id: UUID, if_match: int, body: Reason) -> Changed:
    """Answer in writing instead."""
    return _changed(await meeting.to_written(request[DB], request[ACTOR], id, if_match, body.reason, now(request)))


@routes.post("/{id}/miss", policy=role(*CENTRE))
async def miss(request: web.Request, id: UUID, if_match: int) -> Changed:
    """Nobody came."""
    return _changed(await ending.miss(request[DB], request[ACTOR], id, if_match, now(request)))


@routes.post("/{id}/cancel", policy=role(Role.requesting_doctor, Role.reviewer, *CENTRE))
async def cancel(request: web.Request, id: UUID, if_match: int, body: Cancel) -> Changed:
    """Cancel it, with a coded reason."""
    return _changed(await ending.cancel(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/reopen", policy=role(Role.requesting_doctor, *CENTRE))
async def reopen(request: web.Request, id: UUID, if_match: int, body: Reason) -> Changed:
    """Open a closed consultation again."""
    db, opinions = request[DB], request.config_dict[OPINIONS]
    return _changed(await ending.reopen(db, request[ACTOR], id, if_match, body.reason, opinions, now(request)))
