"""An opinion as the expert writes it on its page."""

from typing import Any

from playwright.sync_api import Page

from tests.e2e.cases import consultations
from tests.e2e.conftest import Person, Product
from tests.e2e.still import options


def to_written(expert: Person, product: Product) -> str:
    """A consultation that the expert leads and has not begun is answered in writing."""
    found = next(each for each in consultations(expert) if each["state"] == "accepted")
    answer = expert.context.request.post(
        f"/api/consultations/{found['id']}/written",
        data={"reason": "书面答复"},
        headers={"Origin": product.origin, "If-Match": f'"{found["version"]}"'},
    )
    assert answer.ok, answer.text()
    return str(found["id"])


def choose(page: Page, name: str, value: str) -> None:
    options(page, page.get_by_role("combobox", name=name)).get_by_text(value, exact=True).click()


def write(page: Page) -> None:
    page.get_by_label("病情分析").fill("扩张型心肌病可能，需除外缺血性。")
    page.get_by_label("会诊诊断").fill("扩张型心肌病待排")
    page.get_by_role("button", name="会诊意见：添加一条").click()
    page.get_by_label("第 1 条内容").fill("完善心脏磁共振")
    choose(page, "第 1 条时限", "24 小时内")
    page.get_by_role("button", name="用药建议：添加一条").click()
    page.get_by_label("第 2 条内容").fill("沙库巴曲缬沙坦加量")
    choose(page, "第 2 条时限", "今日内")


def board(person: Person, id: str) -> Any:
    return person.context.request.get(f"/api/consultations/{id}/opinion").json()
