"""Attachments over a bad network: they go on by themselves, arrive once, and what is refused can be sent again."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Arrive, Person, Product
from tests.e2e.still import settled

LOSE_THE_FIRST = """() => {
  const send = XMLHttpRequest.prototype.send
  window.sent = 0
  XMLHttpRequest.prototype.send = function (body) {
    if (window.sent++ === 0) this.onload = () => this.onerror()
    return send.call(this, body)
  }
}"""
NOBODY = {"number": None, "name": "无名氏 附件", "sex": "male", "estimated_age": 60, "temporary": True}


@pytest.fixture
def doctor(arrive: Arrive, product: Product) -> Iterator[Person]:
    """At a request of their own, which goes again."""
    person = arrive("wuxi.doctor")
    origin = {"Origin": product.origin}
    patient = person.context.request.post("/api/patients", data=NOBODY, headers=origin).json()
    made = person.context.request.post("/api/requests", data={"patient_id": patient["id"]}, headers=origin).json()
    person.page.goto(f"/requests/{made['id']}")
    settled(person.page)
    yield person
    person.context.set_offline(False)
    version = request(person)["version"]
    address = f"/api/requests/{made['id']}"
    answer = person.context.request.delete(address, headers=origin | {"If-Match": f'"{version}"'})
    assert answer.ok, answer.text()


def request(person: Person) -> Any:
    return person.context.request.get(f"/api/requests/{person.page.url.rsplit('/', 1)[1]}").json()


def choose(page: Page, *files: Path) -> None:
    part = page.locator("section").filter(has=page.get_by_role("heading", name="附件"))
    with page.expect_file_chooser() as chooser:
        part.get_by_role("button", name="选择文件", exact=True).last.click()
    chooser.value.set_files(list(files))


def pdf(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF-1.7\n" + name.encode() + b"x" * 200_000)
    return path


def test_without_a_network_it_waits_and_then_goes_on_by_itself(doctor: Person, tmp_path: Path) -> None:
    page = doctor.page
    doctor.context.set_offline(True)
    choose(page, pdf(tmp_path, "外院病历.pdf"))
    expect(page.get_by_text(re.compile("外院病历.pdf 暂停，恢复后自动继续：网络不通"))).to_be_visible()
    page.get_by_text("外院病历.pdf 暂停").scroll_into_view_if_needed()
    doctor.shot("request_attachment_waiting")
    doctor.context.set_offline(False)
    expect(page.get_by_role("link", name="打开 外院病历.pdf")).to_be_visible()
    assert [each["title"] for each in request(doctor)["packet"]] == ["外院病历.pdf"]


def test_answers_that_are_lost_make_no_second_file(doctor: Person, tmp_path: Path) -> None:
    """The server has taken it, both times, and the browser has not heard so."""
    page = doctor.page
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.headers["idempotency-key"])
        assert route.fetch().ok
        route.abort("connectionreset")

    page.evaluate(LOSE_THE_FIRST)
    page.route("**/packet", lose_the_first)
    choose(page, pdf(tmp_path, "化验单.pdf"))
    expect(page.get_by_role("link", name="打开 化验单.pdf")).to_be_visible()
    expect(page.get_by_text(re.compile("化验单.pdf (上传中|暂停)"))).to_have_count(0)
    assert len(lost) == 1
    assert page.evaluate("() => window.sent") == 2
    assert [each["title"] for each in request(doctor)["packet"]] == ["化验单.pdf"]
    expect(page.get_by_text("没有重复添加")).to_have_count(0)


def test_the_same_file_again_is_said_to_be_there(doctor: Person, tmp_path: Path) -> None:
    page = doctor.page
    path = pdf(tmp_path, "超声.pdf")
    choose(page, path)
    expect(page.get_by_role("link", name="打开 超声.pdf")).to_be_visible()
    choose(page, path)
    expect(page.get_by_text("「超声.pdf」已在附件中，没有重复添加。")).to_be_visible()
    assert len(request(doctor)["packet"]) == 1


def test_what_is_refused_says_why_and_can_be_sent_again(doctor: Person, tmp_path: Path) -> None:
    page = doctor.page
    path = tmp_path / "说明.pdf"
    path.write_text("not a PDF at all")
    choose(page, path, pdf(tmp_path, "心电图.pdf"))
    failed = page.get_by_role("alert").filter(has_text="说明.pdf 没有上传成功：只接受 PDF")
    expect(failed).to_be_visible()
    expect(page.get_by_role("link", name="打开 心电图.pdf")).to_be_visible()
    doctor.shot("request_attachment_failed")
    row = page.get_by_role("listitem").filter(has_text="说明.pdf")
    row.get_by_role("button", name="重试").click()
    expect(failed).to_be_visible()
    row.get_by_role("button", name="放弃").click()
    expect(row).to_have_count(0)
    assert [each["title"] for each in request(doctor)["packet"]] == ["心电图.pdf"]
