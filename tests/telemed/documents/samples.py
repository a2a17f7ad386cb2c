"""A record and a consent form of a person who does not exist."""

from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageDraw

from telemed.documents.consent import ConsentForm, ConsentPatient
from telemed.documents.page import Column, Line, Page, PatientLine, Rows
from telemed.documents.record import (
    AdviceGroup,
    Amendment,
    Invited,
    Inviter,
    OpinionPart,
    Participant,
    PatientLines,
    PrintedAdvice,
    PrintedImage,
    Record,
    RequestPart,
    Seal,
    SessionPart,
    Signature,
)

HASH = "2509494e98604071ffcb0f8205d0f29c2744ada6aa64ffe632c8372ef34d9044"


def picture(shade: int) -> bytes:
    image = Image.new("L", (160, 120), 0)
    ImageDraw.Draw(image).ellipse((30, 20, 130, 100), fill=shade)
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def record(**change: object) -> Record:
    advice = PrintedAdvice(n=1, text="收缩压 100–120 mmHg，心率 < 60 次/分。", kind="治疗", owner="许知遥", due="立即")
    refer = PrintedAdvice(
        n=2, text="有急诊 TEVAR 指征，今日转瑞金血管外科。", kind="转诊", owner="许知遥", due="13:00 前"
    )
    medicine = PrintedAdvice(n=3, text="艾司洛尔滴定至心率达标。", kind="用药", owner="许知遥", due="立即")
    made = Record(
        number="HZ-20261125-017",
        version=1,
        printed_at="2026-11-25 12:31:08",
        printed_by="许知遥",
        demo=True,
        category="急会诊",
        mode="实时视频",
        present="在场",
        inviter=Inviter(name="瑞金医院无锡分院", short="无锡"),
        invited=Invited(name="瑞金医院", departments="心内科（主会诊）、放射科"),
        patient=PatientLines(
            name="陈远山",
            sex="男",
            age="58 岁",
            birth="1968-04-12",
            number="0026118842",
            department="心内科",
            bed="CCU 3 床",
            allergy="青霉素（皮疹）",
            flag="危重",
            condition="危重",
        ),
        request=RequestPart(
            submitted="2026-11-25 10:44",
            wanted="心内科，副主任医师以上",
            purpose="1. 是否有急诊 TEVAR 指征，何时干预？\n2. 血压、心率目标与用药调整？",
            history="今日 06:40 突发胸背部撕裂样疼痛，08:20 主动脉 CTA 示 Stanford B 型夹层。",
            exam="血压 172/98 mmHg，心率 96 次/分，SpO₂ 97 %（鼻导管 3 L/min）。",
            exam_at="10:30",
            tests="D-二聚体 8.62 mg/L FEU ↑；肌酐 118 μmol/L ↑",
            diagnosis="急性主动脉夹层（Stanford B 型）",
            treatment="艾司洛尔 100 μg/(kg·min) 泵入",
            requester="许知遥 主治医师",
            requester_at="10:44",
            senior="本院流程不设此步",
            office="韩月白　同意",
            office_at="10:47",
        ),
        session=SessionPart(
            times="2026-11-25 11:30 开始，12:02 结束，共 32 分",
            people=[
                Participant(part="主会诊", name="王怀瑾", title="主任医师", department="心内科", hospital="瑞金医院"),
                Participant(part="陪同", name="许知遥", title="主治医师", department="心内科", hospital="无锡分院"),
                Participant(
                    part="会诊",
                    name="谢听澜",
                    title="副主任医师",
                    department="血管外科",
                    hospital="瑞金医院",
                    note="未接入音视频",
                ),
            ],
            packet="第 3 版",
        ),
        opinion=OpinionPart(
            analysis="左锁骨下动脉以远 18 mm 见内膜破口，真腔受压（图 1）。",
            diagnosis="急性主动脉夹层（Stanford B 型，复杂性）。",
            groups=[
                AdviceGroup(title="会诊意见", rows=[advice, refer], none="无特殊建议"),
                AdviceGroup(title="用药建议", rows=[medicine]),
                AdviceGroup(title="复查与随访", rows=[]),
            ],
            images=[
                PrintedImage(
                    study="主动脉 CTA",
                    at="2026-11-25 08:20:46",
                    place=f"序列 3　图像 {142 + shade}",
                    part="胸部",
                    side="双侧",
                    note="降主动脉最大径 42.6 mm",
                    sha256=sha256(picture(shade)).hexdigest(),
                    picture=picture(shade),
                )
                for shade in (120, 200)
            ],
            lead=Signature(part="主会诊专家", name="王怀瑾", title="主任医师", stand="出具"),
            others=[
                Signature(part="会诊专家", name="傅清和", title="主任医师", stand="联合签署", at="2026-11-25 12:05:40")
            ],
        ),
        accompanying="许知遥",
        consent="TY-20261125-017（2026.1 版）　患者本人　会诊、影像传输",
        seal=Seal(
            hash=HASH,
            verify="https://telemed.example/verify/7Qm2xVbT0cKfR9uYhWzE4A",
            method="password",
            at="2026-11-25 12:07:31",
        ),
    )
    return made.model_copy(update=change)


def draft() -> Record:
    return record(seal=None)


def amended() -> Record:
    why = Amendment(replaces=1, replaced_at="2026-11-25 12:07:31", reason="第 2 条时限改为 12:45 前。")
    return record(version=2, amendment=why)


def page(**change: object) -> Page:
    widths = (("条目", 1), ("会诊建议", 4.5), ("采纳情况", 1.5), ("理由", 3), ("执行医师", 2))
    made = Page(
        number="HZ-20261125-017",
        version=1,
        page=1,
        title="邀请方反馈",
        at="2026-11-25 12:17:40",
        record_hash=HASH,
        inviter=Inviter(name="瑞金医院无锡分院", short="无锡"),
        invited=Invited(name="瑞金医院", departments=""),
        patient=PatientLine(
            name="陈远山",
            sex="男",
            age="58 岁",
            birth="1968-04-12",
            number="0026118842",
            department="心内科",
            bed="CCU 3 床",
        ),
        demo=True,
        table=Rows(
            columns=[Column(title=title, width=width) for title, width in widths],
            rows=[
                ["第 1 条", "收缩压 100–120 mmHg，心率 < 60 次/分。", "采纳", "", "许知遥"],
                ["第 2 条", "有急诊 TEVAR 指征，今日转瑞金血管外科。", "不采纳", "家属要求在本院继续观察", ""],
            ],
        ),
        signed_by="许知遥 主治医师",
        signed_how="登录确认",
        seal=Seal(hash=HASH[::-1], verify="https://telemed.example/verify/7Qm2xVbT0cKfR9uYhWzE4A"),
    )
    return made.model_copy(update=change)


def warned() -> Page:
    """A recall: nobody signs it, and what it says stands in red."""
    return page(
        title="记录单撤销",
        table=None,
        warning="本记录单所据影像经核对并非本患者，该意见不得作为诊疗依据。",
        lines=(Line(label="涉及检查", text="1.2.826.0.1.3680043.8.498.1"),),
        signed_by="",
        signed_how="",
    )


def consent(**change: object) -> ConsentForm:
    made = ConsentForm(
        number="TY-20261125-017",
        form_version="2026.1 版",
        consultation="HZ-20261125-017",
        inviter="瑞金医院无锡分院",
        invited="瑞金医院",
        invited_department="心内科",
        patient=ConsentPatient(
            name="陈远山",
            sex="男",
            age="58 岁",
            birth="1968-04-12",
            number="0026118842",
            department="心内科",
            bed="CCU 3 床",
            diagnosis="急性主动脉夹层（Stanford B 型）",
        ),
        printed_at="2026-11-25 10:36:20",
        printed_by="许知遥",
        demo=True,
    )
    return made.model_copy(update=change)
