"""The routes of opinions: write, preview, sign, answer, execute, download, verify."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, public, role, signed_in
from telemed.consultations.shown import Changed
from telemed.db import DATABASE, DB
from telemed.files.handlers import attachment, store
from telemed.kit.http import Routes, now
from telemed.kit.site import SETTINGS
from telemed.kit.strict import Ordinal
from telemed.opinions import (
    advice,
    asking,
    drafts,
    page_prints,
    recall,
    rules,
    service,
    signing,
    stands,
    takeover,
    verification,
)
from telemed.opinions.desk import Desk
from telemed.opinions.model import Method
from telemed.opinions.ports import Signer
from telemed.opinions.schemas import (
    Acknowledge,
    AdviceOut,
    Amend,
    DeclineAdvice,
    DraftOut,
    Execute,
    OpinionOut,
    PagesOut,
    RestOn,
    Save,
    Sign,
    StandIn,
    TakeOver,
)
from telemed.opinions.signers import local_signers
from telemed.opinions.verified import VerifyOut

routes = Routes("", tag="opinions")
expert = role(Role.expert)
writer = role(*(set(Role) - {Role.administrator}))  # the recorder of an MDT may be anybody of the hub
answering = role(Role.requesting_doctor, Role.senior_doctor)
noting = role(Role.requesting_doctor, Role.senior_doctor, Role.reviewer)
branch_doctor = role(*rules.BRANCH_DOCTORS)
PDF = "application/pdf"


def _verify(request: web.Request) -> str:
    return f"{request.config_dict[SETTINGS].origin}/verify/"


def desk_of(request: web.Request) -> Desk:
    demo = request.config_dict[SETTINGS].demo
    return Desk(request.config_dict[DATABASE], store(request), _verify(request), demo)


def signer_of(request: web.Request, method: Method) -> Signer:
    return local_signers(request.config_dict[SETTINGS].data_dir / "keys")[method]


def _pdf(name: str, data: bytes) -> web.Response:
    return web.Response(body=data, content_type=PDF, headers=attachment(name))


async def _board(request: web.Request, id: UUID) -> OpinionOut:
    return await service.board(request[DB], request[ACTOR], id, _verify(request), now(request))


@routes.get("/consultations/{id}/opinion", policy=signed_in)
async def board(request: web.Request, id: UUID) -> OpinionOut:
    """The opinion: draft, signed versions, advice, and what you may do."""
    return await _board(request, id)


@routes.patch("/consultations/{id}/opinion", policy=writer)
async def save(request: web.Request, id: UUID, if_match: int, body: Save) -> DraftOut:
    """Keep the draft; the first save carries version 0."""
    return await drafts.save(request[DB], request[ACTOR], id, if_match, body.content, now(request))


@routes.post("/consultations/{id}/opinion/packet", policy=expert)
async def rest_on(request: web.Request, id: UUID, if_match: int, body: RestOn) -> DraftOut:
    """Rest the draft on the packet's newest version; a print to sign by hand is void then."""
    return await drafts.rest_on(request[DB], request[ACTOR], id, if_match, body.packet_version, now(request))


@routes.post("/consultations/{id}/opinion/takeover", policy=expert)
async def take_over(request: web.Request, id: UUID, if_match: int, body: TakeOver) -> DraftOut:
    """As the new lead expert, go on with what the former one wrote, or begin anew; theirs stays readable for them."""
    return await takeover.take_over(request[DB], request[ACTOR], id, if_match, body.keep, now(request))


@routes.get("/consultations/{id}/opinion/preview", policy=expert, binary=PDF, transaction=False, reads="print")
async def preview(request: web.Request, id: UUID) -> web.Response:
    """The draft as it would print."""
    return _pdf("草稿.pdf", await signing.preview(desk_of(request), request[ACTOR], id, now(request)))


@routes.post("/consultations/{id}/opinion/paper", policy=expert, binary=PDF, transaction=False, reads="print")
async def paper(request: web.Request, id: UUID, if_match: int) -> web.Response:
    """The print to sign by hand, with the hash of exactly this version."""
    pdf = await signing.print_to_sign(desk_of(request), request[ACTOR], id, if_match, now(request))
    return _pdf("待手签.pdf", pdf)


@routes.post("/consultations/{id}/opinion/sign", policy=expert, transaction=False, limited=True)
async def sign(request: web.Request, id: UUID, if_match: int, body: Sign) -> None:
    """Sign the draft that was read, by password or with the scan of the signed print.

    Nothing is read for an answer: what is signed must not look refused because a second step was.
    """
    signer = signer_of(request, body.method)
    await signing.sign(desk_of(request), signer, request[ACTOR], id, if_match, body, now(request))


@routes.post("/consultations/{id}/opinion/stand", policy=expert, transaction=False, limited=True)
async def stand(request: web.Request, id: UUID, body: StandIn) -> None:
    """Co-sign the opinion that was read, or dissent, as an expert on the booking; with the password."""
    signer = signer_of(request, Method.password)
    await stands.take(desk_of(request), signer, request[ACTOR], id, body, now(request))


@routes.post("/consultations/{id}/opinion/stand/decline", policy=expert)
async def decline_stand(request: web.Request, id: UUID) -> None:
    """Not to be reminded to co-sign this version any more."""
    await asking.decline(request[DB], request[ACTOR], id, now(request))


@routes.post("/consultations/{id}/opinion/amendment", policy=expert, status=201)
async def amend(request: web.Request, id: UUID, body: Amend) -> DraftOut:
    """Begin an amendment: a new version, with its reason."""
    return await drafts.amend(request[DB], request[ACTOR], id, body.reason, now(request))


@routes.delete("/consultations/{id}/opinion/amendment", policy=expert)
async def drop_amendment(request: web.Request, id: UUID) -> None:
    """Drop the amendment that was begun."""
    await drafts.drop_amendment(request[DB], request[ACTOR], id, now(request))


@routes.get("/opinions/{id}/record", policy=signed_in, binary=PDF, transaction=False, reads="print")
async def record(request: web.Request, id: UUID) -> web.Response:
    """Download the 远程会诊记录单 of a signed version: the bytes that were signed."""
    return _pdf(*await verification.download(desk_of(request), request[ACTOR], id, now(request)))


@routes.get("/opinions/{id}/pages", policy=signed_in)
async def list_pages(request: web.Request, id: UUID) -> PagesOut:
    """The 附页 of a signed version, in the order of their numbers."""
    return PagesOut(items=await service.pages_of(request[DB], request[ACTOR], id, now(request)))


@routes.get("/opinions/{id}/pages/{number}", policy=signed_in, binary=PDF, transaction=False, reads="print")
async def page(request: web.Request, id: UUID, number: Ordinal) -> web.Response:
    """Download one 附页: its stored bytes."""
    desk, signer = desk_of(request), signer_of(request, Method.password)
    return _pdf(*await page_prints.download(desk, signer, request[ACTOR], id, number, now(request)))


@routes.get("/opinions/{id}/together", policy=signed_in, binary=PDF, transaction=False, reads="print")
async def together(request: web.Request, id: UUID) -> web.Response:
    """The record and its 附页 in one file, to read; what is verified is each of them alone."""
    desk, signer = desk_of(request), signer_of(request, Method.password)
    return _pdf(*await page_prints.together(desk, signer, request[ACTOR], id, now(request)))


@routes.post("/consultations/{id}/acknowledgement", policy=answering)
async def acknowledge(request: web.Request, id: UUID, if_match: int, body: Acknowledge) -> OpinionOut:
    """Answer the advice: adopt, in part, not; If-Match is the consultation's version."""
    await advice.acknowledge(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await _board(request, id)


@routes.post("/consultations/{id}/opinion/recall/note", policy=noting)
async def take_note(request: web.Request, id: UUID, if_match: int) -> OpinionOut:
    """Take note that the opinion must not be relied on, where nobody may reassess it."""
    await recall.take_note(request[DB], request[ACTOR], id, if_match, now(request))
    return await _board(request, id)


@routes.post("/consultations/{id}/close", policy=answering)
async def close(request: web.Request, id: UUID, if_match: int) -> Changed:
    """Close it, once nothing is open."""
    row = await advice.close(request[DB], request[ACTOR], id, if_match, now(request))
    return Changed(id=row.id, version=row.version, state=row.state)


@routes.post("/advice/{id}/execution", policy=branch_doctor)
async def execute(request: web.Request, id: UUID, if_match: int, body: Execute) -> AdviceOut:
    """Record the order that was written in the hospital system."""
    return await advice.execute(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.post("/advice/{id}/decline", policy=branch_doctor)
async def decline(request: web.Request, id: UUID, if_match: int, body: DeclineAdvice) -> AdviceOut:
    """Say why no order is written."""
    return await advice.decline(request[DB], request[ACTOR], id, if_match, body.reason, now(request))


@routes.get("/verify/{code}", policy=public, limited=True, transaction=False)
async def verify(request: web.Request, code: str) -> VerifyOut:
    """What the QR code of a record leads to; it names no patient."""
    attempts = verification.attempts(request.config_dict[SETTINGS].data_dir)
    attempts.count(request.remote or "", now(request))
    return await verification.verify(desk_of(request), signer_of(request, Method.password), code)
