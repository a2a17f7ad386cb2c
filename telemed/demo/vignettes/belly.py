"""Abdomen and metabolism: a liver lesion waiting at the hub, a diabetic foot sent back, abdominal pain in draft."""

from datetime import timedelta

from telemed.consultations.words import State
from telemed.demo.story import Chart, Vignette, high, low, normal, vitals
from telemed.people.model import Title

D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

LIVER = Vignette(
    key="liver", patient="tianji", requester="wuxi.doctor", specialty="hepatobiliary", title=Title.chief,
    state=State.approved, created=2 * H, studies=("liver",),
    record=Chart(
        purpose="1. 胆囊窝旁肝内环形强化病灶，脓肿、胆囊癌侵犯还是肝内原发？\n2. 先穿刺引流还是直接手术探查？",
        diagnosis="肝占位性病变（胆囊窝旁），性质待查",
        history=(
            "右上腹隐痛 3 周，间断发热，最高 38.6 ℃，外院抗感染 1 周后热退。增强磁共振示胆囊窝旁肝实质内环形强化病灶，"
            "肝周少量积液。"
        ),
        past_history="胆囊结石 10 年未手术；2 型糖尿病 5 年；无肝炎、肝硬化病史。",
        examination="巩膜无黄染，右上腹轻压痛，Murphy 征可疑阳性，无反跳痛，肝区叩痛阳性。",
        vitals=vitals("37.2", "86", "18", "128/78", "98"),
        tests=(
            high("白细胞", "10.6", "×10⁹/L"), high("C 反应蛋白", "58", "mg/L"), normal("总胆红素", "16.2", "μmol/L"),
            high("γ-GT", "142", "U/L"), high("CA19-9", "86", "U/mL"), normal("AFP", "3.4", "ng/mL"),
            low("白蛋白", "34", "g/L"), high("糖化血红蛋白", "8.1", "%"),
        ),
        treatment="哌拉西林他唑巴坦静滴 4 天，胰岛素控制血糖。",
        medicines="哌拉西林他唑巴坦 4.5 g q8h；甘精胰岛素 14 U qn；门冬胰岛素三餐前。",
        measured=3 * H, tested=8 * H,
    ),
)  # fmt: skip

FOOT = Vignette(
    key="foot", patient="qianniu", requester="wuxi.doctor", specialty="orthopaedics", title=Title.associate_chief,
    state=State.returned, created=20 * H, missing=("checklist.laboratory", "medicines"),
    reason="请补充创面分泌物培养结果，并写明胰岛素种类与剂量。",
    record=Chart(
        purpose="右足第 1 趾溃疡合并骨髓炎，是否需要截趾，清创范围如何确定？",
        diagnosis="糖尿病足（右足第 1 趾，Wagner 3 级）；2 型糖尿病",
        history="右足第 1 趾溃疡 5 周，探针可触及骨质，2 周来渗液增多，无发热。",
        past_history="2 型糖尿病 14 年，血糖控制差；周围神经病变；吸烟 20 年。",
        examination="右足第 1 趾跖侧溃疡 2.0 cm × 1.5 cm，周围红肿 1 cm，足背动脉搏动减弱，踝肱指数 0.82。",
        vitals=vitals("36.9", "88", "18", "138/84", "98"),
        tests=(
            high("糖化血红蛋白", "10.2", "%"), high("C 反应蛋白", "36", "mg/L"), high("血沉", "68", "mm/h"),
            normal("白细胞", "9.2", "×10⁹/L"), normal("肌酐", "96", "μmol/L"),
        ),
        treatment="局部清创换药，减压鞋具。",
        medicines="胰岛素皮下注射，二甲双胍口服。",
        measured=21 * H, tested=D,
    ),
)  # fmt: skip

ABDOMINAL_PAIN_DRAFT = Vignette(
    key="abdominal_pain", patient="zhixing", requester="wuxi.doctor", specialty="hepatobiliary",
    title=Title.associate_chief, state=State.draft, created=3 * H, studies=("pancreas",),
    record=Chart(
        purpose="反复上腹痛伴脂肪酶轻度升高，CT 未见胰腺异常，还需做哪些检查？",
        diagnosis="上腹痛待查",
        history="反复餐后上腹痛 2 个月，每次 1～2 小时自行缓解，无黄疸、无消瘦。增强 CT 胰腺形态、密度未见明显异常。",
        past_history="甘油三酯升高 3 年，未服药；不饮酒。",
        examination="腹软，上腹轻压痛，无反跳痛，Murphy 征阴性。",
        vitals=vitals("36.6", "74", "16", "118/72", "99"),
        tests=(
            high("脂肪酶", "96", "U/L"), normal("淀粉酶", "88", "U/L"), high("甘油三酯", "5.6", "mmol/L"),
            normal("CA19-9", "12", "U/mL"), normal("总胆红素", "11.4", "μmol/L"),
        ),
        treatment="低脂饮食，抑酸。",
        medicines="艾司奥美拉唑 20 mg qd。",
        measured=4 * H, tested=D,
    ),
    unfilled=frozenset({"wishes", "treatment"}),
)  # fmt: skip

VIGNETTES = (LIVER, FOOT, ABDOMINAL_PAIN_DRAFT)
