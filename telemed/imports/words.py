"""The words of a workbook's cells, in Chinese and English, as the pages say them (web/src/i18n)."""

from typing import Final

TITLES: Final = {
    "resident": ("住院医师", "Resident"),
    "attending": ("主治医师", "Attending"),
    "associate_chief": ("副主任医师", "Assoc. chief"),
    "chief": ("主任医师", "Chief physician"),
    "nurse": ("护士", "Nurse"),
    "technician": ("技师", "Technician"),
    "administrator": ("行政人员", "Administrative staff"),
}
# Titles that workbooks of hospitals have, and which of ours they are.
TITLES_ALSO: Final = {
    "医师": "resident",
    "医士": "resident",
    "主任医生": "chief",
    "副主任医生": "associate_chief",
    "主治医生": "attending",
    "住院医生": "resident",
    **dict.fromkeys(("护师", "护士长", "主管护师", "副主任护师", "主任护师"), "nurse"),
    **dict.fromkeys(("技士", "主管技师", "副主任技师", "主任技师", "影像技师"), "technician"),
    **dict.fromkeys(("行政", "管理人员", "管理", "工程师"), "administrator"),
}
ROLES: Final = {
    "requesting_doctor": ("申请医师", "Requesting doctor"),
    "accompanying_physician": ("陪同医师", "Accompanying physician"),
    "bed_doctor": ("管床医师", "Bed doctor"),
    "senior_doctor": ("上级医师", "Senior doctor"),
    "reviewer": ("医务科审核员", "Reviewer"),
    "duty_officer": ("总值班", "Duty officer"),
    "duty_doctor": ("病区值班医师", "Duty doctor"),
    "charge_nurse": ("护士长", "Charge nurse"),
    "primary_nurse": ("责任护士", "Primary nurse"),
    "radiographer": ("影像技师", "Radiographer"),
    "radiologist": ("影像医师", "Radiologist"),
    "trainee": ("进修医师", "Trainee"),
    "coordinator": ("会诊中心协调员", "Coordinator"),
    "dispatcher": ("科室会诊联系人", "Dispatcher"),
    "expert": ("会诊专家", "Expert"),
    "quality_officer": ("质控员", "Quality officer"),
    "administrator": ("系统管理员", "Administrator"),
}
ROLES_ALSO: Final = {
    "申请": "requesting_doctor",
    "陪同": "accompanying_physician",
    "管床": "bed_doctor",
    "审核员": "reviewer",
    "医务科": "reviewer",
    "病区值班": "duty_doctor",
    "规培医师": "trainee",
    "协调员": "coordinator",
    "专家": "expert",
    "管理员": "administrator",
}
CATEGORIES: Final = {
    "clinical": ("临床", "Clinical"),
    "dental": ("口腔", "Dental"),
    "public_health": ("公共卫生", "Public health"),
    "chinese": ("中医", "Chinese medicine"),
    "nursing": ("护理", "Nursing"),
}
SERVICES: Final = {
    "consultation": ("远程会诊", "Consultation"),
    "reading": ("远程阅片", "Reading"),
    "round": ("远程查房", "Ward round"),
    "teaching": ("远程教学", "Teaching"),
}
SERVICES_ALSO: Final = {"会诊": "consultation", "阅片": "reading", "查房": "round", "教学": "teaching"}
ROSTER_KINDS: Final = {
    "specialty": ("专科", "Specialty"),
    "department": ("科室", "Department"),
    "role": ("角色", "Role"),
}
ROSTER_KINDS_ALSO: Final = {"专业": "specialty", "病区": "department", "岗位": "role", "任职": "role"}
DAYS: Final = {"off": ("放假", "off"), "work": ("上班", "work")}
