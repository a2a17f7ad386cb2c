"""An opinion in the browser: written, signed in two clicks, amended on paper, answered, executed, verified."""

import re
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, Arrive, Person, Product
from tests.e2e.looks import findings
from tests.e2e.still import settled
from tests.e2e.writing import board, choose, to_written, write


def test_an_opinion_from_the_first_word_to_the_last_order(arrive: Arrive, product: Product, tmp_path: Path) -> None:
    expert = arrive("expert")
    id = to_written(expert, product)
    page = expert.page
    page.goto(f"/consultations/{id}/opinion")
    beside_the_images(expert)
    page.get_by_role("button", name="完成意见").click()
    expect(page.get_by_text("还缺：")).to_be_visible()
    write(page)
    expect(page.get_by_text("已保存")).to_be_visible()
    page.reload()
    expect(page.get_by_label("第 2 条内容")).to_have_value("沙库巴曲缬沙坦加量")
    settled(page)
    expert.shot("opinion")
    assert findings(page) == []
    in_english(expert, id)

    page.goto(f"/consultations/{id}/opinion?lang=zh-CN")
    page.get_by_role("button", name="完成意见").dblclick()  # the second click leaves the window open
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("登录密码").fill("not the password")
    dialog.get_by_role("button", name="签署 v1").click()
    expect(dialog.get_by_text("密码不正确")).to_be_visible()
    dialog.get_by_label("登录密码").fill(PASSWORD)
    settled(page)
    expert.shot("opinion_sign")
    assert findings(page) == []
    dialog.get_by_role("button", name="签署 v1").dblclick()  # signs once, and nobody is told of another's change
    expect(page.get_by_role("link", name="下载记录单")).to_be_visible()
    expect(page.get_by_text("刚被别人改过")).to_have_count(0)

    doctor = arrive("wuxi.doctor", path=f"/consultations/{id}#advice", language="en")
    doctor.page.get_by_role("radiogroup", name="Answer to no. 2").get_by_text("Not adopted").click()
    expect(doctor.page.get_by_role("button", name="Send answers")).to_be_disabled()
    doctor.page.get_by_label("Reason for no. 2").fill("血压偏低，暂不加量")
    settled(doctor.page)
    doctor.shot("case_answering", "en")
    assert findings(doctor.page) == []
    doctor.page.get_by_role("button", name="Send answers").click()
    doctor.page.get_by_role("button", name=re.compile("Record .*no. 1")).click()
    order = doctor.page.get_by_role("dialog")
    order.get_by_label("Order number").fill("9" * 60)
    doctor.shot("order", "en")
    order.get_by_role("button", name="Record", exact=True).click()
    expect(order).to_be_hidden()
    wide = doctor.page.viewport_size
    assert wide is not None
    doctor.page.set_viewport_size({"width": 390, "height": 844})
    expect(doctor.page.get_by_text("9" * 60)).to_be_visible()
    assert findings(doctor.page) == []
    doctor.page.set_viewport_size(wide)
    closing = doctor.page.locator("#advice").get_by_role("button", name="Close")
    closing.click()
    expect(closing).to_have_count(0)
    assert board(doctor, id)["state"] == "closed"

    amend_on_paper(expert, id, tmp_path)
    for language in ("zh-CN", "en"):
        verify(expert, board(expert, id)["signed"], language)


def beside_the_images(expert: Person) -> None:
    """The images have the keys when the page opens; in the text K is a letter."""
    page = expert.page
    images = page.get_by_role("region", name="关键影像").locator("img")
    expect(page.locator(".vw")).to_have_attribute("data-state", "painted")
    expect(page.get_by_role("application")).to_be_focused()
    page.keyboard.press("k")
    expect(images).to_have_count(1)
    page.get_by_label("病情分析").press("k")
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(images).to_have_count(1)
    for width, height in ((1920, 1080), (1024, 768), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        expert.shot(f"opinion_beside_images_{width}")
        assert findings(page) == []
    page.get_by_role("button", name=re.compile("^移除")).click()
    expect(images).to_have_count(0)


def in_english(expert: Person, id: str) -> None:
    page = expert.page
    page.goto(f"/consultations/{id}/opinion?lang=en")
    expect(page.get_by_label("Text of no. 2")).to_be_visible()
    settled(page)
    expert.shot("opinion", "en")
    assert findings(page) == []
    page.get_by_role("button", name="Finish opinion").click()
    expect(page.get_by_role("button", name="Sign v1")).to_be_visible()
    settled(page)
    expert.shot("opinion_sign", "en")


def amend_on_paper(expert: Person, id: str, tmp_path: Path) -> None:
    page = expert.page
    page.get_by_role("button", name="出更正件").click()
    page.get_by_role("textbox", name="更正理由").fill("补充复查时间")
    page.get_by_role("button", name="开始更正").click()
    page.get_by_role("button", name="复查与随访：添加一条").click()
    page.get_by_label("第 3 条内容").fill("3 个月复查超声")
    choose(page, "第 3 条时限", "出院前")
    page.get_by_role("button", name="完成意见").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("纸质签名").click()
    dialog.get_by_role("button", name="打印待签件").click()
    expect(dialog.get_by_text("待签件已生成")).to_be_visible()
    scan = tmp_path / "scan.png"
    Image.new("L", (80, 60), 200).save(scan)
    dialog.locator("input[type=file]").set_input_files(scan)
    expect(dialog.get_by_text("已上传：scan.png")).to_be_visible()
    expert.shot("opinion_paper")
    dialog.get_by_role("button", name="签署 v2").click()
    expect(page.get_by_text("此前 1 个版本")).to_be_visible()


def verify(person: Person, signed: list[dict[str, Any]], language: str) -> None:
    """Without sign-in: the latest is valid, the one before was amended, and no patient is named."""
    browser = person.context.browser
    assert browser is not None
    latest, before = signed
    words = {"zh-CN": ("有效", "已修订"), "en": ("Valid", "Amended")}[language]
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale=language)
    page = context.new_page()
    for each, word in ((before, words[1]), (latest, words[0])):
        page.goto(f"{each['verify_url']}?lang={language}")
        expect(page.get_by_text(word, exact=True)).to_be_visible()
    settled(page)
    Person("nobody", context, page).shot("verify", language)
    assert findings(page) == []
    assert "陈" not in page.inner_text("main")
    context.close()
