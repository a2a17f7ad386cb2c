"""What stands in calendars outside, in both languages. Never a patient, never what somebody typed about a booking."""

from typing import Final

from telemed.kit.both import Both
from telemed.scheduling.model import BookingKind

SYSTEM: Final = Both("远程会诊协同", "Remote consultation")
CALENDAR: Final = Both("{name} · 远程会诊日程", "{name} · remote consultations")
BUSY: Final = Both("已占用", "Busy")
# Of bookings that belong to no activity; activities say themselves what they are called.
KINDS: Final = {
    BookingKind.clinic: Both("门诊", "Clinic"),
    BookingKind.teleclinic: Both("远程门诊", "Teleclinic"),
    BookingKind.round: Both("查房", "Ward round"),
    BookingKind.surgery: Both("手术", "Surgery"),
    BookingKind.reading: Both("阅片", "Reading"),
    BookingKind.teaching: Both("教学", "Teaching"),
    BookingKind.meeting: Both("会议", "Meeting"),
    BookingKind.duty: Both("值班", "On duty"),
    BookingKind.maintenance: Both("设备检修", "Maintenance"),
    BookingKind.leave: Both("休假", "Leave"),
}
BETWEEN: Final = Both("、", ", ")
WITH: Final = Both("{what} · {who}", "{what} · {who}")
AT: Final = Both("{name}（{hospital}）", "{name} ({hospital})")
CANCELLED: Final = Both("已取消：{what}", "Cancelled: {what}")
PEOPLE: Final = Both("与会：{people}", "With: {people}")
PAGE: Final = Both("详情请登录查看：{link}", "Sign in to see more: {link}")
ANSWER: Final = Both(
    "接受或婉拒请登录系统，此邮件的答复无人查收。", "Accept or decline on the page: replies by mail are not read."
)
CHANGED: Final = Both("日程更新：{what}", "Calendar: {what}")
TAKEN_OFF: Final = Both("日程取消：{what}", "Calendar, cancelled: {what}")
PROGRAMS: Final = (  # as they name themselves, the telling part first
    ("outlook", "Outlook"),
    ("microsoft office", "Outlook"),
    ("exchange", "Exchange"),
    ("google", "Google"),
    ("thunderbird", "Thunderbird"),
    ("dataaccessd", "iPhone / iPad"),
    ("ios/", "iPhone / iPad"),
    ("macos", "Mac"),
    ("mac os x", "Mac"),
    ("icsx5", "ICSx5"),
    ("wecom", "WeCom"),
    ("dingtalk", "DingTalk"),
)


def program(user_agent: str) -> str:
    """Which calendar program that is; "" if it does not say it in words that are known."""
    said = user_agent.lower()
    return next((name for part, name in PROGRAMS if part in said), "")
