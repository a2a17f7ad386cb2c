"""Importing 5,000 people by the command, checked and then written."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from tests.bench.workshop import Measured, Workshop, p95
from tests.telemed.imports.books import workbook

PEOPLE = 5000
TELEMED = str(Path(sys.executable).with_name("telemed"))
HEAD = ["机构", "工号", "姓名", "科室", "职称", "任职", "手机", "执业证书编号"]


def import_5000_staff(shop: Workshop) -> Measured:
    """Both commands as they are typed, start of the program included: `--dry-run`, then the import, all or nothing."""
    tries = shop.often(5)
    took = []
    for n in range(tries):
        data = shop.folder / f"import{n}"
        _begun(data)
        file = data / "staff.xlsx"
        file.write_bytes(workbook([HEAD, *people()]))
        command = [TELEMED, "import", "staff", str(file), "--data-dir", str(data)]
        began = perf_counter()
        checked = _run([*command, "--dry-run"])
        written = _run(command)
        took.append(perf_counter() - began)
        for said in (checked, written):
            assert said.splitlines()[-1] == f"imported {PEOPLE}, changed 0, same 0, wrong 0"
    return Measured(p95(took), tries, "-")


def _begun(data: Path) -> None:
    """An installation with one hospital and a department."""
    answers = data.with_suffix(".toml")
    answers.write_text(_run([TELEMED, "init", "--example"]), encoding="utf-8")
    _run([TELEMED, "init", "--data-dir", str(data), "--answers", str(answers)])
    departments = data / "departments.csv"
    departments.write_text("机构,科室,诊疗科目代码\nwuxi,心内科,03.04\n", encoding="utf-8")
    _run([TELEMED, "import", "departments", str(departments), "--data-dir", str(data)])


def people() -> list[list[object]]:
    return [
        ["wuxi", f"W{n:05}", f"叶{chr(0x4E00 + n)}", "心内科", "主治医师", "申请、管床", f"139{n:08}", f"110{n:012}"]
        for n in range(PEOPLE)
    ]


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


MEASUREMENTS = {"import_5000_staff": import_5000_staff}
