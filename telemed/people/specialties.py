"""The subjects of 《医疗机构诊疗科目名录》 (the Ministry of Health, 1994, with its later additions), and our words for
the specialties.
"""

from typing import Final, NamedTuple


class Subject(NamedTuple):
    """诊疗科目: a code of the catalogue, the specialty it belongs to, and its names."""

    code: str
    specialty: str
    name: str
    name_en: str


SUBJECTS: Final = tuple(
    Subject(*each)
    for each in (
        ("01", "preventive_care", "预防保健科", "Preventive care"),
        ("02", "general_practice", "全科医疗科", "General practice"),
        ("03", "general_medicine", "内科", "Internal medicine"),
        ("03.01", "respiratory", "呼吸内科", "Respiratory medicine"),
        ("03.02", "gastroenterology", "消化内科", "Gastroenterology"),
        ("03.03", "neurology", "神经内科", "Neurology"),
        ("03.04", "cardiology", "心血管内科", "Cardiology"),
        ("03.05", "haematology", "血液内科", "Haematology"),
        ("03.06", "nephrology", "肾病学", "Nephrology"),
        ("03.07", "endocrinology", "内分泌", "Endocrinology"),
        ("03.08", "immunology", "免疫学", "Immunology"),
        ("03.09", "allergology", "变态反应", "Allergology"),
        ("03.10", "geriatrics", "老年病", "Geriatrics"),
        ("04", "surgery", "外科", "Surgery"),
        ("04.01", "general_surgery", "普通外科", "General surgery"),
        ("04.01.01", "hepatobiliary", "肝胆外科", "Hepatobiliary surgery"),
        ("04.02", "neurosurgery", "神经外科", "Neurosurgery"),
        ("04.03", "orthopaedics", "骨科", "Orthopaedics"),
        ("04.04", "urology", "泌尿外科", "Urology"),
        ("04.05", "thoracic_surgery", "胸外科", "Thoracic surgery"),
        ("04.06", "cardiac_surgery", "心脏大血管外科", "Cardiovascular surgery"),
        ("04.07", "burns", "烧伤科", "Burns"),
        ("04.08", "plastic_surgery", "整形外科", "Plastic surgery"),
        ("05", "obstetrics_gynaecology", "妇产科", "Obstetrics and gynaecology"),
        ("05.01", "gynaecology", "妇科", "Gynaecology"),
        ("05.02", "obstetrics", "产科", "Obstetrics"),
        ("05.05", "reproductive_medicine", "生殖健康与不孕症", "Reproductive medicine"),
        ("06", "womens_health", "妇女保健科", "Women's health"),
        ("07", "paediatrics", "儿科", "Paediatrics"),
        ("07.01", "neonatology", "新生儿专业", "Neonatology"),
        ("08", "paediatric_surgery", "小儿外科", "Paediatric surgery"),
        ("09", "child_health", "儿童保健科", "Child health"),
        ("10", "ophthalmology", "眼科", "Ophthalmology"),
        ("11", "otolaryngology", "耳鼻咽喉科", "Otolaryngology"),
        ("12", "dentistry", "口腔科", "Dentistry"),
        ("13", "dermatology", "皮肤科", "Dermatology"),
        ("14", "aesthetic_medicine", "医疗美容科", "Aesthetic medicine"),
        ("15", "psychiatry", "精神科", "Psychiatry"),
        ("16", "infectious_diseases", "传染科", "Infectious diseases"),
        ("17", "tuberculosis", "结核病科", "Tuberculosis"),
        ("18", "endemic_diseases", "地方病科", "Endemic diseases"),
        ("19", "oncology", "肿瘤科", "Oncology"),
        ("20", "emergency", "急诊医学科", "Emergency medicine"),
        ("21", "rehabilitation", "康复医学科", "Rehabilitation"),
        ("22", "sports_medicine", "运动医学科", "Sports medicine"),
        ("23", "occupational_medicine", "职业病科", "Occupational medicine"),
        ("24", "palliative_care", "临终关怀科", "Palliative care"),
        ("26", "anaesthesiology", "麻醉科", "Anaesthesiology"),
        ("27", "pain", "疼痛科", "Pain medicine"),
        ("28", "intensive_care", "重症医学科", "Intensive care"),
        ("30", "laboratory", "医学检验科", "Laboratory medicine"),
        ("31", "pathology", "病理科", "Pathology"),
        ("32", "radiology", "医学影像科", "Medical imaging"),
        ("32.04", "nuclear_medicine", "核医学专业", "Nuclear medicine"),
        ("32.05", "ultrasound", "超声诊断专业", "Ultrasound"),
        ("32.06", "electrocardiography", "心电诊断专业", "Electrocardiography"),
        ("32.09", "interventional_radiology", "介入放射学专业", "Interventional radiology"),
        ("32.10", "radiotherapy", "放射治疗专业", "Radiotherapy"),
        ("50", "chinese_medicine", "中医科", "Chinese medicine"),
        ("52", "integrated_medicine", "中西医结合科", "Integrated Chinese and Western medicine"),
    )
)
# Departments that treat nobody; they have no code.
OFFICES: Final = tuple(
    Subject("", *each)
    for each in (
        ("medical_office", "医务科", "Medical office"),
        ("consultation_centre", "远程会诊中心", "Remote consultation centre"),
        ("quality", "质控科", "Quality office"),
        ("information", "信息中心", "Information centre"),
        ("nursing_office", "护理部", "Nursing office"),
        ("administration", "行政科室", "Administration"),
    )
)
BY_CODE: Final = {each.code: each for each in SUBJECTS}
BY_SPECIALTY: Final = {each.specialty: each for each in (*reversed(SUBJECTS), *OFFICES)}
