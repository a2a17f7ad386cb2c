"""The content of the pages, by kind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from telemed.documents.canonical import intact
from telemed.documents.page import Column, Line, Rows
from telemed.opinions import words
from telemed.opinions.model import Advice, Execution, Opinion, OpinionPage, Reply, Stand
from telemed.opinions.pages import BY_PASSWORD, Body
from telemed.people.model import Sex, Staff
from telemed.people.ports import Correction

IDENTITY: Final = {"name": "姓名", "sex": "性别", "birth_date": "出生日期"}
STUDIES: Final = "涉及影像检查"
NOT_AN_ORDER = "会诊建议非医嘱，须由本院医师开立医嘱后执行。"


def answered(rows: Sequence[Advice], names: dict[str, str], zone: str) -> Body:
    """The answers to the advice; `names` by the person's id."""
    if not rows:
        return Body("邀请方反馈", lines=[Line(label="反馈", text="本次意见无特殊建议，已阅知。")])
    return Body(
        "邀请方反馈",
        table=_table(
            (("条目", 1.1), ("会诊建议", 5), ("采纳情况", 1.5), ("理由", 3), ("执行医师", 1.6), ("应于", 1.9)),
            [
                [
                    f"第 {each.n} 条",
                    each.text,
                    words.REPLY[each.reply] if each.reply else "",
                    each.reply_reason,
                    names.get(str(each.assigned_to), ""),
                    words.local(each.execute_due_at, zone, "%m-%d %H:%M"),
                ]
                for each in rows
            ],
        ),
        note=NOT_AN_ORDER,
    )


def carried_over(rows: Sequence[Advice], names: dict[str, str], zone: str, replaces: int | None) -> Body:
    return replace(
        answered(rows, names, zone), note=f"更正未改动会诊建议，沿用申请医师对 v{replaces} 的反馈。{NOT_AN_ORDER}"
    )


def carried_out(rows: Sequence[Advice], names: dict[str, str], zone: str) -> Body:
    return Body(
        "建议落实情况",
        table=_table(
            (("条目", 1.1), ("会诊建议", 5), ("落实情况", 1.6), ("本院医嘱／原因", 4), ("登记", 2.6)),
            [_outcome(each, names, zone) for each in rows],
        ),
        note="医嘱号与开立时间由本院医师登记；开立医嘱以本院系统为准。",
    )


def _outcome(advice: Advice, names: dict[str, str], zone: str) -> list[str]:
    head = [f"第 {advice.n} 条", advice.text]
    if advice.reply is Reply.not_adopted:
        return [*head, "不采纳", advice.reply_reason, ""]
    by = f"{names.get(str(advice.done_by), '')} {words.local(advice.done_at, zone, '%m-%d %H:%M')}".strip()
    if advice.execution is Execution.declined:
        return [*head, "未执行", advice.decline_reason, by]
    order = (words.local(advice.ordered_at, zone, "%m-%d %H:%M"), advice.order_number, advice.ordered_by)
    return [*head, "已开医嘱", " ".join(each for each in order if each), by]


def stands(stand: Stand, title: str, opinion: Opinion) -> Body:
    """A co-signature or dissent after the lead's signature; the statement has a signature of its own."""
    said = stand.words or f"同意会诊意见 v{opinion.number}，联合签署。"
    return Body(
        title,
        lines=[Line(label=title, text=said), Line(label="声明校验值", text=stand.sha256)],
        note="密码签名为系统确认，非可靠电子签名。",
        signed_how=BY_PASSWORD,
    )


def of_dropped(stand: Stand, title: str, dropped: Opinion, by: Staff) -> Body:
    """A co-signature or dissent about the draft of an amendment that was dropped unsigned."""
    said = stand.words or "同意更正件草稿，联合签署。"
    return Body(
        title,
        warning=f"以下声明针对更正件 v{dropped.number} 的草稿作出；该草稿未签署，已撤回。",
        lines=[
            Line(label="专家", text=words.titled(by)),
            Line(label=title, text=said),
            Line(label="声明校验值", text=stand.sha256),
        ],
    )


def amended(newer: Opinion) -> Body:
    return Body(
        "更正指引",
        warning=f"本记录单 v{newer.replaces} 已由更正件 v{newer.number} 替代，请以更正件为准；本件原样保留。",
        lines=[
            Line(label="更正理由", text=newer.amendment_reason or ""),
            Line(label="更正件校验值", text=newer.sha256 or ""),
        ],
        signed_how="随更正件签署",
    )


def recalled(studies: Sequence[str]) -> Body:
    return Body(
        "撤销说明",
        warning="本记录单所据影像经核对并非该患者，本意见不得作为诊疗依据；请主会诊专家重新评估。",
        lines=[Line(label=STUDIES, text="\n".join(studies))],
    )


def reinstated(studies: Sequence[str]) -> Body:
    return Body(
        "撤销解除说明",
        lines=[
            Line(label="说明", text="经再次核对，下列影像确属该患者；此前的撤销解除，本意见恢复有效。"),
            Line(label=STUDIES, text="\n".join(studies)),
        ],
    )


def studies_of(page: OpinionPage) -> list[str]:
    """The studies named by a page of a recall or of its end."""
    signed = intact(page.canonical, page.sha256)
    lines: list[dict[str, str]] = signed["page"]["lines"] if signed else []
    return [study for each in lines if each["label"] == STUDIES for study in each["text"].split("\n")]


def corrected(corrections: Sequence[Correction], by: Staff) -> Body:
    """A correction of the patient's identity: each field before and after."""
    return Body(
        "身份信息更正说明",
        warning="签署后，该患者的身份信息已更正；原记录单保留签署时所载信息，请按更正后的信息核对患者。",
        lines=[
            Line(label="更正内容", text="\n".join(_correction(each) for each in corrections)),
            Line(label="经手", text=words.titled(by)),
        ],
    )


def _correction(one: Correction) -> str:
    if one.number_kind in words.NUMBER:
        return f"新增{words.NUMBER[one.number_kind]}：{one.after}"
    if one.field == "number":  # not the whole number of an identity card, because pages are handed around
        return f"新增身份证号：末四位 {str(one.after)[-4:]}"
    return f"{IDENTITY[one.field]}：{_as_printed(one.before)} → {_as_printed(one.after)}"


def _as_printed(value: object) -> str:
    if isinstance(value, Sex):
        return words.SEX[value]
    return str(value) if value is not None else "不详"


def _table(columns: Sequence[tuple[str, float]], rows: list[list[str]]) -> Rows:
    return Rows(columns=[Column(title=title, width=width) for title, width in columns], rows=rows)
