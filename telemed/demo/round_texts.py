"""What is said, instructed and written in the demonstration's ward rounds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telemed.rounds.words import InstructionKind

D, H = timedelta(days=1), timedelta(hours=1)
K = InstructionKind


@dataclass(frozen=True)
class InstructionText:
    """`due`: how long from the demonstration's beginning, mostly before it. `order`: its number, once it was written;
    `done`: how it was carried out without an order. Neither: it is open. `heard` is what was read back."""

    kind: InstructionKind
    text: str
    heard: str
    due: timedelta
    order: str = ""
    done: str = ""


@dataclass(frozen=True)
class BedText:
    """One bed of a round: what was prepared, said and instructed, and its note. `countersigned`: by the lead."""

    patient: str
    summary: str
    changes: str
    question: str
    said: str = ""
    instructions: tuple[InstructionText, ...] = ()
    assessment: str = ""
    plan: str = ""
    countersigned: bool = True


# By how many days ago; of today's the beds are only prepared.
PAST: Final[dict[int, tuple[BedText, ...]]] = {
    10: (
        BedText(
            "douxiu", "持续性心房颤动；CKD 3b 期", "静息心室率 104 次/分，无胸痛。", "抗凝药与剂量如何选择？",
            said="CHA₂DS₂-VASc 4 分，有抗凝指征；肌酐清除率 38 mL/min，剂量须随肾功能调整。",
            instructions=(
                InstructionText(K.medicine, "利伐沙班 15 mg 每日一次，随餐服用", "利伐沙班十五毫克，每天一次，随餐",
                                -9 * D, order="YZ2600871"),
            ),
            assessment="房颤卒中风险高，出血风险可控，肾功能中度减退。", plan="抗凝，控制心室率，监测肾功能。",
        ),
        BedText(
            "jixiu", "病态窦房结综合征", "昨夜窦性停搏 4.1 秒，伴黑矇。", "是否有起搏器植入指征？",
            said="症状与停搏相关，有永久起搏指征，选双腔。",
            instructions=(
                InstructionText(K.consult, "联系介入室，明日行双腔起搏器植入", "明天双腔起搏器植入，联系介入室",
                                -9 * D, order="YZ2600874"),
            ),
            assessment="症状性窦性停搏，永久起搏 I 类指征。", plan="明日植入双腔永久起搏器。",
        ),
    ),
    7: (
        BedText(
            "jixiu", "病态窦房结综合征，起搏器植入术后第 2 天", "切口无渗血，起搏心律 60 次/分。",
            "何时可下床活动？",
            said="囊袋无血肿，术后 24 小时胸片电极位置好，可逐步下床。",
            instructions=(
                InstructionText(K.observe, "术侧上肢 4 周内避免外展过肩，每日查囊袋", "四周内不外展过肩，每天看囊袋",
                                -6 * D, done="已宣教，护理记录每班查囊袋"),
            ),
            assessment="术后恢复好，起搏感知功能正常。", plan="逐步下床，一周后程控。",
        ),
        BedText(
            "douxiu", "持续性心房颤动；CKD 3b 期", "静息心室率 88 次/分，双踝轻度水肿。", "心室率是否达标？",
            said="静息心室率低于 110 次/分即可，暂不加量。",
            instructions=(
                InstructionText(K.test, "一周内复查肌酐、血钾、血红蛋白", "一周内查肌酐、血钾和血红蛋白",
                                -2 * D, order="YZ2600933"),
            ),
            assessment="心室率达标，无出血表现。", plan="维持现剂量，复查肾功能。",
        ),
    ),
    3: (
        BedText(
            "jixiu", "起搏器植入术后第 7 天", "偶见心房失夺获，无黑矇。", "心房失夺获如何处理？",
            said="考虑心房阈值一过性升高，先程控。",
            instructions=(
                InstructionText(K.consult, "程控起搏器，心房输出调至 5.0 V", "程控，心房输出五伏", -2 * D,
                                order="YZ2600987"),
                InstructionText(K.observe, "心电监测 48 小时，失夺获即报", "监测四十八小时，有失夺获就报",
                                8 * H),
            ),
            assessment="心房间断失夺获，植入早期阈值升高可能。", plan="程控后监测，必要时胸片看电极。",
        ),
        BedText(
            "douxiu", "持续性心房颤动；CKD 3b 期", "肌酐 132 μmol/L，清除率 38 mL/min。", "利伐沙班剂量是否调整？",
            said="清除率 30 至 49，维持 15 mg；两周后再查。",
            instructions=(
                InstructionText(K.test, "复查肌酐清除率与血红蛋白", "复查肌酐清除率和血红蛋白", -15 * H),
                InstructionText(K.teach, "抗凝与跌倒风险宣教", "做抗凝和跌倒宣教", 5 * H),
            ),
            assessment="肾功能稳定，抗凝剂量合适。", plan="维持剂量，复查。", countersigned=False,
        ),
    ),
}  # fmt: skip
TODAY: Final = (
    BedText(
        "douxiu", "持续性心房颤动；CKD 3b 期", "静息心室率 82 次/分，双踝轻度水肿。",
        "肌酐清除率 38 mL/min，利伐沙班剂量是否继续？",
    ),
    BedText(
        "jixiu", "起搏器植入术后第 10 天", "24 小时内失夺获 2 次，均无症状。", "间断心房失夺获，是否需要调整电极？",
    ),
    BedText(
        "beichen", "心力衰竭（HFrEF，NYHA Ⅲ 级）；扩张型心肌病？", "体重较昨日减 0.4 kg，夜间可平卧。",
        "袢利尿剂如何减量？ARNI 能否上调？",
    ),
    BedText(
        "changgeng", "阵发性室上性心动过速", "48 小时未再发作。", "出院前是否需要电生理检查？",
    ),
)  # fmt: skip
