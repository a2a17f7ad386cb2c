"""The Chinese words that a record prints for codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from telemed.cases.model import ConsentKind, ItemKind, NoPaper, PacketItem, Scope
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import Measure
from telemed.consultations.words import Mode, ParticipantRole, Urgency
from telemed.opinions.model import AdviceKind, Due, Reply, Section
from telemed.people.model import Allergy, IdentifierKind, Patient, Sex, Staff, Title
from telemed.rooms.rules import Media

SEX: Final = {Sex.male: "男", Sex.female: "女", Sex.unknown: "未说明"}
TITLE: Final = {
    Title.resident: "住院医师",
    Title.attending: "主治医师",
    Title.associate_chief: "副主任医师",
    Title.chief: "主任医师",
    Title.nurse: "护师",
    Title.technician: "技师",
    Title.administrator: "行政人员",
}
MODE: Final = {Mode.live: "实时视频", Mode.written: "书面"}
PART: Final[dict[str, str]] = {
    ParticipantRole.lead: "主会诊",
    ParticipantRole.accompanying: "陪同",
    ParticipantRole.expert: "会诊",
    ParticipantRole.guest: "参加",
}
LEAD: Final = "主会诊专家"
CHAIR: Final = "主持人"  # the lead of an MDT
RECORDER: Final = "记录人"
NUMBER: Final = {
    IdentifierKind.admission: "住院号",
    IdentifierKind.outpatient: "门诊号",
    IdentifierKind.mrn: "病案号",
}
KIND: Final = {
    AdviceKind.treatment: "治疗",
    AdviceKind.medicine: "用药",
    AdviceKind.test: "检查检验",
    AdviceKind.procedure: "操作手术",
    AdviceKind.referral: "转诊",
    AdviceKind.transfer: "转运",
    AdviceKind.observation: "观察",
    AdviceKind.consult: "会诊",
    AdviceKind.other: "其他",
}
DUE: Final = {
    Due.now: "立即",
    Due.hours_2: "2 小时内",
    Due.today: "今日内",
    Due.hours_24: "24 小时内",
    Due.days_3: "3 日内",
    Due.before_discharge: "出院前",
}
SECTION: Final = {Section.advice: "会诊意见", Section.medicines: "用药建议", Section.follow_up: "复查与随访"}
SIDE: Final = {"left": "左侧", "right": "右侧", "both": "双侧", "none": "不分侧"}
REPLY: Final = {
    Reply.adopted: "采纳",
    Reply.in_part: "部分采纳",
    Reply.not_adopted: "不采纳",
}
CONSENT: Final = {
    ConsentKind.patient: "患者本人",
    ConsentKind.relative: "监护人或近亲属",
    ConsentKind.telephone: "电话同意",
    ConsentKind.emergency: "紧急情况未取得同意",
}
NO_PAPER: Final = {
    NoPaper.died: "患者已死亡",
    NoPaper.left: "患者已出院或转院",
    NoPaper.unreachable: "联系不上",
    NoPaper.refused: "不愿补签",
    NoPaper.lost: "签字页遗失",
    NoPaper.other: "其他",
}
SCOPE: Final = {Scope.consult: "会诊", Scope.imaging: "影像传输", Scope.recording: "录音录像", Scope.teaching: "教学"}
CHECKLIST: Final = {
    "ecg": "心电图",
    "laboratory": "检验报告",
    "echocardiogram": "超声心动图",
    "neurological_examination": "神经系统查体",
    "pathology": "病理报告",
    "blood_gas": "血气分析",
    "previous_report": "既往影像报告",
}
GUIDANCE: Final = "{lead}在邀请方没有有效的多机构执业备案，本意见供邀请方医师参考，由其本院上级医师审签"
# the items of the readiness gate that may be missing at the start
LACKS: Final = {
    "packet": "会诊资料未齐",
    "images": "影像未收齐",
    "registration": "{lead}在邀请方没有有效的多机构执业备案",
    "credential": "{lead}资质未核实或已过期",  # as records made before there were registrations name it
    "devices_hub": "受邀方设备与网络未测试",
    "devices_branch": "邀请方设备与网络未测试",
} | {f"checklist.{item}": f"缺{name}" for item, name in CHECKLIST.items()}
OTHER_LACK: Final = "其他未齐事项"  # printed in place of a code for which this release has no words
SECTION_EARLIER: Final = "签署于会诊共识定稿之前，仅就本专科意见"
FLAG: Final = {"": "", "low": "↓", "high": "↑", "critical": "危急值"}


def local(at: datetime | None, zone: str, form: str = "%Y-%m-%d %H:%M") -> str:
    return at.astimezone(ZoneInfo(zone)).strftime(form) if at else ""


def urgency_class(row: Consultation) -> str:
    if row.urgency in (Urgency.stat, Urgency.urgent):
        return "急会诊"
    return "普通会诊（择期）" if row.elective else "普通会诊"


def media(held: Media | None) -> str:
    """That a participant of the call was without sound and picture; empty if they had both or nobody knows."""
    if held is None:
        return ""
    return "未接入音视频" if held.never else "部分时间未接入音视频" if held.partly else ""


def allergy(patient: Patient) -> str:
    if patient.allergy is Allergy.known:
        return patient.allergy_text or "有"
    return "否认过敏史" if patient.allergy is Allergy.none else "未询问"


def bed(number: str) -> str:
    return f"{number} 床" if number and not number.endswith("床") else number


def flag(patient: Patient) -> str:
    return "　".join(word for word, on in (("危重", patient.critical), ("隔离", patient.isolation)) if on)


def condition(patient: Patient) -> str:
    """病情: as the request marks the patient."""
    return flag(patient) if patient.critical else "　".join(each for each in ("非危重", flag(patient)) if each)


def measures(found: list[Measure]) -> str:
    lines = (" ".join(each for each in (m.name, m.value, m.unit, FLAG[m.flag]) if each) for m in found)
    return "；".join(lines)


def due(word: Due | None, at: datetime | None, zone: str) -> str:
    if word is Due.at:
        return f"{local(at, zone, '%m-%d %H:%M')} 前"
    return DUE[word] if word else ""


def titled(person: Staff) -> str:
    return f"{person.name} {TITLE[person.title]}"


def lead_of(row: Consultation) -> str:
    """As what the lead expert stands on paper."""
    return CHAIR if row.mdt else LEAD


def started_without(row: Consultation) -> str:
    """The items that were missing when the meeting was started, and the reason."""
    if not row.started_with_missing:
        return ""
    items = "、".join(dict.fromkeys(LACKS.get(each, OTHER_LACK) for each in row.started_with_missing))
    items = items.format(lead=lead_of(row))
    return f"{items}。理由：{row.missing_reason}" if row.missing_reason else items


def packet(version: int, items: Sequence[PacketItem]) -> str:
    """The packet version with the number of its items. Their names are not printed, because they may hold characters
    that no font has."""
    images = sum(each.kind is ItemKind.study for each in items)
    answers = [
        CHECKLIST[each.checklist] + ("（未做）" if each.kind is ItemKind.not_done else "")
        for each in items
        if each.checklist in CHECKLIST
    ]
    others = len(items) - images - len(answers)
    parts = [f"影像检查 {images} 项" if images else "", "、".join(answers), f"其他资料 {others} 项" if others else ""]
    held = "；".join(each for each in parts if each)
    return f"第 {version} 版" + (f"：{held}" if held else "")
