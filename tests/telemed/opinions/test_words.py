"""How the record says what the wire says in codes."""

import re
from pathlib import Path
from typing import Any

import pytest

from telemed.cases.model import ItemKind, PacketItem
from telemed.consultations.model import Consultation
from telemed.consultations.rules import gate
from telemed.consultations.rules.content import CHECKLISTS, DEFAULT_CHECKLIST
from telemed.kit.table import new_id
from telemed.opinions import words
from telemed.people.model import Allergy, Patient, Sex
from tests.telemed.conftest import NOW


@pytest.mark.parametrize(
    ("critical", "isolation", "printed"),
    [
        (True, False, "危重"),
        (True, True, "危重　隔离"),
        (False, True, "非危重　隔离"),
        (False, False, "非危重"),
    ],
)
def test_the_condition_is_always_said_and_never_judged(critical: bool, isolation: bool, printed: str) -> None:
    patient = Patient(
        hospital_id="wuxi",
        name="秦氐宿",
        sex=Sex.female,
        allergy=Allergy.none,
        critical=critical,
        isolation=isolation,
    )
    assert words.condition(patient) == printed


def test_what_a_session_began_without_is_printed_in_words_and_never_in_codes() -> None:
    lacks = {"started_with_missing": ["images", "checklist.ecg", "of_a_later_release"], "missing_reason": "病情急"}
    row = Consultation(**dict[str, Any](lacks))
    assert words.started_without(row) == "影像未收齐、缺心电图、其他未齐事项。理由：病情急"


@pytest.mark.parametrize(("mdt", "lead"), [(False, "主会诊专家"), (True, "主持人")])
def test_who_leads_an_mdt_stands_on_paper_as_its_chair(mdt: bool, lead: str) -> None:
    row = Consultation(**dict[str, Any]({"mdt": mdt, "started_with_missing": ["credential"], "missing_reason": ""}))
    assert words.lead_of(row) == lead
    assert words.started_without(row) == f"{lead}资质未核实或已过期"


def test_every_item_that_a_specialty_asks_for_has_its_word() -> None:
    asked = {each for items in CHECKLISTS.values() for each in items} | set(DEFAULT_CHECKLIST)
    assert asked <= words.CHECKLIST.keys()


def test_every_line_of_the_gate_that_may_be_missing_has_its_word() -> None:
    """Nothing starts without consent and identity, and who is here blocks nothing."""
    source = Path(gate.__file__).read_text(encoding="utf-8")
    keys = set(re.findall(r'key="(\w+)"', source)) | {"devices_hub", "devices_branch"}
    assert len(keys) > 4
    assert keys - {"consent", "identity", "accompanying_here"} <= words.LACKS.keys()


def test_the_packet_is_printed_by_what_it_held() -> None:
    def item(kind: ItemKind, checklist: str | None = None) -> PacketItem:
        of = {"case_id": new_id(), "activity": "consultation", "activity_id": new_id(), "hospital_id": "wuxi"}
        return PacketItem.model_validate(
            of | {"version": 1, "added_at": NOW, "kind": kind, "checklist": checklist, "title": "扫描 😀.pdf"}
        )

    held = [
        item(ItemKind.study),
        item(ItemKind.file, "laboratory"),
        item(ItemKind.not_done, "ecg"),
        item(ItemKind.file),
    ]
    assert words.packet(2, held) == "第 2 版：影像检查 1 项；检验报告、心电图（未做）；其他资料 1 项"
    assert words.packet(1, []) == "第 1 版"
