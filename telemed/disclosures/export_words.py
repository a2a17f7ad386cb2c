"""The words of the exported audit log, in both languages."""

from dataclasses import dataclass

from telemed.audit.model import Purpose


@dataclass(frozen=True)
class Words:
    columns: list[str]
    purpose: dict[Purpose, str]
    refused: str
    system: str
    cut: str


P = Purpose
CHINESE = Words(
    columns=[
        "序号",
        "时间",
        "人员",
        "人员机构",
        "人员科室",
        "设备",
        "用途",
        "结果",
        "患者",
        "数据所属机构",
        "会诊编号",
        "变更前",
        "变更后",
    ],
    purpose={
        P.patient: "患者信息",
        P.list: "列表",
        P.search: "检索",
        P.case: "病例",
        P.request: "申请单",
        P.consent: "知情同意",
        P.opinion: "会诊意见",
        P.print: "打印件",
        P.file: "附件",
        P.study: "检查归属",
        P.images: "影像",
        P.room: "会诊室",
        P.export: "导出",
        P.audit: "查阅记录",
        P.break_glass: "紧急查阅",
        P.outside_department: "非经治科室查阅",
    },
    refused="已拒绝",
    system="系统",
    cut="仅导出最近 {count} 行，更早的请缩小范围后再导出。",
)
ENGLISH = Words(
    columns=[
        "No.",
        "Time",
        "Person",
        "Person's hospital",
        "Person's department",
        "Device",
        "Purpose",
        "Outcome",
        "Patient",
        "Hospital of the data",
        "Consultation",
        "Before",
        "After",
    ],
    purpose={
        P.patient: "Patient",
        P.list: "List",
        P.search: "Search",
        P.case: "Case",
        P.request: "Request",
        P.consent: "Consent",
        P.opinion: "Opinion",
        P.print: "Print",
        P.file: "Attachment",
        P.study: "Whose study",
        P.images: "Images",
        P.room: "Room",
        P.export: "Export",
        P.audit: "Audit log",
        P.break_glass: "Break-glass",
        P.outside_department: "Outside the department",
    },
    refused="Refused",
    system="System",
    cut="Only the newest {count} rows; narrow it down for older ones.",
)
