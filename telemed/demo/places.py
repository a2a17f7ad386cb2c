"""The demonstration's three hospitals, with departments, venues and agreements."""

from dataclasses import dataclass

from telemed.people.model import HospitalKind

HUB = "ruijin"


@dataclass(frozen=True)
class HospitalText:
    id: str
    kind: HospitalKind
    name: str
    name_en: str
    licence_name: str
    phone: str
    endorsement: bool = True


HOSPITALS = (
    HospitalText(HUB, HospitalKind.hub, "瑞金医院", "Ruijin Hospital", "瑞金医院（演示机构）", "021-0000-0110"),
    HospitalText(
        "wuxi", HospitalKind.branch, "无锡分院", "Wuxi Branch", "瑞金医院无锡分院（演示机构）", "0510-0000-0120"
    ),
    HospitalText(
        "jiashan",
        HospitalKind.branch,
        "嘉善分院",
        "Jiashan Branch",
        "瑞金医院嘉善分院（演示机构）",
        "0573-0000-0130",
        endorsement=False,
    ),
)

# (hospital, specialty, name, name in English)
DEPARTMENTS = (
    (HUB, "cardiology", "心内科", "Cardiology"),
    (HUB, "respiratory", "呼吸与危重症医学科", "Respiratory and Critical Care"),
    (HUB, "neurosurgery", "神经外科", "Neurosurgery"),
    (HUB, "hepatobiliary", "肝胆外科", "Hepatobiliary Surgery"),
    (HUB, "orthopaedics", "骨科", "Orthopaedics"),
    (HUB, "oncology", "肿瘤科", "Oncology"),
    (HUB, "radiology", "放射科", "Radiology"),
    (HUB, "consultation_centre", "远程会诊中心", "Remote Consultation Centre"),
    (HUB, "quality", "质控科", "Quality Office"),
    (HUB, "medical_office", "医务处", "Medical Office"),
    (HUB, "information", "信息中心", "Information Centre"),
    ("wuxi", "cardiology", "心内科", "Cardiology"),
    ("wuxi", "radiology", "影像科", "Imaging"),
    ("wuxi", "medical_office", "医务科", "Medical Office"),
    ("wuxi", "respiratory", "呼吸内科", "Respiratory Medicine"),
    ("wuxi", "gastroenterology", "消化内科", "Gastroenterology"),
    ("wuxi", "endocrinology", "内分泌科", "Endocrinology"),
    ("wuxi", "general_surgery", "普外科", "General Surgery"),
    ("wuxi", "orthopaedics", "骨科", "Orthopaedics"),
    ("wuxi", "neurosurgery", "神经外科", "Neurosurgery"),
    ("wuxi", "urology", "泌尿外科", "Urology"),
    ("wuxi", "oncology", "肿瘤科", "Oncology"),
    ("wuxi", "paediatrics", "儿科", "Paediatrics"),
    ("jiashan", "general_medicine", "内科", "General Medicine"),
    ("jiashan", "medical_office", "医务科", "Medical Office"),
)

# (hospital, name, name in English)
VENUES = (
    (HUB, "远程会诊中心 1 号会诊室", "Consultation Centre, Room 1"),
    (HUB, "远程会诊中心 2 号会诊室", "Consultation Centre, Room 2"),
    ("wuxi", "无锡分院 CCU 会诊室", "Wuxi CCU Consultation Room"),
    ("wuxi", "无锡分院 5 病区示教室", "Wuxi Ward 5 Teaching Room"),
    ("wuxi", "无锡分院门诊楼 3 楼会诊室", "Wuxi Outpatient Building, 3rd Floor"),
    ("jiashan", "嘉善分院内科会诊室", "Jiashan Consultation Room"),
)

BEDS, USUAL_BEDS = {"CCU": "1-12"}, "01-24"  # of a ward, by its code
SERVICES = ("consultation", "reading", "round", "teaching")
# (number, branch)
AGREEMENTS = (("演示-协-无锡-001", "wuxi"), ("演示-协-嘉善-001", "jiashan"))
