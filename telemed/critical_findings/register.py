"""Prints the register of critical findings (危急值登记) of one day, for a ward or for all."""

from collections import defaultdict
from datetime import datetime
from typing import Final
from uuid import UUID

from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.critical_findings.model import CriticalFinding, FindingTold
from telemed.critical_findings.queries import Beside, beside, registered, told_of, unseen, ward_of
from telemed.critical_findings.schemas import RegisterFilter
from telemed.critical_findings.words import FindingState as State
from telemed.critical_findings.words import Heard
from telemed.db import Database
from telemed.documents.anyway import render_anyway
from telemed.documents.register import FindingLine, RegisterPrint
from telemed.kit.clock import day_in
from telemed.opinions.words import local
from telemed.people import service as people
from telemed.people.model import Hospital

STATE: Final = {
    State.detected: "已发现",
    State.notifying: "通知中",
    State.read_back: "已复述",
    State.acted: "已处置",
    State.closed: "已关闭",
    State.withdrawn: "已撤回",
}
HOW: Final = {Heard.page: "系统", Heard.telephone: "电话"}
SECONDS: Final = "%m-%d %H:%M:%S"


async def printed(
    database: Database, actor: Actor, by: RegisterFilter, now: datetime, *, demo: bool
) -> tuple[str, bytes]:
    """The name and bytes of the register as it is now; who printed it is kept."""
    async with database.write() as db:
        zone = (await people.zones(db))[actor.hospital_id]
        day = by.day or day_in(zone, now)
        whole = await registered(db, actor, day, zone, now)
        found = [each for each in whole if by.ward in ("", ward_of(each))]
        hidden = await unseen(db, actor, day, zone, len(whole))
        known, told = await beside(db, found), defaultdict[UUID, list[FindingTold]](list)
        for each in await told_of(db, [row.id for row in found]):
            told[each.finding_id].append(each)
        hospital = await db.get_one(Hospital, actor.hospital_id)
        record(db, actor, "critical_finding.register_printed", day.isoformat(), now, reason=by.ward or None)
        shown = RegisterPrint(
            hospital=hospital.licence_name,
            day=day.isoformat(),
            ward=by.ward,
            at=local(now, zone, "%Y-%m-%d %H:%M:%S"),
            by=(await people.staff(db, actor.id)).name,
            demo=demo,
            rows=[_line(each, known, told[each.id], zone) for each in found],
            note=f"另有 {hidden} 条当日危急值未列出：打印人没有这些患者的查看权限" if hidden else "",
        )
    name = "-".join(each for each in ("危急值登记", day.isoformat(), by.ward.replace("/", " ")) if each)
    return f"{name}.pdf", await render_anyway(shown, now)


def _line(row: CriticalFinding, known: Beside, told: list[FindingTold], zone: str) -> FindingLine:
    see(row.branch_id, row.patient_id, row.case_id)
    answer = next((each for each in told if each.correct), None)
    calls = [each for each in told if each.how is Heard.telephone]
    return FindingLine(
        place=" ".join(each for each in (ward_of(row), row.bed) if each),
        patient=known.patients[row.patient_id].name,
        number=known.numbers.get(row.patient_id, ""),
        examination=row.examination,
        finding=row.finding,
        value=f"{row.asks} {row.value}{f' {row.unit}' if row.unit else ''}",
        found=f"{local(row.found_at, zone, SECONDS)} {known.staff[row.found_by].name}",
        told=f"{answer.name} {answer.number}".strip() if answer else "",
        read_back=f"{local(answer.at, zone, SECONDS)} {HOW[answer.how]}复述 {answer.heard} {row.unit}".strip()
        if answer
        else "",
        calls="；".join(
            f"{local(each.at, zone, SECONDS)} {each.name} {'已复述' if each.correct else '未复述'}" for each in calls
        ),
        informed=f"{local(row.informed_at, zone, SECONDS)} {row.doctor}" if row.informed_at else "",
        action=f"{local(row.acted_at, zone, SECONDS)} {row.action}" if row.acted_at else "",
        state=STATE[row.state],
        withdrawn=_withdrawn(row, known, zone),
    )


def _withdrawn(row: CriticalFinding, known: Beside, zone: str) -> str:
    if row.withdrawn_at is None or row.withdrawn_by is None:
        return ""
    by = known.staff[row.withdrawn_by].name
    return f"{local(row.withdrawn_at, zone, SECONDS)} {by}：{row.withdrawn_words}"
