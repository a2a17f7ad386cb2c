"""The words of the exported audit log that the page does not say, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    columns: list[str]
    cut: str


CHINESE = Words(
    columns=[
        "序号",
        "时间",
        "人员",
        "人员机构",
        "人员科室",
        "设备",
        "用途或事项",
        "结果",
        "患者",
        "数据所属机构",
        "会诊编号",
        "变更前",
        "变更后",
    ],
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
        "Purpose or act",
        "Outcome",
        "Patient",
        "Hospital of the data",
        "Consultation",
        "Before",
        "After",
    ],
    cut="Only the newest {count} rows; narrow it down for older ones.",
)
