"""附页 of an issued report: dated pages that say what became of its images; the report itself never changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.documents.canonical import digest_of, dumped, intact
from telemed.documents.page import Line, PatientLine
from telemed.documents.record import Inviter
from telemed.documents.report import ReportPrint
from telemed.documents.report_page import ReportPagePrint
from telemed.opinions import words
from telemed.people import service as people
from telemed.reading.model import Reading, Report
from telemed.reading.page_model import ReportPage
from telemed.reading.page_schemas import ReportPageOut
from telemed.reading.prints import SECONDS
from telemed.reading.words import ReportPageKind as Kind

FORMAT: Final = 1
TITLE: Final = {Kind.recalled: "撤销说明", Kind.reinstated: "撤销解除说明", Kind.grown: "影像增加说明"}
WARNING: Final = {
    Kind.recalled: "本报告所据影像经核对不能确认属于该患者，本报告及其补充不得作为诊疗依据。",
    Kind.grown: "本报告发布后，该检查又有影像到达；报告未据新到影像书写，请等待或联系阅片医师补充。",
}
SAID: Final = {
    Kind.recalled: "该检查已不再归属该患者；更正归属后，影像须重新申请阅片。",
    Kind.reinstated: "经再次核对，该检查确属该患者；此前的撤销解除，本报告恢复有效。",
    Kind.grown: "报告据 {written} 幅影像发布，截至本页出具已有 {here} 幅。",
}


async def of(db: AsyncSession, row: Reading) -> Sequence[ReportPage]:
    """In the order in which they were added."""
    query = select(ReportPage).where(ReportPage.reading_id == row.id).order_by(col(ReportPage.number))
    return (await db.exec(query)).all()


async def add(
    db: AsyncSession, row: Reading, report: Report, kind: Kind, about: str, now: datetime, **figures: int
) -> None:
    """Adds a page to what was issued, in the transaction of what it tells. The reading is locked by the caller."""
    number = len(await of(db, row)) + 1
    shown = await _print(db, row, report, kind, number, now, figures)
    told = {"format": FORMAT, "kind": kind.value, "reading": str(row.id), "number": number, "about": about}
    said = {"parent": report.sha256, "at": now.isoformat(), "page": shown.model_dump(mode="json", exclude={"seal"})}
    canonical = dumped(told | said)
    db.add(
        ReportPage(
            reading_id=row.id,
            number=number,
            kind=kind,
            about=about,
            at=now,
            canonical=canonical,
            sha256=digest_of(canonical),
        )
    )
    await db.flush()


async def _print(
    db: AsyncSession, row: Reading, report: Report, kind: Kind, number: int, now: datetime, figures: dict[str, int]
) -> ReportPagePrint:
    """Heads it as the report is headed; if the report's text is damaged it names nobody."""
    issued = intact(report.canonical, report.sha256)
    zone = (await people.zones(db))[row.branch_id]
    heading = ReportPrint.model_validate(issued["print"]) if issued else None
    hub, branch = await people.hospital(db, row.hub_id), await people.hospital(db, row.branch_id)
    return ReportPagePrint(
        page=number,
        title=TITLE[kind],
        at=words.local(now, zone, SECONDS),
        report_hash=report.sha256 or "",
        demo=heading.demo if heading else False,
        hub=heading.hub if heading else Inviter(name=hub.licence_name, short=hub.name),
        branch=heading.branch if heading else Inviter(name=branch.licence_name, short=branch.name),
        patient=heading.patient if heading else PatientLine(name=""),
        examination=heading.examination if heading else "",
        issued=words.local(row.issued_at, zone, SECONDS),
        warning=WARNING.get(kind, ""),
        lines=(Line(label="说明", text=SAID[kind].format(**figures)), Line(label="检查标识", text=row.study_uid)),
    )


def shown(page: ReportPage) -> ReportPageOut:
    return ReportPageOut(number=page.number, kind=page.kind, at=page.at)
