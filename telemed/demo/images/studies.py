"""The study of each fictional patient, and how its files are made."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from telemed.demo.images.copies import copies
from telemed.demo.images.header import Files, Study
from telemed.demo.images.person import Person
from telemed.demo.images.phantom import Ellipsoid, Findings
from telemed.demo.images.synthetic import cr, ct
from telemed.demo.patients import PATIENTS
from telemed.demo.places import HOSPITALS

Make = Callable[[Study, datetime], Files]
INSTITUTION = {each.id: each.licence_name for each in HOSPITALS}


@dataclass(frozen=True)
class Examination:
    """A study; vignettes refer to it by `key`."""

    patient: str
    modality: str
    description: str
    body_part: str
    ago: timedelta
    make: Make
    laterality: str = ""
    header: Person | None = None  # the person in the header, if it is not the patient


def copied(series_name: str, *names: str) -> Make:
    return lambda study, now: copies(study, now, names, series_name=series_name)


def aorta(study: Study, now: datetime) -> Files:
    findings = Findings(contrast=True, dissection=True)
    return ct(study, now, findings, slices=200, step=1.25, series_name="主动脉 CTA 动脉期 1.25 mm")


def nodule(study: Study, now: datetime) -> Files:
    findings = Findings(nodule=Ellipsoid(76, -22, 46, 9, 9, 9))  # 18 mm, left upper lobe
    return ct(study, now, findings, slices=60, step=4, series_name="胸部平扫 4 mm")


def smaller_nodule(study: Study, now: datetime) -> Files:
    findings = Findings(nodule=Ellipsoid(76, -22, 46, 4, 4, 4))  # 8 mm, at the same place
    return ct(study, now, findings, slices=48, step=5, series_name="胸部平扫 5 mm")


def right_lower_pneumonia(study: Study, now: datetime) -> Files:
    return cr(study, now, Findings(consolidation=Ellipsoid(-80, 24, -58, 38, 42, 34)))


def left_upper_infiltrate(study: Study, now: datetime) -> Files:
    return cr(study, now, Findings(consolidation=Ellipsoid(76, 10, 62, 30, 34, 30)))


def right_effusion(study: Study, now: datetime) -> Files:
    return cr(study, now, Findings(consolidation=Ellipsoid(-88, 20, -96, 58, 70, 40)))


D, H, MIN = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
EXAMINATIONS = {
    "aorta": Examination("tianshu", "CT", "主动脉 CTA", "CHEST", 3 * H, aorta),
    "pneumonia": Examination("tianxuan", "CR", "胸部正位片", "CHEST", 4 * H, right_lower_pneumonia),
    "liver": Examination("tianji", "MR", "上腹部增强磁共振", "ABDOMEN", 20 * H,
                         copied("增强 动脉晚期", "MR-SIEMENS-DICOM-WithOverlays.dcm")),
    "shoulder": Examination("tianquan", "MR", "右肩关节磁共振", "SHOULDER", 2 * D,
                            copied("斜冠状位", "MR2_J2KR.dcm"), laterality="R"),
    "tibia": Examination("yuheng", "CR", "右小腿正位片", "LEG", 9 * D, copied("正位 AP", "RG3_J2KR.dcm"),
                         laterality="R"),
    "head": Examination("kaiyang", "CT", "头颅 CT 平扫", "HEAD", 3 * H, copied("平扫 5 mm", "693_J2KR.dcm")),
    "bone_scan": Examination("yaoguang", "NM", "全身骨显像", "WHOLEBODY", 5 * D, copied("全身 前位", "JPEG-LL.dcm")),
    "echo": Examination("beichen", "US", "经胸超声心动图", "HEART", D, copied("心尖切面", "examples_ybr_color.dcm")),
    "pancreas": Examination("zhixing", "CT", "上腹部增强 CT", "ABDOMEN", 2 * D,
                            copied("门静脉期", "explicit_VR-UN.dcm")),
    "masses": Examination("qiming", "CR", "胸部正位片", "CHEST", 2 * D, copied("正位 PA", "RG1_J2KR.dcm")),
    "haemoptysis": Examination("shenxiu", "CR", "胸部正位片", "CHEST", 90 * MIN, left_upper_infiltrate),
    "nodule": Examination("xinxiu", "CT", "胸部 CT 平扫", "CHEST", D + 6 * H, nodule),
    "nodule_before": Examination("xinxiu", "CT", "胸部 CT 平扫", "CHEST", 412 * D, smaller_nodule),
    "effusion": Examination("fangxiu", "CR", "胸部正位片", "CHEST", 30 * H, right_effusion),
    # A wrong name was chosen at the console: the patient's number with another given name and birth date.
    "disagreeing": Examination("jiaoxiu", "CR", "胸部正位片", "CHEST", D, right_effusion,
                               header=Person("W2600256", "杨轸宿", "Yang^Zhenxiu", "F", date(1963, 2, 11))),
}  # fmt: skip


def study(key: str) -> Study:
    """The study for its headers; its time counts back from the present."""
    made = EXAMINATIONS[key]
    patient = PATIENTS[made.patient]
    person = made.header or patient.person()
    plain = Study(key, patient.hospital, INSTITUTION[patient.hospital], person, made.modality, made.description,
                  made.body_part, made.ago)  # fmt: skip
    return replace(plain, laterality=made.laterality)


def files(key: str, now: datetime) -> Files:
    return EXAMINATIONS[key].make(study(key), now)
