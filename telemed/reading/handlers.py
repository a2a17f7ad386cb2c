"""The routes of readings: the desk's worklist, requesting, claiming, sending back."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.files.handlers import attachment, store
from telemed.kit.http import Routes, now
from telemed.kit.paging import CURSOR_SECRET
from telemed.kit.site import SETTINGS
from telemed.reading import (
    addenda,
    branch_reports,
    discrepancies,
    downloads,
    figures,
    order,
    queries,
    reports,
    rules,
    service,
)
from telemed.reading.branch_report_schemas import BranchReportIn
from telemed.reading.downloads import FORMS, Form
from telemed.reading.figure_schemas import Figures
from telemed.reading.lookup import get
from telemed.reading.order_schemas import AheadOut
from telemed.reading.over_read_schemas import DiscrepancyFilter, DiscrepancyList
from telemed.reading.past import ReadingPast, past
from telemed.reading.schemas import (
    AddendumIn,
    AloneIn,
    ClaimIn,
    IssueIn,
    ReadingFilter,
    ReadingIn,
    ReadingList,
    ReadingOut,
    ReportIn,
    ReportOut,
    ResendIn,
    ReturnIn,
    ReviseIn,
    SubmitIn,
    WithdrawIn,
)

routes = Routes("", tag="readings")
clinical = role(*CLINICAL)
requesting = role(*rules.REQUESTING)
readers = role(*rules.READERS)


@routes.get("/readings", policy=clinical, reads="list")
async def find(request: web.Request, query: ReadingFilter) -> ReadingList:
    """A list of the reading desk, or at a branch what it has requested; the most pressing first."""
    secret = request.config_dict[CURSOR_SECRET]
    return await queries.find(request[DB], request[ACTOR], query, secret, now(request))


@routes.post("/readings", policy=requesting, status=201)
async def ask(request: web.Request, body: ReadingIn) -> ReadingOut:
    """Request the reading of a study of one's own hospital."""
    row = await service.request(request[DB], request[ACTOR], body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/next", policy=readers)
async def claim_next(request: web.Request) -> ReadingOut:
    """Claim the most pressing that nobody has, or that was given to oneself."""
    row = await service.claim_next(request[DB], request[ACTOR], now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.get("/readings/next", policy=readers)
async def ahead(request: web.Request) -> AheadOut:
    """Look which one is the next for oneself, without claiming it: its images can be read ahead."""
    return await order.ahead(request[DB], request[ACTOR], now(request))


@routes.get("/readings/{id}", policy=clinical)
async def one(request: web.Request, id: UUID) -> ReadingOut:
    """One reading, with what its reader needs to know."""
    row = await get(request[DB], request[ACTOR], id, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.get("/readings/{id}/history", policy=clinical)
async def history(request: web.Request, id: UUID) -> ReadingPast:
    """What has happened to it, with the reasons that were given."""
    return await past(request[DB], request[ACTOR], id, now(request))


@routes.post("/readings/{id}/claim", policy=readers)
async def claim(request: web.Request, id: UUID, body: ClaimIn) -> ReadingOut:
    """Claim it to write its report, or keep one's claim alive; with a reason from a colleague, or out of order."""
    row = await service.claim(request[DB], request[ACTOR], id, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/release", policy=readers)
async def release(request: web.Request, id: UUID) -> ReadingOut:
    """Give one's claim up."""
    row = await service.release(request[DB], request[ACTOR], id, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/return", policy=readers)
async def return_(request: web.Request, id: UUID, if_match: int, body: ReturnIn) -> ReadingOut:
    """Send it back to the branch: images are missing, or it is another patient's."""
    row = await service.return_(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/resend", policy=requesting)
async def resend(request: web.Request, id: UUID, if_match: int, body: ResendIn) -> ReadingOut:
    """Request it again, once what it was returned for is done."""
    row = await service.resend(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/withdraw", policy=requesting)
async def withdraw(request: web.Request, id: UUID, if_match: int, body: WithdrawIn) -> ReadingOut:
    """Withdraw the request, until a report is issued: who has it at the hub is told, and the hub sees it no longer."""
    row = await service.withdraw(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/branch-report", policy=requesting)
async def add_branch_report(request: web.Request, id: UUID, if_match: int, body: BranchReportIn) -> ReadingOut:
    """Add the branch's own report to an over-read, or a further version of it, until the hub's is issued."""
    row = await get(request[DB], request[ACTOR], id, now(request), version=if_match)
    await branch_reports.add(request[DB], request[ACTOR], row, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.put("/readings/{id}/report", policy=readers)
async def save(request: web.Request, id: UUID, if_match: int, body: ReportIn) -> ReportOut:
    """Save the report as typed. The version is the report's; 0 begins it."""
    return await reports.save(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.post("/readings/{id}/submit", policy=readers)
async def submit(request: web.Request, id: UUID, if_match: int, body: SubmitIn) -> ReadingOut:
    """Submit the report for review by a more senior radiologist."""
    row = await reports.submit(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/issue-alone", policy=readers)
async def issue_alone(request: web.Request, id: UUID, if_match: int, body: AloneIn) -> ReadingOut:
    """Issue one's report as a provisional one, out of hours, where the hospital allows it; it is reviewed later."""
    demo = request.config_dict[SETTINGS].demo
    at = now(request)
    row = await reports.issue_alone(request[DB], request[ACTOR], id, if_match, body.report_version, at, demo=demo)
    return await queries.one(request[DB], request[ACTOR], row, at)


@routes.post("/readings/{id}/take-back", policy=readers)
async def take_back(request: web.Request, id: UUID, if_match: int) -> ReadingOut:
    """Take one's report back to write on, before it is reviewed."""
    row = await reports.take_back(request[DB], request[ACTOR], id, if_match, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/revise", policy=readers)
async def revise(request: web.Request, id: UUID, if_match: int, body: ReviseIn) -> ReadingOut:
    """Give the report back to its author, with reasons."""
    row = await reports.revise(request[DB], request[ACTOR], id, if_match, body.reason, now(request))
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/issue", policy=readers)
async def issue(request: web.Request, id: UUID, if_match: int, body: IssueIn) -> ReadingOut:
    """Review the report and issue it to the branch, with one's changes."""
    demo = request.config_dict[SETTINGS].demo
    row = await reports.issue(request[DB], request[ACTOR], id, if_match, body, now(request), demo=demo)
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.post("/readings/{id}/addendum", policy=readers)
async def addend(request: web.Request, id: UUID, if_match: int, body: AddendumIn) -> ReadingOut:
    """Add to or correct what was issued, which stays as it is; for whoever may review it."""
    demo = request.config_dict[SETTINGS].demo
    row = await addenda.add(request[DB], request[ACTOR], id, if_match, body, now(request), demo=demo)
    return await queries.one(request[DB], request[ACTOR], row, now(request))


@routes.get("/reading-figures", policy=readers)
async def figured(request: web.Request) -> Figures:
    """One's own unfinished readings and turnaround; for heads of the desk also what was claimed with a reason."""
    return await figures.of_reader(request[DB], request[ACTOR], now(request))


@routes.get("/discrepancies", policy=clinical, reads="list")
async def found(request: web.Request, query: DiscrepancyFilter) -> DiscrepancyList:
    """Where over-reads and the branches' own reports differ, the newest first."""
    return await discrepancies.find(request[DB], request[ACTOR], query, now(request))


@routes.get("/reports/{id}/record", policy=clinical, binary="application/pdf", transaction=False, reads="print")
async def printed(request: web.Request, id: UUID) -> web.Response:
    """Download the print of an issued report: its stored bytes."""
    return await _download(request, id, Form.record)


@routes.get("/reports/{id}/sr", policy=clinical, binary="application/dicom", transaction=False, reads="print")
async def structured(request: web.Request, id: UUID) -> web.Response:
    """Download an issued report as DICOM SR (Basic Text SR): its stored bytes."""
    return await _download(request, id, Form.sr)


@routes.get("/reports/{id}/fhir", policy=clinical, binary="application/fhir+json", transaction=False, reads="print")
async def resource(request: web.Request, id: UUID) -> web.Response:
    """Download an issued report as FHIR R4 DiagnosticReport: its stored bytes."""
    return await _download(request, id, Form.fhir)


async def _download(request: web.Request, id: UUID, form: Form) -> web.Response:
    database = request.config_dict[DATABASE]
    name, data = await downloads.download(database, store(request), request[ACTOR], id, form, now(request))
    return web.Response(body=data, content_type=FORMS[form].media_type, headers=attachment(name))
