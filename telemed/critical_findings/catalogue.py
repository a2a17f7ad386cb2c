"""The findings that a reader picks from, by modality, and the key value that the receiver reads back. Data."""

from typing import Final, NamedTuple


class Word(NamedTuple):
    zh: str
    en: str


class Listed(NamedTuple):
    """One row. What is read back is a number with this unit, or one of four words."""

    code: str
    modalities: tuple[str, ...]
    name: Word
    asks: Word  # what the key value says
    unit: str = ""
    words: tuple[Word, ...] = ()


CT, XR, MR, US, XA, NM = ("CT",), ("CR", "DX", "RF"), ("MR",), ("US",), ("XA",), ("NM", "PT")
W = Word
SIDES: Final = (W("左侧", "left"), W("右侧", "right"), W("双侧", "both sides"), W("居中", "midline"))
SIDE: Final = W("侧别", "side")

LISTED: Final = (
    Listed("intracranial_bleeding", CT + MR, W("急性颅内出血", "Acute intracranial bleeding"),
           W("血肿量", "volume of the haematoma"), "mL"),
    Listed("midline_shift", CT + MR, W("脑疝或中线明显移位", "Brain herniation or marked midline shift"),
           W("中线移位", "midline shift"), "mm"),
    Listed("large_infarct", CT + MR, W("急性大面积脑梗死", "Acute large cerebral infarct"), W("部位", "territory"),
           words=(W("左大脑中动脉", "left MCA"), W("右大脑中动脉", "right MCA"), W("基底动脉", "basilar artery"),
                  W("小脑", "cerebellum"))),
    Listed("aortic_dissection", CT + MR + XA, W("主动脉夹层", "Aortic dissection"), W("类型", "kind"),
           words=(W("A 型", "type A"), W("B 型", "type B"), W("壁内血肿", "intramural haematoma"),
                  W("破裂", "ruptured"))),
    Listed("aneurysm_rupture", CT + XA, W("主动脉瘤破裂或濒临破裂", "Ruptured or rupturing aortic aneurysm"),
           W("最大径", "largest diameter"), "mm"),
    Listed("pulmonary_embolism", CT + XA + NM, W("急性肺动脉栓塞", "Acute pulmonary embolism"), W("部位", "where"),
           words=(W("主干骑跨", "saddle"), W("左肺动脉", "left pulmonary artery"),
                  W("右肺动脉", "right pulmonary artery"), W("双侧多发", "several, both sides"))),
    Listed("tension_pneumothorax", CT + XR, W("张力性或大量气胸", "Tension or large pneumothorax"),
           W("肺压缩", "lung collapsed by"), "%"),
    Listed("perforation", CT + XR, W("消化道穿孔", "Perforated bowel or stomach"), W("游离气体部位", "free air at"),
           words=(W("右膈下", "below the right diaphragm"), W("左膈下", "below the left diaphragm"),
                  W("双侧膈下", "below both"), W("腹膜后", "retroperitoneal"))),
    Listed("organ_rupture", CT, W("腹部脏器破裂出血", "Ruptured abdominal organ"), W("脏器", "organ"),
           words=(W("肝", "liver"), W("脾", "spleen"), W("肾", "kidney"), W("其他", "another"))),
    Listed("bowel_ischaemia", CT, W("绞窄性肠梗阻或肠缺血坏死", "Strangulated or ischaemic bowel"), W("部位", "where"),
           words=(W("小肠", "small bowel"), W("右半结肠", "right colon"), W("左半结肠", "left colon"),
                  W("广泛", "extensive"))),
    Listed("necrotic_pancreatitis", CT, W("急性坏死性胰腺炎", "Acute necrotising pancreatitis"),
           W("坏死范围", "share that is necrotic"), "%"),
    Listed("spine_fracture", CT + XR + MR, W("脊柱骨折伴椎管受压", "Spine fracture with a compressed canal"),
           W("节段", "level"),
           words=(W("颈椎", "cervical"), W("胸椎", "thoracic"), W("腰椎", "lumbar"), W("骶椎", "sacral"))),
    Listed("cord_compression", MR, W("急性脊髓受压", "Acute compression of the spinal cord"), W("节段", "level"),
           words=(W("颈髓", "cervical cord"), W("胸髓", "thoracic cord"), W("圆锥", "conus"),
                  W("马尾", "cauda equina"))),
    Listed("flail_chest", CT + XR, W("多发肋骨骨折伴肺挫裂伤", "Several broken ribs with lung injury"),
           W("骨折肋骨", "ribs broken"), "根"),
    Listed("airway_body", CT + XR, W("气道异物", "Foreign body in the airway"), W("部位", "where"),
           words=(W("喉", "larynx"), W("气管", "trachea"), W("左主支气管", "left main bronchus"),
                  W("右主支气管", "right main bronchus"))),
    Listed("tamponade", US + CT, W("大量心包积液，心脏压塞", "Large pericardial effusion, tamponade"),
           W("最大深度", "greatest depth"), "mm"),
    Listed("ectopic_rupture", US, W("宫外孕破裂腹腔出血", "Ruptured ectopic pregnancy"), SIDE, words=SIDES),
    Listed("fetal_distress", US, W("胎心异常", "Abnormal fetal heart rate"), W("胎心率", "heart rate"), "次/分"),
)  # fmt: skip
"""A row for no modality would be offered nowhere; free text is offered everywhere."""
BY_CODE: Final = {each.code: each for each in LISTED}


def of_modality(modality: str) -> list[Listed]:
    return [each for each in LISTED if modality in each.modalities]
