"""What mails and robots say of readings: whole sentences, by ladder."""

from typing import Final

from telemed.kit.both import Both
from telemed.work.model import When

OF_READINGS: Final = {
    "report_issued": dict.fromkeys(
        When,
        Both("您申请的阅片已出报告，请查看", "The report of a reading that you requested is there: please see it"),
    ),
    "report_recalled": dict.fromkeys(
        When,
        Both(
            "一份阅片报告的影像已不再归属该患者，请勿据以诊疗",
            "The images of a report are not the patient's any more: please do not treat by it",
        ),
    ),
    "report_reinstated": dict.fromkeys(
        When,
        Both(
            "一份阅片报告的影像经核对确属该患者，报告恢复有效",
            "The images of a report are the patient's after all: it holds again",
        ),
    ),
    "report_outgrown": dict.fromkeys(
        When,
        Both(
            "您的阅片报告发布后又有影像到达，请查看并酌情补充",
            "More images came after your report was issued: please look and add to it if needed",
        ),
    ),
    "reading_together": dict.fromkeys(
        When, Both("邀请您一起阅片，请查看", "You are invited to read a study together: please see it")
    ),
    "reading_withdrawn": dict.fromkeys(
        When, Both("分院撤回了一份阅片申请，不必再阅", "A branch has withdrawn a reading: it need not be read any more")
    ),
}
