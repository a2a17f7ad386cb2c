"""A screen on a ward becomes a device, tests itself and shows its next meeting; a stolen one is revoked."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import SCREENS, Arrive, Product
from tests.e2e.looks import findings
from tests.e2e.still import options, settled

WORDS = {
    "zh-CN": ("显示登记码", "登记设备", "登记码", "名称", "所在会诊室", "全部正常", "停用", "开始检查"),
    "en": ("Show a code", "Register a device", "Code", "Name", "Stands in", "Everything works", "Revoke", "Run check"),
}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_screen_is_registered_by_its_code_and_revoked(
    arrive: Arrive, chromium: Browser, product: Product, language: str
) -> None:
    show, register, code_word, name_word, stands_in, works, revoke, run = WORDS[language]
    device = chromium.new_context(
        base_url=product.origin, viewport={"width": 1024, "height": 768}, permissions=["camera", "microphone"]
    )
    try:
        screen = device.new_page()
        screen.goto(f"/device?lang={language}")
        screen.get_by_role("button", name=show).click()
        code = screen.get_by_role("status").first.inner_text()
        settled(screen)
        assert findings(screen) == []
        screen.screenshot(path=SCREENS / f"device_code_{language}.png")

        admin = arrive("admin", path="/admin/devices", language=language)
        page = admin.page
        page.get_by_role("button", name=register).click()
        name = f"1 {language}"
        page.get_by_label(code_word, exact=False).first.fill(code.lower())
        page.get_by_label(name_word, exact=False).first.fill(name)
        options(page, page.get_by_role("combobox", name=stands_in)).nth(1).click()
        settled(page)
        admin.shot("device_register", language)
        page.get_by_role("dialog").get_by_role("button", name=register).click()
        row = page.get_by_role("listitem").filter(has_text=name)
        expect(row).to_be_visible()

        expect(screen.get_by_role("heading", name=name)).to_be_visible()
        # Its own test waits while somebody meets soon, as in a new demonstration.
        screen.get_by_role("button", name=run).click()
        expect(screen.get_by_text(works)).to_be_visible()
        settled(screen)
        assert findings(screen) == []
        screen.screenshot(path=SCREENS / f"device_{language}.png", full_page=True)
        screen.set_viewport_size({"width": 360, "height": 780})
        settled(screen)
        assert findings(screen) == []
        screen.screenshot(path=SCREENS / f"device_360_{language}.png", full_page=True)

        page.reload()
        settled(page)
        assert findings(page) == []
        admin.shot("devices", language)
        row.get_by_role("button", name=revoke).click()
        page.get_by_role("dialog").get_by_role("button", name=revoke).click()
        expect(row.get_by_role("button", name=revoke)).to_have_count(0)
        screen.reload()
        expect(screen.get_by_role("button", name=show)).to_be_visible()
    finally:
        device.close()
