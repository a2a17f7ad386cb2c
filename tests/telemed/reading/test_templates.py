"""Report templates: seven to begin with, a department's own versions, choices and blanks, and phrases."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemed.access.model import Role
from telemed.audit.model import AuditEvent
from telemed.people.model import Title
from telemed.reading import slots
from telemed.reading.templates import PHRASES, TEMPLATES
from tests.telemed.conftest import Call, World, rows
from tests.telemed.reading.helpers import act, claimed, person, save

OURS = {"name": "胸部 CT 低剂量", "modality": "CT", "part": "chest", "findings": "肺：【未见|可见】结节。"}


@pytest.mark.parametrize(
    ("text", "normal", "blanks"),
    [
        ("肺：【未见|可见】结节。", "肺：未见结节。", []),
        ("【a｜b】【c|d|e】", "ac", []),
        ("长径 【__ mm】，【未见|可见】分叶", "长径 【__ mm】，未见分叶", ["【__ mm】"]),
        ("【注】不是选项，【】也不是", "【注】不是选项，【】也不是", []),
        ("【未见\n|可见】", "【未见\n|可见】", []),
        ("【|可见】", "", []),
    ],
)
def test_a_choice_is_its_first_option_and_a_blank_is_never_guessed(text: str, normal: str, blanks: list[str]) -> None:
    assert (slots.normal(text), slots.blanks(text)) == (normal, blanks)


@given(st.text("【】|｜_未 a\n", max_size=30))
def test_no_choice_is_left_and_nothing_outside_slots_changes(text: str) -> None:
    once = slots.normal(text)
    assert slots.normal(once) == once or "【" in once
    assert slots.normal(text.translate({ord("|"): "、", ord("｜"): "、"})) == text.translate(
        {ord("|"): "、", ord("｜"): "、"}
    )


def test_what_the_product_brings_can_be_submitted_at_once() -> None:
    for each in TEMPLATES:
        texts = [slots.normal(text) for text in (each.technique, each.findings, each.impression)]
        assert all(texts), each.key
        assert "【" not in "".join(texts), each.key
    assert len({each.key for each in TEMPLATES}) == len(TEMPLATES) == 7


async def templates(call: Call, who: str = "reader") -> Any:
    status, found = await call(who, "GET", "/report-templates")
    assert status == 200, found
    return found


async def put(call: Call, key: str, number: int, who: str = "chief_reader", **text: str) -> Any:
    return await call(
        who, "PUT", f"/report-templates/{key}", json=OURS | text, headers={"If-Match": f'"{number}"'}
    )  # fmt: skip


async def test_a_department_writes_its_own_versions(call: Call, world: World) -> None:
    first = await templates(call)
    assert [each["number"] for each in first["templates"]] == [1] * 7
    assert [first["may_edit"], (await templates(call, "chief_reader"))["may_edit"]] == [False, True]
    status, refused = await put(call, "chest_ct", 1, who="reader")
    assert (status, refused["reason"]) == (403, "template_editors")
    status, saved = await put(call, "chest_ct", 1)
    assert (status, saved["number"], saved["saved_by"]) == (200, 2, "chief_reader")
    status, stale = await put(call, "chest_ct", 1)
    assert (status, stale["current"]["number"]) == (412, 2)
    assert [each["name"] for each in (await templates(call))["templates"] if each["key"] == "chest_ct"] == [
        OURS["name"]
    ]
    _, all_of = await call("reader", "GET", "/report-templates/chest_ct/versions")
    assert [each["number"] for each in all_of["items"]] == [2, 1]
    status, gone = await call(
        "chief_reader", "POST", "/report-templates/chest_ct/retire", headers={"If-Match": '"2"'}
    )  # fmt: skip
    assert (status, gone["retired"], gone["number"]) == (200, True, 3)
    assert (await templates(call))["templates"][-1]["key"] == "chest_ct", "those in use come first"
    changes = [each.change for each in await rows(world.db, AuditEvent) if each.action == "reading.template_saved"]
    assert [each and each["after"].get("retired") for each in changes] == [None, True]


async def test_another_hospital_has_its_own(call: Call, world: World) -> None:
    await person(world, "theirs", "wuxi", Role.radiologist, Title.chief)
    assert (await put(call, "chest_ct", 1))[0] == 200
    assert all(each["number"] == 1 for each in (await templates(call, "theirs"))["templates"])
    status, made = await call("theirs", "POST", "/report-templates", json=OURS)
    assert status == 201, made
    assert made["key"] not in {each["key"] for each in (await templates(call))["templates"]}
    assert (await call("reader", "GET", f"/report-templates/{made['key']}/versions"))[0] == 404
    assert (await put(call, made["key"], 1))[0] == 404


async def test_a_report_from_a_template_is_submitted_without_open_slots(call: Call, study: Any) -> None:
    one = await claimed(call, study)
    text = {"technique": "层厚 【1.25|5】 mm", "findings": "肺：【未见|可见】结节，长径 【__ mm】。"}
    status, report = await save(call, one["id"], 0, **text, template="chest_ct/1")
    assert (status, report["template"]) == (200, "chest_ct/1")
    status, refused = await act(call, "reader", one, "submit", report_version=report["version"])
    assert (status, refused["reason"], refused["blanks"]) == (422, "blanks_left", ["【__ mm】"])
    _, report = await save(call, one["id"], report["version"], **text | {"findings": "肺：【未见|可见】结节。"})
    status, out = await act(call, "reader", one, "submit", report_version=report["version"])
    assert (status, out["report"]["technique"], out["report"]["findings"]) == (200, "层厚 1.25 mm", "肺：未见结节。")
    status, refused = await act(call, "chief_reader", out, "issue", findings="长径 【__ mm】。", impression="a")
    assert (status, refused["reason"]) == (422, "blanks_left")
    status, out = await act(call, "chief_reader", out, "issue", findings="肺【清晰|增多】。", impression="a")
    assert (status, out["report"]["findings"]) == (200, "肺清晰。")


async def test_phrases_are_ones_own(call: Call) -> None:
    status, kept = await call("reader", "POST", "/report-phrases", json={"text": " 建议随访。 "})
    assert (status, kept["text"]) == (201, "建议随访。")
    assert (await call("reader", "POST", "/report-phrases", json={"text": "建议随访。"}))[1]["id"] == kept["id"]
    assert [each["text"] for each in (await templates(call))["phrases"]][:2] == ["建议随访。", PHRASES[0]]
    assert kept["text"] not in {each["text"] for each in (await templates(call, "reader2"))["phrases"]}
    assert (await call("reader2", "DELETE", f"/report-phrases/{kept['id']}"))[0] == 404
    assert (await call("reader", "DELETE", f"/report-phrases/{kept['id']}"))[0] == 204
