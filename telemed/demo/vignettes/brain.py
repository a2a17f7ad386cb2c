"""Brain: an old subdural haematoma whose written opinion is due."""

from datetime import timedelta

from telemed.consultations.words import Mode, State, Urgency
from telemed.demo.story import Chart, Vignette, low, normal, vitals
from telemed.people.model import Title

D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

SUBDURAL = Vignette(
    key="subdural", patient="kaiyang", requester="wuxi.doctor", specialty="neurosurgery", title=Title.associate_chief,
    state=State.answering, urgency=Urgency.urgent, mode=Mode.written, lead="neurosurgeon",
    created=45 * MIN, studies=("head",),
    record=Chart(
        purpose="1. 左侧硬膜下血肿伴中线移位，是否今日行钻孔引流？\n2. 阿司匹林停药不足，围术期如何处理？",
        diagnosis="慢性硬膜下血肿（左侧额颞顶）；中线向右移位",
        history=(
            "4 周前在家中跌倒，左额着地，当时无昏迷，未检查。近 1 周头痛、反应迟钝，2 天来右侧肢体无力，今晨家属送入。"
            "头颅 CT 平扫示左侧额颞顶部新月形低密度影，内见分隔，脑室受压，中线结构右移。"
        ),
        past_history="冠心病，长期口服阿司匹林 100 mg qd，昨日停用；高血压 20 年；磺胺类过敏（皮疹）。",
        examination="GCS 14 分（E4V4M6），双侧瞳孔等大 3 mm，对光反射灵敏；右侧肢体肌力 4 级，右侧 Babinski 征阳性。",
        vitals=vitals("36.6", "66", "17", "152/84", "97"),
        tests=(
            normal("INR", "1.02"), normal("血小板", "186", "×10⁹/L"), normal("APTT", "29.4", "s"),
            low("血钠", "133", "mmol/L"), normal("血糖", "6.2", "mmol/L"), normal("肌酐", "71", "μmol/L"),
        ),
        treatment="床头抬高 30°，停阿司匹林，左乙拉西坦预防癫痫，每小时评估意识与瞳孔，禁食备术。",
        medicines="左乙拉西坦 0.5 g bid；氨氯地平 5 mg qd（今晨已服）。",
        measured=2 * H, tested=3 * H,
    ),
)  # fmt: skip

VIGNETTES = (SUBDURAL,)
