"""Charts of patients without a request, which the hospital system can fill in."""

from datetime import timedelta

from telemed.demo.story import Chart, high, low, normal, vitals

H = timedelta(hours=1)

CHARTS = {
    "dixiu": Chart(
        purpose="",
        diagnosis="急性心肌炎可能",
        history=(
            "1 周前上呼吸道感染，3 天来胸闷、乏力，活动后气促，昨日入院。心电图示广泛导联 T 波低平，"
            "超声心动图 LVEF 46 %，少量心包积液。"
        ),
        past_history="体健，无心脏病史，无药物过敏，末次月经 10 天前。",
        examination="神志清，心率 104 次/分，律齐，第一心音低钝，未闻及杂音及心包摩擦音，双肺清，双下肢无水肿。",
        vitals=vitals("37.1", "104", "20", "102/66", "97"),
        tests=(
            high("hs-cTnT", "0.286", "μg/L"),
            high("CK-MB", "18.4", "ng/mL"),
            high("NT-proBNP", "1260", "pg/mL"),
            high("C 反应蛋白", "22", "mg/L"),
            low("LVEF（超声）", "46", "%"),
            normal("血钾", "4.0", "mmol/L"),
        ),
        treatment="卧床休息，心电监测，吸氧，限制液体。",
        medicines="培哚普利 2 mg qd；辅酶 Q10 10 mg tid。",
        measured=2 * H,
        tested=5 * H,
    ),
    "jixiu": Chart(
        purpose="",
        diagnosis="病态窦房结综合征，永久起搏器植入术后",
        history=(
            "反复黑矇 2 月，动态心电图示窦性停搏最长 4.6 秒，13 天前入院，10 天前植入双腔永久起搏器。"
            "切口愈合好，近 2 天心电监测偶见心房间断失夺获，无黑矇。"
        ),
        past_history="高血压 8 年；前列腺增生；无药物过敏。",
        examination="起搏器囊袋无红肿、无波动感，心率 62 次/分，律齐，双肺清，双下肢无水肿。",
        vitals=vitals("36.6", "62", "18", "128/74", "97"),
        tests=(
            normal("血钾", "4.2", "mmol/L"),
            normal("肌酐", "86", "μmol/L"),
            normal("hs-cTnT", "0.012", "μg/L"),
            high("NT-proBNP", "410", "pg/mL"),
        ),
        treatment="心电监测，囊袋换药，口服降压药。",
        medicines="氨氯地平 5 mg qd；阿托伐他汀 20 mg qn。",
        measured=3 * H,
        tested=20 * H,
    ),
    "douxiu": Chart(
        purpose="",
        diagnosis="持续性心房颤动；慢性肾功能不全（CKD 3b 期）",
        history=(
            "心悸、乏力 3 周，心电图示房颤，心室率 124 次/分，17 天前入院。控制心室率后症状减轻；"
            "CHA₂DS₂-VASc 4 分，已启动抗凝。"
        ),
        past_history="高血压 20 年；糖尿病 10 年；头孢曲松皮疹史；无出血史。",
        examination="心率 82 次/分，心律绝对不齐，双肺底清，双踝轻度水肿，皮肤无瘀斑。",
        vitals=vitals("36.4", "82", "18", "132/70", "97"),
        tests=(
            high("肌酐", "132", "μmol/L"),
            low("肌酐清除率", "38", "mL/min"),
            normal("血红蛋白", "131", "g/L"),
            normal("血钾", "4.6", "mmol/L"),
            high("NT-proBNP", "980", "pg/mL"),
        ),
        treatment="控制心室率，口服抗凝，限盐。",
        medicines="利伐沙班 15 mg qd；美托洛尔缓释片 47.5 mg qd；缬沙坦 80 mg qd。",
        measured=2 * H,
        tested=18 * H,
    ),
    "fangxiu": Chart(
        purpose="",
        diagnosis="慢性阻塞性肺疾病急性加重",
        history="反复咳嗽咳痰 15 年，受凉后气促加重 3 天，昨日入院，予支气管舒张剂雾化与抗感染后稍好转。",
        past_history="吸烟 45 年，已戒 2 年；高血压 8 年；无哮喘史。",
        examination="桶状胸，双肺呼吸音低，散在哮鸣音，双下肢无水肿。",
        vitals=vitals("37.4", "98", "23", "138/80", "91"),
        tests=(
            high("白细胞", "11.2", "×10⁹/L"),
            high("C 反应蛋白", "34", "mg/L"),
            low("PaO₂（未吸氧）", "61", "mmHg"),
            high("PaCO₂（未吸氧）", "48", "mmHg"),
            normal("NT-proBNP", "180", "pg/mL"),
        ),
        treatment="雾化布地奈德与特布他林，控制性吸氧，莫西沙星静滴。",
        medicines="布地奈德、特布他林雾化；莫西沙星 0.4 g qd；氨氯地平 5 mg qd。",
        measured=3 * H,
        tested=6 * H,
    ),
}
