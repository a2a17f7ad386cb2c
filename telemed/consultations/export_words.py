"""What an exported list says, in the words of the pages (`web/src/i18n`); a test keeps them the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    columns: list[str]
    state: Mapping[str, str]
    urgency: Mapping[str, str]
    mode: Mapping[str, str]
    sex: Mapping[str, str]
    cut: str  # the last line of a file that does not hold everything


CHINESE: Final = Words(
    columns=[
        "会诊编号",
        "紧急程度",
        "会诊方式",
        "患者",
        "性别",
        "年龄（岁）",
        "邀请方",
        "科室",
        "床号",
        "诊断或会诊目的",
        "主会诊专家",
        "预约时间",
        "状态",
        "进入状态时间",
        "时限",
    ],
    state={
        "draft": "草稿",
        "submitted": "待审核",
        "returned": "退回补充",
        "approved": "待受理",
        "accepted": "已受理",
        "scheduling": "安排中",
        "scheduled": "已预约",
        "ready": "准备就绪",
        "in_progress": "会诊中",
        "interrupted": "会诊中断",
        "answering": "待出具意见",
        "signed": "已签署",
        "acknowledged": "已反馈",
        "executing": "落实中",
        "closed": "办结",
        "archived": "归档",
        "declined": "不予受理",
        "discarded": "已作废",
        "cancelled": "已取消",
        "no_show": "未到场",
        "expired": "已失效",
    },
    urgency={"stat": "紧急（即时接入）", "urgent": "急会诊", "routine": "普通会诊"},
    mode={"live": "实时会诊", "written": "书面会诊"},
    sex={"male": "男", "female": "女", "unknown": "性别不详"},
    cut="只列出最新的 {count} 例，更早的未导出；请缩小筛选范围后再导出。",
)
ENGLISH: Final = Words(
    columns=[
        "Number",
        "Urgency",
        "Mode",
        "Patient",
        "Sex",
        "Age (years)",
        "Branch",
        "Department",
        "Bed",
        "Diagnosis or questions",
        "Lead expert",
        "Booked for",
        "State",
        "In this state since",
        "Due",
    ],
    state={
        "draft": "Draft",
        "submitted": "In review",
        "returned": "Returned",
        "approved": "To be accepted",
        "accepted": "Accepted",
        "scheduling": "Being booked",
        "scheduled": "Booked",
        "ready": "Ready",
        "in_progress": "In consultation",
        "interrupted": "Interrupted",
        "answering": "Opinion due",
        "signed": "Signed",
        "acknowledged": "Answered",
        "executing": "Being carried out",
        "closed": "Closed",
        "archived": "Archived",
        "declined": "Declined",
        "discarded": "Discarded",
        "cancelled": "Cancelled",
        "no_show": "No-show",
        "expired": "Expired",
    },
    urgency={"stat": "Stat", "urgent": "Urgent", "routine": "Routine"},
    mode={"live": "Live", "written": "Written"},
    sex={"male": "M", "female": "F", "unknown": "sex unknown"},
    cut="Only the newest {count} are listed, older ones are not; please filter further and export again.",
)
