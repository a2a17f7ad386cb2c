"""Bones and joints: opinions that are signed, being carried out, and closed."""

from datetime import timedelta

from telemed.consultations.words import Mode, State
from telemed.demo.story import AdviceText, Chart, OpinionText, Vignette, high, normal, vitals
from telemed.opinions.model import Reply
from telemed.people.model import Title

D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

SHOULDER = Vignette(
    key="shoulder", patient="tianquan", requester="wuxi.doctor", specialty="orthopaedics", title=Title.associate_chief,
    state=State.signed, lead="orthopaedist", created=D + H, starts=-4 * H, studies=("shoulder",),
    record=Chart(
        purpose="肩痛 2 个月，磁共振未见明确肩袖撕裂，保守治疗还是关节镜？",
        diagnosis="右肩痛待查，肩峰下撞击综合征？",
        history="打羽毛球后右肩痛 2 个月，上举及夜间侧卧时明显，无外伤、无麻木，口服止痛药 3 周效果不佳。",
        past_history="体健，无糖尿病，无手术史。",
        examination="右肩主动外展 120°、被动 160°，疼痛弧 70°～110°，Neer 征阳性，Jobe 试验疼痛但肌力 5 级。",
        vitals=vitals("36.4", "68", "16", "122/74", "99"),
        tests=(normal("C 反应蛋白", "2.1", "mg/L"), normal("血沉", "6", "mm/h"), normal("尿酸", "352", "μmol/L")),
        treatment="休息，口服塞来昔布 3 周，未做康复训练与局部注射。",
        medicines="塞来昔布 200 mg qd。",
        measured=D + 2 * H, tested=2 * D,
    ),
    opinion=OpinionText(
        analysis=(
            "斜冠状位图像肱骨头形态、骨髓信号未见异常，所示层面冈上肌腱走行连续，未见全层断裂；仅提供一个层面，"
            "部分层撕裂不能除外。症状与体征符合肩峰下撞击，肌力正常，炎症指标正常，尚未经过规范康复。"
        ),
        diagnosis="肩峰下撞击综合征（右）；未见肩袖全层撕裂的依据",
        advice=(
            AdviceText("规范康复 6 周：肩胛稳定与肩袖离心训练，避免过顶运动。", "treatment", 3 * D),
            AdviceText("超声引导下肩峰下间隙注射 1 次（无感染征象时）。", "procedure", 7 * D),
            AdviceText("补做完整肩关节磁共振（斜矢状位与轴位脂肪抑制序列）。", "test", 7 * D),
        ),
        medicines=(AdviceText("塞来昔布 200 mg 每日一次，再用 2 周后停。", "medicine", 24 * H),),
        follow_up=(AdviceText("6 周后复诊；仍有疼痛弧或肌力下降时转瑞金骨科评估关节镜。", "observation", 7 * D),),
    ),
)  # fmt: skip

TIBIA = Vignette(
    key="tibia", patient="yuheng", requester="wuxi.doctor", specialty="orthopaedics", title=Title.associate_chief,
    state=State.closed, lead="orthopaedist", mode=Mode.written, created=8 * D, studies=("tibia",),
    record=Chart(
        purpose="右胫骨远端偶然发现的骨质破坏区，良性还是恶性，是否需要活检？",
        diagnosis="右胫骨远端骨病变，性质待查",
        history=(
            "运动时扭伤右踝摄片，偶然发现胫骨远端干骺端偏心性透亮区，"
            "边缘硬化。扭伤 1 周后已无疼痛，无夜间痛，无发热。"
        ),
        past_history="体健，生长发育正常，无肿瘤家族史。",
        examination="右小腿远端无肿胀、无压痛、无包块，踝关节活动正常。",
        vitals=vitals("36.5", "78", "16", "104/62", "99"),
        tests=(
            normal("碱性磷酸酶", "212", "U/L（青春期参考 ≤ 390）"), normal("C 反应蛋白", "0.8", "mg/L"),
            normal("LDH", "186", "U/L"),
        ),
        treatment="踝部支具 1 周，已停。",
        medicines="无。",
        measured=8 * D + H, tested=9 * D,
    ),
    opinion=OpinionText(
        analysis=(
            "胫骨远端干骺端皮质旁偏心性透亮区，呈分叶状，边缘硬化清楚，"
            "无骨膜反应、无软组织肿块，符合非骨化性纤维瘤。"
        ),
        diagnosis="右胫骨远端非骨化性纤维瘤",
        advice=(
            AdviceText("不需活检与手术，6 个月后复查右胫骨远端正侧位片。", "observation", 180 * D, order="WX-3300121"),
            AdviceText("病变未超过骨横径一半，日常活动不限；3 个月内避免高冲击跳跃。", "treatment", 7 * D,
                       order="WX-3300122"),
        ),
        follow_up=(AdviceText("出现夜间痛、肿胀或外伤后疼痛，随时摄片并复诊。", "observation", 7 * D),),
    ),
)  # fmt: skip

PROSTATE = Vignette(
    key="prostate", patient="yaoguang", requester="wuxi.doctor", specialty="oncology", title=Title.chief,
    state=State.executing, lead="oncologist", created=2 * D, starts=-20 * H, studies=("bone_scan",),
    papers={"pathology": "前列腺穿刺 12 针中 4 针见腺癌，Gleason 3+4=7，ISUP 2 组，最大占比 45 %。"},
    record=Chart(
        purpose="1. 全身骨显像是否支持骨转移？\n2. 局部治疗与内分泌治疗如何选择？",
        diagnosis="前列腺腺癌（cT2bN0Mx，Gleason 3+4）",
        history=(
            "体检 PSA 升高，穿刺病理示前列腺腺癌 Gleason 3+4=7 分（4/12 针）。"
            "全身骨显像未见明确异常浓聚，膀胱可见示踪剂。"
        ),
        past_history="高血压 9 年；无骨折史，无骨痛。",
        examination="直肠指诊前列腺 Ⅱ 度大，左叶可及 1.2 cm 硬结，未超过包膜；脊柱无叩痛。",
        vitals=vitals("36.5", "72", "16", "134/80", "98"),
        tests=(
            high("总 PSA", "14.6", "ng/mL"), normal("碱性磷酸酶", "82", "U/L"), normal("血红蛋白", "142", "g/L"),
            normal("肌酐", "86", "μmol/L"), normal("睾酮", "14.2", "nmol/L"),
        ),
        treatment="未开始抗肿瘤治疗。",
        medicines="氨氯地平 5 mg qd。",
        measured=2 * D + H, tested=5 * D,
    ),
    opinion=OpinionText(
        analysis=(
            "骨显像未见提示骨转移的异常浓聚，碱性磷酸酶正常。"
            "PSA 10～20 ng/mL、cT2b、ISUP 2 组，属中危局限性前列腺癌。"
        ),
        diagnosis="前列腺腺癌（cT2bN0M0，ISUP 2 组，中危）",
        advice=(
            AdviceText("盆腔多参数磁共振评估包膜与精囊。", "test", 7 * D, order="WX-3300187"),
            AdviceText("转瑞金泌尿外科与放疗科联合门诊，讨论根治术或根治性放疗。", "transfer", 14 * D),
            AdviceText("先行 6 个月内分泌治疗。", "medicine", 7 * D, reply=Reply.not_adopted,
                       reply_reason="患者倾向手术，暂不用药，待联合门诊后决定。"),
        ),
        follow_up=(AdviceText("每 3 个月复查 PSA。", "observation", 7 * D),),
    ),
    sections={
        "radiologist2": (
            "全身骨显像：中轴骨及四肢长骨近端放射性分布对称，未见提示转移的局灶性异常浓聚；双肾、膀胱显影为正常排泄。\n"
            "骨显像不能评价包膜与精囊，建议加做盆腔多参数磁共振。"
        ),
        "orthopaedist": "无骨痛，脊柱无叩痛，碱性磷酸酶正常，无骨转移的临床依据；目前不需骨科处理，出现骨痛时随诊。",
    },
    recorder="dispatcher",
)  # fmt: skip

VIGNETTES = (SHOULDER, TIBIA, PROSTATE)
