"""The demonstration's readings: requests of the branches at the hub's reading desk, in the states that last."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases.model import PacketItem
from telemed.critical_findings import service as findings
from telemed.critical_findings.schemas import ActIn, RaiseIn
from telemed.db import Database
from telemed.demo.foundation import Foundation
from telemed.demo.images.person import ZONE
from telemed.demo.images.studies import EXAMINATIONS, study
from telemed.demo.patients import PATIENTS
from telemed.demo.places import HUB
from telemed.people.model import Hospital
from telemed.reading import addenda, from_consultations, own_reports, reports
from telemed.reading import service as readings
from telemed.reading.branch_report_schemas import BranchReportIn
from telemed.reading.consultation_schemas import ConsultationReadingIn
from telemed.reading.model import Reading
from telemed.reading.over_read_schemas import ComparisonIn
from telemed.reading.own_report_schemas import OwnReportIn
from telemed.reading.schemas import AddendumIn, ClaimIn, IssueIn, ReadingIn, ReportIn, ReturnIn, SubmitIn
from telemed.reading.words import AddendumKind, Grade, Part, ReadingPurpose, ReturnCode, Side, Urgency
from telemed.studies.model import StudyLink

H, MIN = timedelta(hours=1), timedelta(minutes=1)
REQUESTER: Final = {"wuxi": "wuxi.doctor", "jiashan": "jiashan.doctor"}
U, P = Urgency, Part
OWN_OF: Final = "bone_scan"
OWN_REPORT: Final = OwnReportIn(
    technique="全身骨显像，前位",
    findings="全身骨骼显影清晰，示踪剂分布大致对称，未见明确局灶性异常浓聚或稀疏。双肾及膀胱显影。",
    impression="全身骨显像未见明确骨转移征象。",
)


@dataclass(frozen=True)
class BranchText:
    """The branch's own report, written 20 minutes before its over-read was requested."""

    author: str
    findings: str
    impression: str


@dataclass(frozen=True)
class ReadingText:
    """`examination`: the study's key. `ago`: how long ago it was requested; `reader` has claimed it just now."""

    examination: str
    urgency: Urgency
    ago: timedelta
    part: Part
    question: str
    history: str = ""
    side: Side = Side.none
    reader: str = ""
    returned: str = ""  # by the reader, because images are missing: in words
    report: ReportIn | None = None  # written by the reader
    reviewer: str = ""  # has issued it
    theirs: BranchText | None = None  # an over-read of this report of the branch
    compared: ComparisonIn | None = None  # with it, by the reader
    asked_by: str = ""  # in the consultation about the same study, by its lead
    early: str = ""  # why the reader claimed it before something more urgent
    critical: RaiseIn | None = None  # raised by the reader, and closed by who requested it
    addendum: AddendumIn | None = None  # by the reviewer
    at_night: bool = False  # issued by the reader alone last night; the addendum is its review
    withdrawn: str = ""  # by who requested it: why


READINGS: Final = (
    ReadingText("head", U.stat, 31 * MIN + timedelta(seconds=20), P.head, "有无颅内出血？",
                "突发头痛伴呕吐 2 小时，左侧肢体无力；血压 198/110 mmHg。", reader="radiologist2",
                critical=RaiseIn(code="intracranial_bleeding", value="32")),
    ReadingText("aorta", U.urgent, 3 * H + 48 * MIN, P.chest, "是否符合主动脉夹层，分支受累与灌注情况？",
                "突发胸背撕裂样痛 3 小时，右上肢血压 186/104 mmHg；高血压 12 年。"
                "肌酐 128 μmol/L ↑，D-二聚体 6.8 mg/L ↑"),
    ReadingText("haemoptysis", U.urgent, 3 * H + 10 * MIN, P.chest, "左上肺病变性质？需排除活动性结核。",
                "咯血 3 天，低热，消瘦。", theirs=BranchText(
                    "顾秋分", "左上肺尖后段见斑片影，边界不清，内见小空洞。双侧胸腔无积液。",
                    "1. 左上肺感染性病变。\n2. 双侧胸膜未见异常。")),
    ReadingText("pneumonia", U.urgent, 2 * H + 40 * MIN, P.chest, "右下肺炎范围，有无积液？",
                "发热咳嗽 5 天，体温 39.1 ℃，白细胞 15.2×10⁹/L。", reader="radiologist"),
    ReadingText("nodule", U.routine, 18 * H, P.chest, "左上肺结节良恶性，建议随访间隔？",
                "体检发现结节，无症状，吸烟 20 年。"),
    ReadingText("shoulder", U.routine, 10 * H, P.upper_limb, "肩袖损伤程度？", side=Side.right),
    ReadingText("pancreas", U.routine, 6 * H, P.abdomen, "胰头占位性质，血管是否受侵？",
                "上腹痛伴黄疸 2 周，总胆红素 186 μmol/L，CA19-9 620 U/mL。"),
    ReadingText("masses", U.routine, 3 * H, P.chest, "双肺多发结节，考虑转移？", "乳腺癌术后 4 年。",
                asked_by="oncologist", reader="radiologist", early="会诊正在等这份报告", report=ReportIn(
                    technique="胸部平扫，层厚 1.25 mm",
                    findings="双肺见多发大小不等结节，边界清，随机分布，较大者位于右下肺。纵隔未见肿大淋巴结。"
                             "双侧胸腔无积液。",
                    impression="双肺多发结节，结合乳腺癌病史，考虑转移瘤。",
                )),
    ReadingText("tibia", U.routine, 2 * H, P.lower_limb, "右胫骨病变是否为骨肉瘤？", "右小腿肿痛 1 月，夜间明显。",
                side=Side.right, reader="radiologist", early="患者在门诊等候", reviewer="radiologist2",
                theirs=BranchText(
                    "顾秋分", "右胫骨近端骨质密度不均，见骨膜反应，周围软组织肿胀。",
                    "1. 右胫骨近端骨髓炎可能。\n2. 右膝关节未见明显异常。",
                ), compared=ComparisonIn(
                    grade=Grade.major, branch_report=1, branch_lines=["1. 右胫骨近端骨髓炎可能。"],
                    hub_lines=["右胫骨近端恶性骨肿瘤，骨肉瘤可能大，建议 MR 增强检查。"],
                ),
                report=ReportIn(
                    technique="右小腿正侧位",
                    findings="右胫骨近侧干骺端见骨质破坏，边界不清，可见层状骨膜反应及软组织肿块。",
                    impression="右胫骨近端恶性骨肿瘤，骨肉瘤可能大，建议 MR 增强检查。",
                )),
    ReadingText("liver", U.routine, 5 * H, P.abdomen, "肝右叶占位性质？", "乙肝病史 20 年，AFP 45 μg/L。",
                reader="radiologist", returned="只收到动脉晚期，请补传门静脉期和延迟期。"),
    ReadingText("nodule_before", U.routine, 26 * H, P.chest, "请阅一年前的胸部 CT，供本次对照。", "体检发现结节。",
                reader="radiologist", reviewer="radiologist2", early="与本次胸部 CT 一起对照", report=ReportIn(
                    technique="胸部平扫，层厚 5 mm",
                    findings="左上肺见 8 mm 实性结节，边界清。余肺未见实变。双侧胸腔无积液。",
                    impression="左上肺实性结节，直径 8 mm，建议 6～12 个月复查。",
                ), addendum=AddendumIn(
                    kind=AddendumKind.correction, text="结节位置更正为左上肺前段；大小及建议不变。",
                )),
    ReadingText("effusion", U.urgent, 25 * MIN, P.chest, "胸腔积液量，有无气胸？", "夜间突发气促，右下肺呼吸音低。",
                reader="radiologist", reviewer="radiologist2", at_night=True, report=ReportIn(
                    technique="胸部正位",
                    findings="右侧中下肺野大片致密影，上缘呈外高内低弧形，肋膈角消失。未见气胸线。",
                    impression="右侧中等量胸腔积液，未见气胸。",
                ), addendum=AddendumIn(
                    kind=AddendumKind.review, text="同意临时报告。建议积液引流后复查胸部 CT，除外右下肺病变。",
                )),
    ReadingText("echo", U.routine, 7 * H, P.heart, "左室收缩功能及瓣膜情况？",
                withdrawn="心内科已请会诊专家直接阅图，不再另出报告。"),
)  # fmt: skip
OPENING, NIGHT = time(6), time(2, 10)


def _last_night(now: datetime) -> datetime:
    """Ten past two of the last night that is over, when no department works."""
    here = now.astimezone(ZONE)
    day = here.date() if here.time() > OPENING else here.date() - timedelta(days=1)
    return datetime.combine(day, NIGHT, ZONE).astimezone(UTC)


async def play_readings(database: Database, made: Foundation, now: datetime) -> None:
    """The oldest first, each by whoever does it; a claim is of just now, so that it has not lapsed."""
    for each in sorted(READINGS, key=lambda one: one.ago, reverse=True):
        done = _last_night(now) if each.at_night else now
        hospital = PATIENTS[EXAMINATIONS[each.examination].patient].hospital
        requester = made.actors[REQUESTER[hospital]]
        async with database.write() as db:
            row = await _asked(db, made, each, requester, done - each.ago)
            if each.withdrawn:
                await readings.withdraw(db, requester, row.id, row.version, each.withdrawn, done)
            if each.reader:
                await _read(db, made, each, row, done)
            if each.critical:
                await _play_finding(db, made.actors[each.reader], requester, row.id, each.critical, now)
    await _write_own(database, made.actors["wuxi.radiologist"], now)


async def _read(db: AsyncSession, made: Foundation, one: ReadingText, row: Reading, at: datetime) -> None:
    reader = made.actors[one.reader]
    await readings.claim(db, reader, row.id, ClaimIn(reason=one.early), at)
    if one.returned:
        why = ReturnIn(code=ReturnCode.incomplete, words=one.returned)
        await readings.return_(db, reader, row.id, row.version, why, at)
    if not one.report:
        return
    saved = await reports.save(db, reader, row.id, 0, one.report, at)
    if one.at_night:
        await _issue_alone(db, reader, row, saved.version, at)
    else:
        said = SubmitIn(report_version=saved.version, comparison=one.compared)
        await reports.submit(db, reader, row.id, row.version, said, at)
    if one.reviewer:
        await _review(db, made.actors[one.reviewer], one, row, at)


async def _issue_alone(db: AsyncSession, reader: Actor, row: Reading, version: int, at: datetime) -> None:
    """The hub allowed it that night. Now it does not: who tries the demonstration sees that two doctors sign."""
    hub = await db.get_one(Hospital, row.hub_id)
    hub.single_signature = True
    await reports.issue_alone(db, reader, row.id, row.version, version, at, demo=True)
    hub.single_signature = False


async def _review(db: AsyncSession, reviewer: Actor, one: ReadingText, row: Reading, at: datetime) -> None:
    if one.report and not one.at_night:
        said = IssueIn(**one.report.model_dump(), comparison=one.compared)
        await reports.issue(db, reviewer, row.id, row.version, said, at, demo=True)
    if one.addendum:
        reviewed = at + 25 * MIN if one.at_night else at
        await addenda.add(db, reviewer, row.id, row.version, one.addendum, reviewed, demo=True)


async def _write_own(database: Database, radiologist: Actor, now: datetime) -> None:
    """The branch's own report of a study that nobody asked the hub to read."""
    uid = str(study(OWN_OF).study_uid)
    async with database.write() as db:
        await own_reports.claim(db, radiologist, uid, now)
        page = await own_reports.page(db, radiologist, uid, now)
        saved = await own_reports.save(db, radiologist, uid, page.draft.version if page.draft else 0, OWN_REPORT, now)
        await own_reports.sign(db, radiologist, uid, saved.version, now)


async def _asked(db: AsyncSession, made: Foundation, one: ReadingText, requester: Actor, at: datetime) -> Reading:
    uid = str(study(one.examination).study_uid)
    wanted: dict[str, Any] = {"urgency": one.urgency, "part": one.part, "side": one.side, "question": one.question}
    if one.asked_by:
        packed = select(PacketItem.activity_id).where(PacketItem.study_uid == uid)
        consultation = (await db.exec(packed)).one()
        asked = ConsultationReadingIn(study_uid=uid, **wanted)
        return await from_consultations.ask(db, made.actors[one.asked_by], consultation, asked, at)
    link = (await db.exec(select(StudyLink).where(StudyLink.study_uid == uid))).one()
    new = ReadingIn(study_id=link.id, hub_id=HUB, history=one.history, **wanted, **_over_read(one.theirs, at))
    return await readings.request(db, requester, new, at)


def _over_read(theirs: BranchText | None, asked_at: datetime) -> dict[str, Any]:
    if theirs is None:
        return {}
    report = BranchReportIn(
        author=theirs.author,
        written_at=asked_at - 20 * MIN,
        findings=theirs.findings,
        impression=theirs.impression,
    )
    return {"purpose": ReadingPurpose.over_read, "branch_report": report}


async def _play_finding(
    db: AsyncSession, reader: Actor, doctor: Actor, reading_id: UUID, found: RaiseIn, now: datetime
) -> None:
    """Closed some minutes ago: an open one would stand above every page of the demonstration."""
    raised = now - 25 * MIN
    row = await findings.raise_(db, reader, reading_id, found, raised)
    await findings.read_back(db, doctor, row.id, row.version, found.value, raised + 3 * MIN)
    done = ActIn(
        doctor=doctor.name,
        informed_at=raised + 3 * MIN,
        action="已请神经外科急会诊，脱水降颅压，复查头颅 CT 备手术。",
        acted_at=raised + 9 * MIN,
    )
    await findings.act(db, doctor, row.id, row.version, done, raised + 10 * MIN)
    await findings.close(db, doctor, row.id, row.version, raised + 15 * MIN)
