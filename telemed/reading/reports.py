"""The use cases of a report: written by one radiologist, reviewed and issued by a more senior one."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access import grants
from telemed.access.model import Actor
from telemed.documents.canonical import digest_of, dumped, intact
from telemed.errors import Conflict, Invalid, Stale
from telemed.people import service as people
from telemed.reading import addenda, key_images, over_reads, pages, prints, rules, sides, slots, work
from telemed.reading.engine import act
from telemed.reading.lookup import alone, get, images_of, title_of
from telemed.reading.model import OwnReport, Reading, Report
from telemed.reading.schemas import IssueIn, ReportIn, ReportOut, ReportText, SubmitIn
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State

FORMAT: Final = 3  # 2: with its key images; 3: with how many images it rests on


TEXTS: Final = ("technique", "findings", "impression")


async def of(db: AsyncSession, row: Reading) -> Report | None:
    return (await db.exec(_of(row))).one_or_none()


def _of(row: Reading) -> SelectOfScalar[Report]:
    return select(Report).where(Report.reading_id == row.id, Report.number == 1)


async def save(db: AsyncSession, actor: Actor, id: UUID, version: int, text: ReportIn, now: datetime) -> ReportOut:
    """Saves what is typed; version 0 begins it. Only who holds the claim writes; that keeps it alive."""
    row = await get(db, actor, id, now, to_change=True)
    if row.reader_id != actor.id or not rules.held(row, now):
        raise Conflict("Claim it to write; what you have typed stays on this page.", reason="not_claimed")
    report = await of(db, row)
    if (report.version if report else 0) != version:
        raise await _stale(db, row, actor, report)
    await key_images.keep(db, actor, row, key_images.of(report) if report else [], text.key_images)
    if report is None:
        report = Report(reading_id=row.id, author_id=actor.id, version=0, image_count=await images_of(db, row))
        db.add(report)
    report.sqlmodel_update(text.model_dump(mode="json"))
    report.version, report.saved_at, report.author_id = report.version + 1, now, actor.id
    row.active_at = now
    await db.flush()
    return await shown(db, row, actor, report)


async def submit(db: AsyncSession, actor: Actor, id: UUID, version: int, said: SubmitIn, now: datetime) -> Reading:
    """Hands the report in for review, as it was last saved; of an over-read with how it stands to the branch's."""
    row = await get(db, actor, id, now, version=version)
    report = await _finished(db, row, actor, said.report_version)
    await over_reads.submitted(db, row, report, said.comparison)
    title = await title_of(db, actor)
    reviewers = await work.reviewers_of(db, row, actor, title)
    if not reviewers:
        raise Conflict("Nobody of your hospital may review what you write.", reason="no_reviewer")
    report.submitted = _text(report).model_dump(mode="json")
    await act(db, actor, row, Action.submit, now, {"written_at": now, "author_title": title})
    await work.ask_to_review(db, row, actor, reviewers, now)
    return row


async def _finished(db: AsyncSession, row: Reading, actor: Actor, version: int) -> Report:
    """The report as its author hands it in, without open choices. Raises what says why it cannot be."""
    report = await of(db, row)
    if report is None or report.version != version:
        raise await _stale(db, row, actor, report)
    report.sqlmodel_update(_normal(report).model_dump(mode="json"))
    refuse_incomplete(report)
    await key_images.refuse_recalled(db, row, key_images.of(report))
    report.author_id, report.revise_words, report.revised_by = actor.id, "", None
    report.image_count = await images_of(db, row)
    return report


async def issue_alone(
    db: AsyncSession, actor: Actor, id: UUID, version: int, report_version: int, now: datetime, *, demo: bool
) -> Reading:
    """Issues it as a provisional report, by its author alone; a senior reviews it with an addendum."""
    row = await get(db, actor, id, now, version=version)
    report = await _finished(db, row, actor, report_version)
    title = await title_of(db, actor)
    reviewers = await work.reviewers_of(db, row, actor, title)
    if not reviewers:
        raise Conflict("Nobody of your hospital may review what you write.", reason="no_reviewer")
    become = {"written_at": now, "author_title": title, "issued_at": now}
    await act(db, actor, row, Action.issue_alone, now, become, alone=await alone(db, row, actor, now))
    report.version, report.saved_at = report.version + 1, now
    report.canonical = await _canonical(db, row, report, demo)
    report.sha256 = digest_of(report.canonical)
    await work.is_issued(db, row, actor, now)
    await work.ask_to_review_later(db, row, reviewers, now)
    return row


async def take_back(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Reading:
    row = await get(db, actor, id, now, version=version)
    become = {"written_at": None, "author_title": "", "claimed_at": now, "active_at": now}
    await act(db, actor, row, Action.take_back, now, become)
    await work.ask_author_again(db, row, actor, now)
    return row


async def revise(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> Reading:
    """Gives it back to its author, who claims it again."""
    row = await get(db, actor, id, now, version=version)
    become = {"written_at": None, "author_title": "", "claimed_at": None, "active_at": None}
    await act(db, actor, row, Action.revise, now, become, reason=reason)
    report = (await db.exec(_of(row))).one()
    report.revise_words, report.revised_by = reason, actor.id
    await work.ask_author_again(db, row, actor, now)
    return row


async def issue(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: IssueIn, now: datetime, *, demo: bool
) -> Reading:
    """Reviews and issues it by one act, with what the reviewer has changed. The branch sees it from now on."""
    row = await get(db, actor, id, now, version=version)
    text = _normal(new)
    refuse_incomplete(text)
    await key_images.refuse_recalled(db, row, text.key_images)
    await over_reads.reviewed(db, row, text.impression, new.comparison)
    become = {"reviewer_id": actor.id, "reviewed_at": now, "issued_at": now}
    grade = new.comparison.grade if new.comparison else None
    await act(db, actor, row, Action.issue, now, become, reviewer_id=actor.id, grade=grade)
    report = (await db.exec(_of(row))).one()
    await key_images.keep(db, actor, row, key_images.of(report), text.key_images)
    compared = new.comparison.model_dump(mode="json") if new.comparison else None
    report.sqlmodel_update(text.model_dump(mode="json") | {"compared": compared})
    report.version, report.saved_at, report.image_count = report.version + 1, now, await images_of(db, row)
    report.canonical = await _canonical(db, row, report, demo)
    report.sha256 = digest_of(report.canonical)
    await over_reads.recorded(db, actor, row, report, now)
    await work.is_issued(db, row, actor, now)
    await grants.end(db, row.id, now, until=await work.read_until(db, row, now))
    return row


async def _stale(db: AsyncSession, row: Reading, actor: Actor, report: Report | None) -> Stale:
    current = (await shown(db, row, actor, report)).model_dump(mode="json")
    return Stale("The report has changed since you read it.", current=current)


def refuse_incomplete(text: ReportText | Report | OwnReport) -> None:
    """Raises Invalid where something is missing or a blank is not filled in."""
    if missing := rules.missing(text.findings, text.impression):
        raise Invalid("The report lacks what it cannot do without.", reason="report_incomplete", missing=missing)
    if blanks := slots.blanks(text.technique, text.findings, text.impression):
        raise Invalid("Blanks of the template are not filled in.", reason="blanks_left", blanks=blanks)


async def _canonical(db: AsyncSession, row: Reading, report: Report, demo: bool) -> str:
    """Everything that its print shows, as it is at this moment, and whose and what it is for programs."""
    about = {"id": str(row.id), "hospital": row.branch_id, "study": row.study_uid, "patient": str(row.patient_id)}
    by = {"author": str(row.reader_id), "reviewer": str(row.reviewer_id) if row.reviewer_id else None}
    zone = (await people.zones(db))[row.branch_id]
    shown = await prints.content(db, row, report, demo)
    shown = shown.model_copy(update={"images": await key_images.printed(db, key_images.of(report))})
    shown = shown.model_copy(update={"over_read": await over_reads.printed(db, row, report, zone)})
    return dumped(
        {"format": FORMAT, "kind": "report", "reading": about, "by": by, "images": report.image_count}
        | {"report": _text(report).model_dump(mode="json"), "print": prints.stored(shown)}
        | ({"over_read": report.compared} if report.compared else {})
    )


def _text(of: Report | ReportIn) -> ReportText:
    return ReportText.model_validate(of, from_attributes=True)


def _normal(of: Report | ReportIn) -> ReportText:
    """Without open choices."""
    text = _text(of)
    return text.model_copy(update={part: slots.normal(getattr(text, part)) for part in TEXTS})


async def shown(db: AsyncSession, row: Reading, actor: Actor, report: Report | None) -> ReportOut:
    """The report as the hub sees it, and once it is issued also the branch: then with the text that was issued."""
    staff = await people.staff_by_id(
        db, [each for each in (report and report.author_id, row.reviewer_id, report and report.revised_by) if each]
    )
    author, reviewer = staff.get(report.author_id) if report else None, staff.get(row.reviewer_id or row.id)
    reviser = staff.get(report.revised_by) if report and report.revised_by else None
    text, damaged = _text(report) if report else ReportText(), False
    if report is not None and report.canonical is not None:
        issued = intact(report.canonical, report.sha256)
        text, damaged = ReportText.model_validate(issued["report"] if issued else {}), issued is None
    at_hub = actor.hospital_id == row.hub_id
    return ReportOut(
        **text.model_dump(),
        id=report.id if report else None,
        version=report.version if report else 0,
        number=report.number if report else 1,
        author=author.name if author else "",
        author_en=author.name_en if author else "",
        author_title=author.title if author else None,
        saved_at=report.saved_at if report else None,
        written_at=row.written_at,
        submitted=ReportText.model_validate(report.submitted) if report and report.submitted and at_hub else None,
        revise_words=report.revise_words if report and at_hub else "",
        reviser=reviser.name if reviser and at_hub else "",
        reviser_en=reviser.name_en if reviser and at_hub else "",
        reviewer=reviewer.name if reviewer else "",
        reviewer_en=reviewer.name_en if reviewer else "",
        reviewer_title=reviewer.title if reviewer else None,
        reviewed_at=row.reviewed_at,
        issued_at=row.issued_at,
        missing=rules.missing(text.findings, text.impression),
        template=report.template if report else "",
        other_side=sides.names_other_side(row.side, text.findings, text.impression),
        damaged=damaged,
        sha256=report.sha256 if report else None,
        addenda=await addenda.of(db, row) if row.state is State.addended else [],
        pages=[pages.shown(each) for each in await pages.of(db, row)],
        came_since=await _came_since(db, row),
    )


async def _came_since(db: AsyncSession, row: Reading) -> int:
    """How many images have come since what was written last; 0 where they were not counted yet."""
    counted = select(Report.image_count).where(Report.reading_id == row.id).order_by(col(Report.number).desc())
    written = (await db.exec(counted)).first()
    return max(0, await images_of(db, row) - written) if written is not None else 0


async def for_page(db: AsyncSession, row: Reading, actor: Actor) -> ReportOut | None:
    """None for a branch before it is issued, and where nobody has claimed it yet."""
    report = await of(db, row)
    if actor.hospital_id != row.hub_id and row.state not in rules.DONE:
        return None
    if report is None and row.state is not State.claimed:
        return None
    return await shown(db, row, actor, report)


async def of_studies(
    db: AsyncSession, row: Reading, actor: Actor, study_uids: Collection[str]
) -> dict[str, ReportOut | None]:
    """By study the last report that this hub has issued of it, of these other studies of the reading's patient."""
    theirs = select(Reading).where(Reading.patient_id == row.patient_id, Reading.branch_id == row.branch_id)
    issued = theirs.where(Reading.hub_id == row.hub_id, col(Reading.state).in_(sorted(rules.DONE)))
    of_these = issued.where(col(Reading.study_uid).in_(study_uids)).order_by(col(Reading.issued_at))
    found = (await db.exec(of_these)).all() if study_uids else []
    return {each.study_uid: await for_page(db, each, actor) for each in found}
