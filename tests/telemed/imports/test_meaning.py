"""What is suggested for a name that nobody knows: what was mistyped or shortened, never another department."""

import pytest

from telemed.imports.meaning import meant
from telemed.people.specialties import OFFICES, SUBJECTS

WUXI = ["心内科", "神经内科", "神经外科", "骨科", "影像科", "呼吸内科", "急诊科", "儿科", "病理科", "检验科", "医务科"]
ENGLISH = ["Cardiology", "Neurology", "Nephrology", "Urology", "Radiology", "General surgery"]
HOSPITALS = ["瑞金医院", "无锡分院", "嘉善分院"]
TITLES = ["住院医师", "主治医师", "副主任医师", "主任医师", "护士", "技师", "行政人员"]
ROLES = ["申请医师", "陪同医师", "护士长", "责任护士", "会诊中心协调员", "会诊专家", "影像医师"]


@pytest.mark.parametrize(
    ("written", "known", "better"),
    [
        ("心内二科", WUXI, "心内科"),
        ("心血管内科", WUXI, "心内科"),
        ("心 内科", WUXI, "心内科"),
        ("神精内科", WUXI, "神经内科"),
        ("呼吸科", WUXI, "呼吸内科"),
        ("理病科", WUXI, "病理科"),
        ("医学影像科", WUXI, "影像科"),
        ("检验中心", WUXI, "检验科"),
        ("急诊", WUXI, "急诊科"),
        ("心内二科", ["内科", "外科"], "内科"),
        ("内科二", ["内科", "外科"], "内科"),
        ("嘉善", HOSPITALS, "嘉善分院"),
        ("主治医帅", TITLES, "主治医师"),
        ("申请医生", ROLES, "申请医师"),
        ("影像科医师", ROLES, "影像医师"),
        ("cardiologie", ENGLISH, "Cardiology"),
        ("Nerology", ENGLISH, "Neurology"),
        ("General surgry", ENGLISH, "General surgery"),
    ],
)
def test_what_was_mistyped_or_shortened_is_suggested(written: str, known: list[str], better: str) -> None:
    assert meant(written, known) == better


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("放射科", WUXI),
        ("远程会诊中心", WUXI),
        ("心外科", WUXI),
        ("肾内科", WUXI),
        ("神经科", WUXI),  # 神经内科 or 神经外科: nobody can say
        ("小儿呼吸内科", WUXI),
        ("妇科", WUXI),
        ("心脏外科", ["心脏内科"]),
        ("骨一科", ["骨二科"]),
        ("放射科", ["放射治疗专业"]),
        ("中医内科", ["内科"]),
        ("信息中心", ["远程会诊中心", "检验中心"]),
        ("护士", ["护士长"]),
        ("主任药师", TITLES),
        ("neurology", ["Nephrology", "Urology"]),
        ("Cardiology", ["Radiology"]),
        ("嘉兴分院", HOSPITALS),
        ("", WUXI),
        ("科", WUXI),
        ("主冶医师", TITLES),  # 主治 or 主任
    ],
)
def test_what_is_another_department_suggests_nothing(written: str, known: list[str]) -> None:
    assert meant(written, known) == ""


def test_no_subject_of_the_catalogue_is_taken_for_one_beside_it() -> None:
    """Only 内科 and 外科 for one of their parts, where the hospital has no other."""
    every = [each.name for each in (*SUBJECTS, *OFFICES)]
    found = {better for name in every if (better := meant(name, [each for each in every if each != name]))}
    assert found == {"内科", "外科"}
