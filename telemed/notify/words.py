"""What mails and robots say, in both languages: the kind of thing, how urgent, when. Never a patient, never a name."""

from typing import Final

from telemed.kit.both import Both
from telemed.notify.calendar_words import OF_CALENDARS
from telemed.notify.reading_words import OF_READINGS
from telemed.notify.round_words import OF_ROUNDS
from telemed.work.model import RING, When

ANYTHING: Final = Both("待办事项", "Something that waits for you")
URGENCY: Final = {
    "stat": Both("紧急", "Stat"),
    "urgent": Both("急会诊", "Urgent"),
    "routine": Both("普通会诊", "Routine"),
}
WHAT: Final = {
    "approval": Both("审批", "Approval"),
    "completion": Both("补充申请", "Completing the request"),
    "stat_completion": Both("补齐紧急会诊资料", "Completing an emergency request"),
    "acceptance": Both("受理", "Acceptance"),
    "arrangement": Both("安排会诊", "Arranging the consultation"),
    "resumption": Both("中断后的会诊", "An interrupted consultation"),
    "opinion": Both("出具会诊意见", "The opinion"),
    "mdt_section": Both("撰写并签署专科意见", "Writing and signing a section of an MDT"),
    "feedback": Both("反馈会诊意见", "Answering the opinion"),
    "execution": Both("落实会诊建议", "Carrying out the advice"),
    "archiving": Both("归档", "Archiving"),
    "naming": Both("指定主会诊专家", "Naming the lead expert"),
    "consent_approval": Both("批准先行会诊", "Approving an emergency without consent"),
    "accompanying": Both("另派陪同医师", "Naming another accompanying physician"),
    "papers": Both("补签知情同意书", "The paper of a consent"),
    "renewal": Both("重签知情同意书或取消会诊", "Taking a withdrawn consent anew, or cancelling"),
    "images": Both("上传影像", "Uploading images"),
    "identity": Both("影像身份核对", "Confirming whose images are"),
    "counts": Both("确认影像到齐", "Confirming that images are complete"),
    "device": Both("答复设备的呼叫", "Answering a device that calls"),
    "holidays": Both("录入公共节假日和调休", "Entering public holidays and make-up days"),
    "registration": Both("多机构执业备案续期", "Renewing a registration at another hospital"),
    "confirm_role": Both("确认任职", "Confirming a role"),
    "roster_gap": Both("填补值班表空班", "Filling a gap of a roster"),
    "time_unbooked": Both("处理未排上的定期安排", "Seeing to a recurring time that is not booked"),
    "break_glass": Both("审查紧急查阅", "Reviewing a break-glass"),
    "desk": Both("阅片报告", "The report of a reading"),
    "sending_again": Both("处理退回的阅片", "Seeing to a reading that came back"),
    "critical_action": Both("危急值处置和关闭", "Acting on a critical finding, and closing it"),
    "round_answer": Both("答复主查邀请", "Answering an invitation to lead a round"),
    "round_planning": Both("安排查房（主查、时间）", "Arranging a round (lead, time)"),
    "round_coverage": Both("续签查房的合作协议", "Renewing the agreement that covers ward rounds"),
    "round_list": Both("准备查房名单", "Preparing the list of a round"),
    "round_note": Both("撰写查房记录", "Writing a round note"),
    "round_countersign": Both("审签查房记录", "Countersigning a round note"),
    "round_instruction": Both("复述或落实查房指示", "Reading back or carrying out an instruction"),
    "reassessment": Both("重新评估会诊意见", "Reassessing an opinion"),
    "recall": Both("知悉会诊意见不得作为诊疗依据", "Taking note that an opinion must not be relied on"),
}
SAID: Final = {
    When.before: Both("{what}将到时限", "{what} is due soon"),
    When.due: Both("{what}已到时限", "{what} is due"),
    When.after: Both("{what}逾期未处理，请尽快处理或协调", "{what} is late, please see to it"),
}
# Ladders of which more is to be said than that something is due.
WHOLE: Final = {
    "break_glass": {
        When.before: Both(
            "有人紧急查阅了本院患者资料，请在 24 小时内审查",
            "Somebody has opened one of your patients by break-glass: please review it within 24 hours",
        ),
        When.due: Both("紧急查阅已满 24 小时仍未审查", "A break-glass is a day old, and nobody has reviewed it"),
        When.after: Both("紧急查阅逾期未审查，请尽快审查", "A break-glass is still not reviewed: please see to it"),
    },
    "critical_value": dict.fromkeys(
        When, Both("危急值：请立即登录复述", "A critical finding: please sign in and read it back at once")
    ),
    "critical_call": dict.fromkeys(
        When,
        Both(
            "危急值两次复述有误，请立即电话通知并登记",
            "A critical finding was read back wrongly twice: please telephone now, and record the call",
        ),
    ),
    "critical_raised": dict.fromkeys(
        When,
        Both(
            "危急值：有一例与您有关的患者，请立即查看", "A critical finding of a patient of yours: please look at once"
        ),
    ),
    "critical_withdrawn": dict.fromkeys(
        When,
        Both(
            "一例危急值已撤回：报出有误，请勿据此处置，详见系统",
            "A critical finding was withdrawn as a mistake: please do not act on it; see why in the system",
        ),
    ),
    "stat": dict.fromkeys(
        When, Both("紧急会诊正在呼叫，请立即接入", "An emergency is calling: please take it at once")
    ),
    "lead_awaited": dict.fromkeys(
        When,
        Both(
            "紧急会诊的主会诊专家仍未进入会诊室，请立即联系，或另指定专家",
            "The lead expert of an emergency is not in its room yet: please reach them now, or name another",
        ),
    ),
    "meeting": {
        When.before: Both("会诊即将开始", "A consultation begins soon"),
        When.due: Both("会诊时间已到", "A consultation begins now"),
        When.after: Both("会诊时间已过仍未开始，请协调", "A consultation has not begun, please see to it"),
    },
    "readiness": dict.fromkeys(
        When,
        Both(
            "会诊临近开始，会前核查仍未完成",
            "A consultation begins soon, and its readiness has open items",
        ),
    ),
    "signing": {
        When.before: Both(
            "会诊总时限（提交至签署）将到，意见尚未签署",
            "The time for a whole consultation, from request to signature, is over soon",
        ),
        When.due: Both(
            "会诊已到总时限（提交至签署），意见尚未签署",
            "The time for a whole consultation is over, and its opinion is not signed",
        ),
        When.after: Both(
            "会诊已超总时限（提交至签署），意见尚未签署，请协调",
            "The time for a whole consultation is over, and its opinion is not signed: please see to it",
        ),
    },
    "expiry": {
        When.before: Both(
            "退回的申请即将失效，请补充后重新提交", "A returned request expires soon: complete and submit it"
        ),
        **dict.fromkeys((When.due, When.after), Both("退回的申请已失效", "A returned request has expired")),
    },
    "hold": dict.fromkeys(When, Both("预留的会诊时间到期释放", "The time held for a consultation is released")),
    "closing": dict.fromkeys(
        When, Both("已过下班时间，有会诊申请待审批", "Working hours are over, and a request waits for approval")
    ),
    "one_sided": dict.fromkeys(
        When,
        Both("会诊时间已到，一方在等候，另一方未到", "A consultation should have begun: one side waits for the other"),
    ),
    "bedside": dict.fromkeys(
        When,
        Both(
            "会诊时间已到，本院陪同医师未到，请催促或另派一人",
            "A consultation should go on, and your accompanying physician is not there: "
            "please call them or name another",
        ),
    ),
    "ending": dict.fromkeys(
        When,
        Both("会诊已到预约结束时间，不能再延长", "The booked time of a consultation is over and cannot be extended"),
    ),
    "draft": {
        When.before: Both(
            "会诊申请草稿即将作废，改动后重新计时", "A draft of a request is discarded soon, unless it is changed"
        ),
        **dict.fromkeys((When.due, When.after), Both("会诊申请草稿已作废", "A draft of a request has been discarded")),
    },
    "missed": dict.fromkeys(
        When,
        Both("会诊时间已过，一方未到，请另约", "One side did not come to a consultation: please book another time"),
    ),
    "relieved": dict.fromkeys(
        When, Both("您负责的一例会诊已由他人接替", "Somebody else took over a consultation of yours")
    ),
    "substituted": dict.fromkeys(When, Both("请您接替一例会诊", "You stand in at a consultation")),
    "leads": dict.fromkeys(
        When,
        Both(
            "您已被指定为紧急会诊的主会诊专家，请立即进入会诊室",
            "You lead an emergency consultation: please enter its room now",
        ),
    ),
    "elsewhere": dict.fromkeys(
        When, Both("您申请的会诊已转邀其他医院", "Your consultation was redirected to another hospital")
    ),
    "invited": dict.fromkeys(
        When, Both("邀请您参加一例会诊，请查看并答复", "You are invited to a consultation: please see and answer")
    ),
    "called_in": dict.fromkeys(
        When,
        Both("请您参加一例会诊，请立即查看", "You are called in to a consultation: please look now"),
    ),
    **OF_READINGS,
    **OF_ROUNDS,
    **OF_CALENDARS,
    "uninvited": dict.fromkeys(When, Both("一例会诊不再需要您参加", "You need not come to a consultation any more")),
    "booked": dict.fromkeys(
        When, Both("您参加的一例会诊已约定时间", "A consultation that you take part in has a time")
    ),
    "lapsed": dict.fromkeys(
        When,
        Both(
            "一例会诊预留的时间已到期，未获全部人员接受，原定时间不再举行，将另约时间",
            "The time held for a consultation has lapsed, as not everybody accepted: it is not held then, "
            "and another time is looked for",
        ),
    ),
    "lapsed_centre": dict.fromkeys(
        When,
        Both(
            "一例会诊预留的时间已到期，未获全部人员接受，请另约时间",
            "The time held for a consultation has lapsed, as not everybody accepted: please book another",
        ),
    ),
    "unaccompanied": dict.fromkeys(
        When,
        Both(
            "一例会诊的陪同医师不能参加，请另派一人",
            "The accompanying physician of a consultation cannot come: please name another",
        ),
    ),
    "declined": dict.fromkeys(
        When,
        Both(
            "会诊申请未获受理，请查看理由和建议，另作安排",
            "A request was declined: please see why and what is suggested, and arrange what is needed instead",
        ),
    ),
    "cancelled": dict.fromkeys(
        When, Both("与您有关的一例会诊已取消", "A consultation that concerns you was cancelled")
    ),
    "cancelled_centre": dict.fromkeys(
        When, Both("本中心的一例会诊已取消", "A consultation of this centre was cancelled")
    ),
    "no_show": dict.fromkeys(
        When,
        Both(
            "一例会诊因未到场没有进行，仍需会诊请重新申请",
            "A consultation was not held, as people did not come: if it is still needed, it must be requested again",
        ),
    ),
    "no_show_centre": dict.fromkeys(
        When,
        Both(
            "本中心的一例会诊因未到场没有进行",
            "A consultation of this centre was not held, as people did not come",
        ),
    ),
    "expired": dict.fromkeys(
        When,
        Both(
            "退回的会诊申请逾期未补充，已失效，仍需会诊请重新申请",
            "A returned request was not completed in time and has expired: if it is still needed, "
            "please request it again",
        ),
    ),
    "discarded": dict.fromkeys(
        When,
        Both(
            "会诊申请草稿长期未改动，已作废，仍需会诊请重新申请",
            "A draft of a request was left unchanged and has been discarded: if it is still needed, please begin anew",
        ),
    ),
}
AT: Final = Both("时间", "Time")
PLACE: Final = Both("地点", "Where")
HOW_URGENT: Final = Both("紧急程度", "Urgency")
ESTIMATE: Final = Both(
    "{years} 年的节假日尚未录入，时限暂按每周惯例推算",
    "The holidays of {years} are not entered yet: the due time assumes the usual week",
)
OPEN: Final = Both("登录后查看", "Sign in to see it")
WHY_MAIL: Final = Both(
    "本邮件由远程会诊系统自动发出，不含患者信息，请勿回复。接收方式可在系统内“通知方式”中更改。",
    "Sent by the remote consultation system; it holds nothing about patients. Please do not reply. "
    "You choose how you are told on the page “How I am told”.",
)
AUDIT_HEAD: Final = Both("审计链摘要", "Head of the audit log")
KEEP_HEAD: Final = Both(
    "请保存本邮件：下面一行可用 telemed verify-audit --head 核对审计记录是否被改动或删除。",
    "Please keep this mail: by the line below, telemed verify-audit --head shows whether the audit log was altered.",
)
TEST: Final = Both("测试消息：通知可以送达", "A test: notices arrive here")
SYSTEM: Final = Both("远程会诊", "Remote consultation")


def is_due(kind: str, ladder: str) -> bool:
    """Whether it says that something is due, and not when a meeting is or what has happened."""
    return kind != RING and ladder not in WHOLE


def said(kind: str, ladder: str, when: When, language: str) -> str:
    """What has happened, as one sentence."""
    whole = WHOLE.get(ladder) or (WHOLE["stat"] if kind == RING else None)
    if whole is not None:
        return whole[when](language)
    return SAID[when](language).format(what=WHAT.get(ladder, ANYTHING)(language))
