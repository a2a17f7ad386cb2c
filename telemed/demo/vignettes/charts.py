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
