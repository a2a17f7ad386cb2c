"""What the two hospitals have in their own lists: departments, people, wards, as an IT engineer enters them."""

from tests.telemed.imports.books import workbook

Row = tuple[str, ...]
HUB_DEPARTMENTS: tuple[Row, ...] = (
    ("科室", "专业"),
    ("心内科", "心血管内科"),
    ("放射科", "医学影像科"),
    ("医务处", "医务科"),
    ("远程会诊中心", "远程会诊中心"),
)
STAFF: Row = (
    "工号", "姓名", "科室", "职称", "任职", "用户名", "执业证书编号", "备案机构", "备案号", "备案起始", "备案截止",
)  # fmt: skip
REGISTERED = ("无锡分院", "WX-2026-001", "2026-01-01", "2036-12-31")
HUB_STAFF: tuple[Row, ...] = (
    STAFF,
    ("R0101", "柳春分", "心内科", "主任医师", "会诊专家", "expert", "1103 1000 0000 101", *REGISTERED),
    ("R0201", "汪雨水", "远程会诊中心", "管理人员", "会诊中心协调员", "coordinator", "", "", "", "", ""),
    ("R0301", "阮大暑", "医务处", "副主任医师", "总值班", "duty", "1103 1000 0000 301", "", "", "", ""),
)
WUXI_STAFF: tuple[Row, ...] = (
    STAFF[:7],
    ("W0011", "叶夏至", "心内科", "主治医师", "申请医师、陪同医师、管床医师", "wuxi.doctor", "1103 2000 0000 011"),
    ("W0012", "季小暑", "心内科", "主任医师", "上级医师", "wuxi.chief", "1103 2000 0000 012"),
    ("W0021", "温处暑", "医务科", "管理人员", "医务科审核员", "wuxi.coordinator", ""),
)
WUXI_WARDS: tuple[Row, ...] = (("病区代码", "病区名称", "科室", "床位"), ("W05", "5 病区", "心内科", "01-12"))


def csv(rows: tuple[Row, ...]) -> bytes:
    """As a Chinese Excel saves it."""
    return "\r\n".join(",".join(row) for row in rows).encode("gb18030")


def xlsx(rows: tuple[Row, ...]) -> bytes:
    return workbook(rows)
