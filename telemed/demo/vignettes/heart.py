"""Heart and great vessels: a dissection whose meeting is about to begin, and four others."""

from datetime import timedelta

from telemed.consultations.words import State, Urgency
from telemed.demo.story import AdviceText, Chart, OpinionText, Vignette, high, low, normal, vitals
from telemed.people.model import Title

D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

DISSECTION = Vignette(
    key="dissection", patient="tianshu", requester="wuxi.doctor", specialty="cardiology", title=Title.chief,
    state=State.scheduled, urgency=Urgency.urgent, lead="expert",
    created=65 * MIN, starts=10 * MIN, studies=("aorta",),
    papers={"ecg": "窦性心律，96 次/分，左室高电压，未见 ST 段抬高。"},
    not_done={"echocardiogram": "急诊超声设备检修，未做床旁超声心动图。"},
    record=Chart(
        purpose=(
            "1. 是否有急诊 TEVAR 指征，何时干预？\n"
            "2. 血压、心率的目标与用药调整？\n3. 能否安全转运至瑞金，途中条件？"
        ),
        diagnosis="急性主动脉夹层（Stanford B 型）；高血压 3 级 很高危",
        history=(
            "5 小时前突发胸背部撕裂样疼痛，约 1 小时后到急诊。"
            "3 小时前完成主动脉 CTA，示 Stanford B 型夹层，随即收入 CCU。\n"
            "静脉降压、镇痛后血压仍高于目标，疼痛 NRS 由 8 分降至 6 分；尿量约 30 mL/h，双下肢无麻木、无力。"
        ),
        past_history="高血压 12 年，服药不规律，最高 200/110 mmHg；吸烟 30 年；无糖尿病，无外伤史，无家族猝死史。",
        examination=(
            "血压右上肢 172/98 mmHg、左上肢 156/92 mmHg。神志清，双肺呼吸音清，心律齐，未闻及舒张期杂音；"
            "腹软无压痛；双下肢足背动脉搏动对称，四肢肌力正常。"
        ),
        vitals=vitals("36.8", "96", "20", "172/98", "97"),
        tests=(
            high("D-二聚体", "8.62", "mg/L FEU"), high("肌酐", "118", "μmol/L"), high("乳酸", "2.4", "mmol/L"),
            normal("hs-cTnT", "0.012", "μg/L"), normal("血红蛋白", "132", "g/L"), normal("血钾", "3.9", "mmol/L"),
        ),
        treatment="绝对卧床，心电与有创动脉压监测，鼻导管吸氧 3 L/min，艾司洛尔与乌拉地尔泵入，吗啡镇痛。",
        medicines="艾司洛尔 100 μg/(kg·min) 泵入；乌拉地尔 12 mg/h 泵入；吗啡 3 mg 静注（2 次）。",
        measured=75 * MIN, tested=4 * H,
    ),
)  # fmt: skip

CARDIOMYOPATHY = Vignette(
    key="cardiomyopathy", patient="beichen", requester="wuxi.doctor", specialty="cardiology",
    title=Title.associate_chief,
    state=State.accepted, lead="expert", created=5 * H, studies=("echo",),
    papers={
        "ecg": "窦性心律，88 次/分，完全性左束支传导阻滞，QRS 时限 152 ms。",
        "echocardiogram": "左室舒张末内径 66 mm，弥漫性室壁运动减低，LVEF 31 %，二尖瓣轻中度反流。",
    },
    record=Chart(
        purpose="1. 左室扩大、射血分数下降的病因如何鉴别，是否需要心脏磁共振或冠脉造影？\n2. 心衰药物下一步如何加量？",
        diagnosis="心力衰竭（HFrEF，NYHA Ⅲ 级）；扩张型心肌病？",
        history=(
            "活动后气促 3 个月，加重伴夜间不能平卧 1 周，5 天前入院。经利尿后体重下降 4.2 kg，水肿消退，"
            "可平卧，步行 100 米仍气促。"
        ),
        past_history="饮酒 20 年，每日白酒约 150 g，已戒 1 月；无高血压、糖尿病；父亲 52 岁猝死，原因不明。",
        examination="颈静脉无怒张，双肺底少许细湿啰音，心界向左扩大，心尖部 2/6 级收缩期杂音，双踝无水肿。",
        vitals=vitals("36.5", "88", "18", "106/68", "96"),
        tests=(
            high("NT-proBNP", "3420", "pg/mL"), normal("hs-cTnT", "0.013", "μg/L"), normal("肌酐", "92", "μmol/L"),
            normal("血钾", "4.4", "mmol/L"), normal("TSH", "2.1", "mIU/L"), low("LVEF（超声）", "31", "%"),
            high("左室舒张末内径", "66", "mm"),
        ),
        treatment="限水限钠，呋塞米静注 5 天后改口服，已启动沙库巴曲缬沙坦与比索洛尔小剂量。",
        medicines=(
            "沙库巴曲缬沙坦 50 mg bid；比索洛尔 1.25 mg qd；"
            "螺内酯 20 mg qd；达格列净 10 mg qd；呋塞米 20 mg qd。"
        ),
        measured=6 * H, tested=D,
    ),
)  # fmt: skip

RESOLVED_PALPITATION = Vignette(
    key="palpitation", patient="changgeng", requester="wuxi.doctor", specialty="cardiology", title=Title.attending,
    state=State.cancelled, created=2 * D, reason="resolved",
    papers={
        "ecg": "发作时窄 QRS 心动过速 186 次/分；终止后窦性心律 76 次/分，PR 间期 150 ms，未见 δ 波。",
        "echocardiogram": "各房室内径正常，LVEF 65 %，未见结构异常。",
    },
    record=Chart(
        purpose="阵发性心悸，心电图已记录到窄 QRS 心动过速，是否需要尽早电生理检查？",
        diagnosis="阵发性室上性心动过速",
        history=(
            "突发心悸 2 小时入院，心电图示窄 QRS 心动过速 186 次/分，"
            "改良 Valsalva 动作后转为窦性心律，观察 24 小时未再发。"
        ),
        past_history="近 1 年类似发作 3 次，每次不足 10 分钟，自行终止；无晕厥；无器质性心脏病史。",
        examination="心率 76 次/分，律齐，各瓣膜区未闻及杂音，甲状腺不大。",
        vitals=vitals("36.4", "76", "16", "112/70", "99"),
        tests=(normal("血钾", "4.1", "mmol/L"), normal("TSH", "1.8", "mIU/L"), normal("hs-cTnT", "0.004", "μg/L")),
        treatment="改良 Valsalva 动作终止发作，心电监测。",
        medicines="无。",
        measured=2 * D, tested=2 * D,
    ),
)  # fmt: skip

HEART_FAILURE_CLOSED = Vignette(
    key="heart_failure", patient="bixiu", requester="jiashan.doctor", specialty="cardiology", title=Title.chief,
    state=State.closed, lead="expert", created=6 * D, starts=-5 * D,
    papers={
        "ecg": "心房颤动，平均心室率 112 次/分。",
        "echocardiogram": "左房内径 46 mm，LVEF 58 %，室间隔 12 mm，E/e′ 16。",
    },
    record=Chart(
        purpose="射血分数保留的心衰合并房颤，抗凝与心率控制方案请指导。",
        diagnosis="心力衰竭（HFpEF，NYHA Ⅱ 级）；持续性心房颤动；高血压 2 级 很高危",
        history="活动后气促伴双下肢水肿 2 周，利尿后好转；心电图示房颤，心室率 112 次/分，起病时间不详，未抗凝。",
        past_history="高血压 15 年；2 型糖尿病 6 年；头孢类过敏性休克史；无卒中、无出血史。",
        examination="颈静脉轻度充盈，双肺底少许湿啰音，心律绝对不齐，双踝轻度水肿。",
        vitals=vitals("36.6", "112", "19", "148/86", "96"),
        tests=(
            high("NT-proBNP", "1680", "pg/mL"), normal("肌酐", "88", "μmol/L"), normal("血钾", "4.2", "mmol/L"),
            high("糖化血红蛋白", "7.4", "%"), normal("LVEF（超声）", "58", "%"), high("左房内径", "46", "mm"),
        ),
        treatment="利尿，口服美托洛尔控制心室率。",
        medicines="美托洛尔缓释片 23.75 mg qd；呋塞米 20 mg qd；缬沙坦 80 mg qd；二甲双胍 0.5 g bid。",
        measured=6 * D + H, tested=6 * D + 3 * H,
    ),
    opinion=OpinionText(
        analysis=(
            "CHA₂DS₂-VASc 3 分（心衰、高血压、糖尿病各 1 分），HAS-BLED 0 分，有明确抗凝指征；起病时间不详，"
            "转律前须先抗凝或经食管超声排除左房血栓。心室率仍快，β 受体阻滞剂有加量空间。LVEF 58 %，符合 HFpEF。"
        ),
        diagnosis="心力衰竭（HFpEF，NYHA Ⅱ 级）；持续性心房颤动；高血压 2 级 很高危；2 型糖尿病",
        advice=(
            AdviceText("利伐沙班 20 mg 每日一次随餐，抗凝前复核血常规与肌酐清除率。", "medicine", 24 * H,
                       order="JS-1002341"),
            AdviceText("美托洛尔缓释片加至 47.5 mg 每日一次，静息心率目标 < 110 次/分。", "medicine", 24 * H,
                       order="JS-1002342"),
            AdviceText("加用达格列净 10 mg 每日一次，注意容量与泌尿系感染。", "medicine", 48 * H, order="JS-1002345"),
        ),
        follow_up=(AdviceText("1 周复查肾功能、血钾与 NT-proBNP；抗凝满 3 周后评估转律。", "observation", 7 * D),),
    ),
)  # fmt: skip

STARTED_DRAFT = Vignette(
    key="chest_pain_draft", patient="kangxiu", requester="wuxi.doctor", specialty="cardiology", title=Title.chief,
    state=State.draft, created=25 * MIN,
    record=Chart(
        purpose="",
        diagnosis="不稳定型心绞痛",
        history="近 3 天反复胸骨后压榨样疼痛，每次 5～10 分钟，休息或含服硝酸甘油缓解，今晨静息时发作 1 次。",
        past_history="高血压 10 年；吸烟 40 年；碘对比剂荨麻疹史。",
        examination="心率 78 次/分，律齐，双肺清，双下肢无水肿。",
        vitals=vitals("36.5", "78", "18", "136/82", "98"),
        tests=(
            normal("hs-cTnT（0 h）", "0.010", "μg/L"), normal("hs-cTnT（3 h）", "0.011", "μg/L"),
            high("LDL-C", "3.62", "mmol/L"), normal("肌酐", "84", "μmol/L"),
        ),
        treatment="双联抗血小板、他汀、硝酸酯类，心电监测。",
        medicines="阿司匹林 100 mg qd；替格瑞洛 90 mg bid；阿托伐他汀 40 mg qn；单硝酸异山梨酯缓释片 40 mg qd。",
        measured=2 * H, tested=3 * H,
    ),
    unfilled=frozenset({"purpose", "title_wanted", "wishes", "medicines"}),
)  # fmt: skip

VIGNETTES = (DISSECTION, CARDIOMYOPATHY, RESOLVED_PALPITATION, HEART_FAILURE_CLOSED, STARTED_DRAFT)
