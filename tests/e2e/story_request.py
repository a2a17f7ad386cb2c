"""Steps 2 and 3 at the branch: the doctor's request, the senior doctor's word, the medical office's approval."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.story_papers import photographed
from tests.e2e.story_side import Side

PURPOSE = "1. 是否符合急性心肌炎，能否排除冠脉病变？\n2. 心功能支持与用药如何调整？\n3. 何时可以复查心脏磁共振？"


def request(wuxi: Side, folder: Path) -> str:
    """From the admission number to the submitted request; the papers are filed as they come, the rest at the end."""
    id = begin(wuxi)
    send_images(wuxi, folder)
    file_reports(wuxi, folder)
    file_consent(wuxi, id, folder)
    wuxi.page.goto("/")
    with wuxi.counted("clicks_requester"):
        finish_and_submit(wuxi, id)
    return id


def begin(wuxi: Side) -> str:
    page = wuxi.page
    wuxi.picture("story_home_doctor")
    page.get_by_role("button", name="申请会诊").click()
    number = page.get_by_role("textbox", name="住院号 / 门诊号")
    number.fill("W0000000")
    with wuxi.forgiving(404):
        number.press("Enter")
        expect(page.get_by_text("医院系统里没有这个号码")).to_be_visible()
    wuxi.picture("story_request_begin")
    number.fill(wuxi.papers.number)
    number.press("Enter")
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}$"))
    banner = page.get_by_role("region", name="患者身份")
    expect(banner).to_contain_text(wuxi.papers.name)
    expect(page.get_by_label("初步诊断")).to_have_value("急性心肌炎可能")
    expect(page.get_by_role("button", name=re.compile("还差 .* 项"))).to_be_visible()
    wuxi.picture("story_request_prefilled")
    return page.url.rsplit("/", 1)[1]


def send_images(wuxi: Side, folder: Path) -> None:
    """A folder that also holds what is no image: refused by name, the rest kept."""
    page = wuxi.page
    series = wuxi.papers.images(folder / "CT")
    (series / "说明.dcm").write_text("not an image")
    wuxi.press("上传影像")
    wuxi.hand_over(page.get_by_role("button", name="选择文件夹"), series)
    expect(page.get_by_text("上传完成")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="说明.dcm")).to_contain_text("不是 DICOM 影像文件")
    study = page.get_by_role("checkbox", name=re.compile(wuxi.papers.examination))
    expect(study).to_be_checked()
    expect(page.get_by_text(f"{wuxi.papers.slices} 幅")).to_be_visible()
    wuxi.picture("story_request_upload")
    wuxi.press("收起上传")


def file_reports(wuxi: Side, folder: Path) -> None:
    """The specialty is the ward's own, and says which reports it needs."""
    expect(wuxi.page.locator(".ant-select", has=wuxi.page.get_by_role("combobox", name="专科"))).to_contain_text(
        "心内科"
    )
    lacking = wuxi.page.get_by_role("button", name=re.compile("^选择文件："))
    expect(lacking).to_have_count(len(wuxi.papers.checklist))
    for left, kind in zip(reversed(range(len(wuxi.papers.checklist))), wuxi.papers.checklist, strict=True):
        wuxi.hand_over(lacking.first, wuxi.papers.report(kind, folder))
        expect(lacking).to_have_count(left)


# A tab that becomes a download while the browser's driver is busy is not always reported as a page; so the page counts.
COUNT_TABS = """() => {
    const open = window.open
    window.opened = []
    window.open = (...of) => {
        const tab = open.apply(window, of)
        window.opened.push(tab !== null)
        return tab
    }
}"""


def file_consent(wuxi: Side, id: str, folder: Path) -> None:
    """Printed as a form, signed by the patient, filed as a photograph."""
    page = wuxi.page
    wuxi.press("新建知情同意")
    dialog = page.get_by_role("dialog")
    wuxi.picture("story_request_consent")
    before = list(page.context.pages)
    page.evaluate(COUNT_TABS)
    dialog.get_by_role("button", name="保存并打印同意书").click()
    expect(page.get_by_text("待上传签字页")).to_be_visible()
    assert page.evaluate("window.opened") == [True]
    for each in page.context.pages:
        if each not in before:
            each.close()
    (consent,) = wuxi.get(f"/api/requests/{id}")["consents"]
    form = page.context.request.get(f"/api/consents/{consent['id']}/form")
    assert form.headers["content-type"].startswith("application/pdf")
    paper = photographed(form.body(), folder / "签字页.jpg")
    wuxi.hand_over(page.get_by_role("button", name="上传签字页"), paper)
    expect(page.get_by_text("已生效")).to_be_visible()


def finish_and_submit(wuxi: Side, id: str) -> None:
    """What only the doctor can say, typed; everything else is there already."""
    page = wuxi.page
    page.get_by_role("button", name="申请会诊").click()
    page.get_by_role("link", name=wuxi.papers.name).click()
    page.get_by_role("textbox", name="会诊目的").fill(PURPOSE)
    wuxi.choose("职称", "主任医师")
    page.get_by_role("button", name="尽快").click()
    expect(page.get_by_role("button", name=re.compile("还差 .* 项"))).to_have_count(0)
    wuxi.picture("story_request_complete")
    expect(page.get_by_text(re.compile("提交后送.*季小暑"))).to_be_visible()
    page.get_by_role("button", name="提交审核").click()
    page.wait_for_url(f"**/consultations/{id}")
    expect(page.get_by_text(re.compile("已提交，编号 HZ-"))).to_be_visible()
    wuxi.picture("story_case_submitted")


def endorse(wuxi: Side) -> None:
    """One press from the list."""
    page = wuxi.page
    with wuxi.counted("clicks_endorse"):
        page.get_by_role("button", name=re.compile(f"^同意：上级医师审签.*{wuxi.papers.name}")).click()
        expect(page.get_by_text("已签署同意")).to_be_visible()


def approve(wuxi: Side) -> None:
    """One press from the list, with the preview looked at before."""
    page = wuxi.page
    row = page.get_by_role("button", name=re.compile(f"^同意：医务科审核.*{wuxi.papers.name}"))
    page.get_by_role("button", name=re.compile(f"预览：医务科审核.*{wuxi.papers.name}")).click()
    expect(page.get_by_role("dialog")).to_contain_text("是否符合急性心肌炎")
    wuxi.picture("story_review_preview")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with wuxi.counted("clicks_reviewer"):
        row.click()
        expect(page.get_by_text("已同意，转会诊中心受理")).to_be_visible()
    wuxi.picture("story_home_reviewer")
