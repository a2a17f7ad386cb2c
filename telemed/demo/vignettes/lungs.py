"""Lungs: pneumonia to be endorsed, masses, a nodule to be discussed today, and a study under the wrong name."""

from datetime import timedelta

from telemed.consultations.words import State, Urgency
from telemed.demo.story import Chart, Vignette, critical, high, low, normal, vitals
from telemed.people.model import Title

D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

PNEUMONIA = Vignette(
    key="pneumonia", patient="tianxuan", requester="wuxi.doctor", specialty="respiratory", title=Title.associate_chief,
    state=State.submitted, created=50 * MIN, studies=("pneumonia",),
    papers={"blood_gas": "未吸氧：pH 7.46，PaCO₂ 33 mmHg，PaO₂ 62 mmHg，HCO₃⁻ 23 mmol/L，乳酸 1.4 mmol/L。"},
    record=Chart(
        purpose="1. 初始经验性治疗 72 小时仍发热，是治疗失败还是需要更换病原学思路？\n2. 是否需要支气管镜检查？",
        diagnosis="社区获得性肺炎（右下叶，CURB-65 2 分）",
        history=(
            "发热、咳嗽、咳黄痰 6 天，3 天前入院，予头孢曲松联合阿奇霉素。体温由 39.4 ℃ 降至 38.3 ℃，"
            "仍咳嗽，痰量减少；今晨胸片示右下肺野大片状影。"
        ),
        past_history="2 型糖尿病 8 年；无慢性肺病；近期无住院、无旅行史；家中养鹦鹉 1 只。",
        examination="神志清，右下肺叩诊浊，可闻及支气管呼吸音与湿啰音；双下肢无水肿。",
        vitals=vitals("38.3", "104", "24", "118/70", "92"),
        tests=(
            high("白细胞", "13.8", "×10⁹/L"), high("中性粒细胞", "84.6", "%"), high("C 反应蛋白", "146", "mg/L"),
            high("降钙素原", "0.62", "ng/mL"), high("尿素", "7.8", "mmol/L"), high("随机血糖", "12.6", "mmol/L"),
            low("PaO₂（未吸氧）", "62", "mmHg"), normal("乳酸", "1.4", "mmol/L"),
        ),
        treatment="头孢曲松 2 g qd 静滴 3 天，阿奇霉素 0.5 g qd 静滴 3 天，鼻导管吸氧 2 L/min，胰岛素控制血糖。",
        medicines="头孢曲松；阿奇霉素；门冬胰岛素三餐前；盐酸氨溴索。",
        measured=90 * MIN, tested=5 * H,
    ),
)  # fmt: skip

METASTASES = Vignette(
    key="metastases", patient="qiming", requester="wuxi.doctor", specialty="oncology", title=Title.chief,
    state=State.scheduling, lead="oncologist", created=7 * H, starts=D, studies=("masses",),
    not_done={"pathology": "尚未取活检，本次会诊即请指导活检部位。"},
    record=Chart(
        purpose="1. 双肺多发结节考虑转移，原发灶如何寻找，先取哪一处活检？\n2. 活检前是否需要 PET-CT？",
        diagnosis="双肺多发占位，转移瘤可能",
        history="咳嗽 2 个月、体重下降 5 kg。胸片示双肺多发大小不等类圆形结节与肿块，边界清。无咯血、无发热、无骨痛。",
        past_history="10 年前因子宫肌瘤行全子宫切除术，病理资料在外院；不吸烟；无结核史。",
        examination="一般情况可，浅表淋巴结未及，双乳未及肿块，双肺呼吸音略低，腹软无包块。ECOG 1 分。",
        vitals=vitals("36.7", "84", "18", "124/76", "96"),
        tests=(
            normal("血红蛋白", "118", "g/L"), high("LDH", "298", "U/L"), high("CA125", "62", "U/mL"),
            normal("CEA", "3.1", "ng/mL"), normal("CA15-3", "14", "U/mL"), normal("T-SPOT", "阴性"),
        ),
        treatment="对症止咳，未用抗肿瘤药物。",
        medicines="复方甲氧那明 2 粒 tid。",
        measured=D + 3 * H, tested=2 * D,
    ),
)  # fmt: skip

NODULE = Vignette(
    key="nodule", patient="xinxiu", requester="jiashan.doctor", specialty="respiratory", title=Title.chief,
    state=State.scheduled, lead="expert2", created=20 * H, starts=3 * H, studies=("nodule",),
    not_done={"blood_gas": "静息 SpO₂ 98 %，无呼吸困难，未查动脉血气。"},
    record=Chart(
        purpose="左上叶 18 mm 实性结节，恶性可能多大？直接手术、穿刺还是 PET-CT？",
        diagnosis="左肺上叶实性结节",
        history="体检胸部 CT 发现左肺上叶实性结节 18 mm，无咳嗽、咯血、发热，体重无变化。2 年前外院胸片报告未见异常。",
        past_history="吸烟 20 年，每日 10 支，已戒 3 年；其姐患肺腺癌；无结核史。",
        examination="浅表淋巴结未及，双肺呼吸音清，无杵状指。",
        vitals=vitals("36.5", "72", "16", "132/78", "98"),
        tests=(
            normal("血红蛋白", "136", "g/L"), normal("CEA", "4.2", "ng/mL"), high("CYFRA21-1", "3.9", "ng/mL"),
            normal("NSE", "11.2", "ng/mL"), normal("FEV₁ 占预计值", "88", "%"), normal("T-SPOT", "阴性"),
        ),
        treatment="无。",
        medicines="苯磺酸氨氯地平 5 mg qd。",
        measured=D + 5 * H, tested=D + 6 * H,
    ),
)  # fmt: skip

HAEMOPTYSIS = Vignette(
    key="haemoptysis", patient="shenxiu", requester="jiashan.doctor", specialty="respiratory", title=Title.chief,
    state=State.submitted, urgency=Urgency.urgent, created=4 * MIN, studies=("haemoptysis",),
    papers={"blood_gas": "鼻导管 3 L/min：pH 7.44，PaCO₂ 35 mmHg，PaO₂ 76 mmHg，乳酸 1.6 mmol/L。"},
    record=Chart(
        purpose="1. 咯血约 200 mL/24 h，是否需要急诊支气管动脉栓塞，能否转运？\n2. 转运前气道如何保护？",
        diagnosis="咯血（中等量）；左上肺浸润影性质待查",
        history="咳嗽、低热 1 个月，昨夜起咯鲜红色血，至今约 200 mL，最近一次 40 分钟前约 30 mL。无胸痛、无晕厥。",
        past_history="20 年前患肺结核，自述治愈，资料不详；吸烟 25 年；无抗凝药物史。",
        examination="神志清，稍紧张，左上肺可闻及湿啰音，余肺清；无杵状指，双下肢无水肿。",
        vitals=vitals("37.6", "108", "22", "128/80", "95"),
        tests=(
            low("血红蛋白", "108", "g/L"), normal("血小板", "212", "×10⁹/L"), normal("INR", "1.05"),
            high("D-二聚体", "0.72", "mg/L FEU"), normal("乳酸", "1.6", "mmol/L"), critical("痰抗酸染色", "阳性（1+）"),
        ),
        treatment="左侧卧位，吸氧，垂体后叶素静滴，单间隔离，备吸引与气管插管，交叉配血。",
        medicines="垂体后叶素 6 U/h 泵入；氨甲环酸 0.5 g 静滴。",
        measured=15 * MIN, tested=2 * H,
    ),
)  # fmt: skip

WRONG_NAME = Vignette(
    key="effusion", patient="jiaoxiu", requester="wuxi.doctor", specialty="respiratory", title=Title.attending,
    state=State.returned, created=D, studies=("disagreeing",), missing=("studies", "checklist.blood_gas"),
    reason="所附胸片的姓名、出生日期与病人不符，请影像科核对后再提交；并请补查动脉血气。",
    not_done={"blood_gas": "未查。"},
    record=Chart(
        purpose="右侧胸腔积液抽液后再发，下一步检查如何安排，是否需要内科胸腔镜？",
        diagnosis="右侧胸腔积液（渗出液）",
        history="活动后气促 3 周，超声示右侧中等量积液，已抽液 2 次共 1500 mL，10 天后积液再次出现。无发热、盗汗。",
        past_history="高血压 6 年；不吸烟；无结核接触史。",
        examination="右下肺呼吸音低，叩诊浊；浅表淋巴结未及。",
        vitals=vitals("36.8", "86", "20", "130/78", "95"),
        tests=(
            high("胸水蛋白", "42", "g/L"), high("胸水 LDH", "386", "U/L"), normal("胸水 ADA", "14", "U/L"),
            high("胸水 CEA", "46", "ng/mL"), normal("血清 CEA", "4.6", "ng/mL"),
        ),
        treatment="胸腔穿刺抽液 2 次。",
        medicines="缬沙坦 80 mg qd。",
        measured=D, tested=3 * D,
    ),
)  # fmt: skip

VIGNETTES = (PNEUMONIA, METASTASES, NODULE, HAEMOPTYSIS, WRONG_NAME)
