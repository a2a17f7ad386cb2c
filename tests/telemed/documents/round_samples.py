"""The note of a round and a whole round of people who do not exist."""

from telemed.documents.page import PatientLine
from telemed.documents.record import Inviter, Seal
from telemed.documents.round import GivenInstruction, NotePrint, NoteSignature, RoundBed, RoundPrint
from tests.telemed.documents.samples import HASH

SEAL = Seal(hash=HASH, verify="")
GIVEN = [
    GivenInstruction(
        n=1,
        text="呋塞米改为口服 40 mg，每日 1 次；尿量少于 1500 mL 时请示。",
        kind="用药",
        owner="叶夏至",
        due="11-26 12:00",
        read_back="叶夏至 11-26 08:50\n速尿改口服，四十毫克，一天一次",
        order="Y2611-0417 11-26 10:02 叶夏至\n登记 叶夏至 11-26 10:03",
    ),
    GivenInstruction(
        n=2,
        text="复查铁代谢：铁蛋白、转铁蛋白饱和度。",
        kind="检查",
        owner="病区医师",
        due="11-27 08:00",
        read_back="",
        order="",
    ),
]


def round_note(**change: object) -> NotePrint:
    made = NotePrint(
        at="2026-11-26 11:31:08",
        demo=True,
        title="主任医师查房记录",
        hub=Inviter(name="瑞金医院", short="瑞金"),
        branch=Inviter(name="瑞金医院无锡分院", short="无锡"),
        ward="5 病区",
        patient=PatientLine(
            name="王北辰",
            sex="男",
            age="50 岁",
            birth="1976-03-02",
            number="0026117907",
            department="5 病区",
            bed="07 床",
        ),
        allergy="青霉素（皮疹）",
        admitted="2026-11-20 16:05",
        round_at="2026-11-26 08:47",
        lead="柳春分 主任医师　瑞金",
        identified="扫腕带 08:47 白冬至",
        basis="TY-20261121-003（2026-1 版）　患者本人",
        summary="心力衰竭（HFrEF），肾功能变化",
        question="袢利尿剂如何减？ARNI 能否上调？",
        condition="夜间能平卧，双下肢水肿减轻，体重较前下降 1.2 kg。BP 104/66 mmHg，SpO₂ 97%。",
        assessment="容量负荷好转，肌酐 132 µmol/L 较前升高，考虑利尿过度，先减量再评估。",
        plan="三天后复查血钾、肌酐；收缩压稳定在 100 mmHg 以上时上调 ARNI。",
        instructions=GIVEN,
        signatures=[
            NoteSignature(part="书写医师", name="叶夏至", title="主治医师", at="2026-11-26 10:12:30"),
            NoteSignature(part="上级医师审签", name="柳春分", title="主任医师", at="2026-11-26 11:31:08"),
        ],
        seal=SEAL,
    )
    return made.model_copy(update=change)


def whole_round(beds: int = 2) -> RoundPrint:
    bed = RoundBed(
        bed="07 床",
        patient="王北辰 男 50 岁",
        number="0026117907",
        state="已查",
        began="08:47",
        spent="8 分",
        identified="扫腕带 08:47 白冬至",
        summary="心力衰竭，肾功能变化",
        question="袢利尿剂如何减？ARNI 能否上调？",
        record="已审签 11-26 11:31\n校验值 2509494e",
        instructions=GIVEN,
    )
    more = bed.model_copy(
        update={"bed": "12 床", "patient": "孔危宿 男 77 岁", "state": "顺延", "why": "外出检查", "instructions": []}
    )
    return RoundPrint(
        branch=Inviter(name="瑞金医院无锡分院", short="无锡"),
        hub=Inviter(name="瑞金医院", short="瑞金"),
        ward="5 病区",
        day="2026-11-26",
        times="08:32–09:31",
        state="记录待审签",
        lead="柳春分 主任医师",
        others="叶夏至 主治医师",
        at="2026-11-26 11:40:00",
        by="白冬至",
        demo=True,
        beds=[bed, more, *[bed] * (beds - 2)],
        note="另有 1 位患者未列出：打印人没有这些患者的查看权限。",
    )
