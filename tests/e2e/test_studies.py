"""Images come in through the browser, and a person says whose they are when the header disagrees."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.e2e.cases import a_case
from tests.e2e.conftest import Arrive
from tests.e2e.folders import SLICES, choose_folder, folder_of, images_of


def row(page: Page, name: str) -> Any:
    return page.get_by_role("listitem").filter(has_text=name)


def test_a_folder_is_uploaded_and_what_is_no_image_is_refused_with_the_reason(arrive: Arrive, tmp_path: Path) -> None:
    me = arrive("wuxi.radiographer")
    case = a_case(me)
    folder = folder_of(images_of(case, 7001), tmp_path / "CT")
    (folder / "note.dcm").write_text("this is a letter")
    (folder / "cut.dcm").write_bytes((folder / "IM0000").read_bytes()[:9000])
    (folder / ".DS_Store").write_bytes(b"litter")
    me.page.goto(f"/consultations/{case['id']}/upload")
    expect(me.page.get_by_label("患者身份")).to_contain_text(case["patient"]["name"])
    choose_folder(me.page, folder)
    expect(me.page.get_by_text("上传完成")).to_be_visible()
    expect(me.page.get_by_text(f"{SLICES} / {SLICES + 2} 个文件")).to_be_visible()
    expect(me.page.get_by_text("2 个文件未收下")).to_be_visible()
    expect(row(me.page, "note.dcm")).to_contain_text("不是 DICOM 影像文件")
    expect(row(me.page, "cut.dcm")).to_contain_text("文件不完整")
    expect(row(me.page, "IM0003")).to_contain_text("已收下")
    expect(me.page.get_by_text("已登记到会诊申请")).to_be_visible()
    # The cut file named its study, so the study says that one image is missing.
    expect(me.page.get_by_text(f"{SLICES} / {SLICES + 1} 幅")).to_be_visible()
    me.shot("upload")


def test_after_a_reload_the_same_folder_goes_on_where_it_stopped(arrive: Arrive, tmp_path: Path) -> None:
    me = arrive("wuxi.radiographer")
    case = a_case(me)
    folder = folder_of(images_of(case, 7002), tmp_path / "CT")
    sent: list[str] = []
    passes = 2  # then the line is dead

    def counted(route: Route) -> None:
        if len(sent) == passes:
            route.abort()
            return
        sent.append(route.request.url)
        route.continue_()

    me.page.goto(f"/consultations/{case['id']}/upload")
    me.page.route("**/uploads", counted)
    choose_folder(me.page, folder)
    expect(me.page.get_by_text("核对中")).to_have_count(2)
    me.page.on("dialog", lambda dialog: dialog.accept())
    me.page.reload()
    # One handler for both: to take it off while the page loads may leave a request of it unanswered for ever.
    sent.clear()
    passes = SLICES
    choose_folder(me.page, folder)
    expect(me.page.get_by_text("上传完成")).to_be_visible()
    expect(me.page.get_by_text(f"{SLICES} / {SLICES} 个文件")).to_be_visible()
    assert len(sent) == SLICES - 2


def test_another_patients_images_are_not_taken_into_a_request(arrive: Arrive, tmp_path: Path) -> None:
    me = arrive("wuxi.radiographer")
    theirs = a_case(me)
    case = a_case(me, besides=theirs["patient"]["id"])
    folder = folder_of(images_of(theirs, 7004, StudyDescription="他人的 CT"), tmp_path / "CT")
    for at, said in ((theirs, "已登记到会诊申请"), (case, "该影像属于其他患者，没有列入申请：他人的 CT")):
        me.page.goto(f"/consultations/{at['id']}/upload")
        choose_folder(me.page, folder)
        expect(me.page.get_by_text("上传完成")).to_be_visible()
        expect(me.page.get_by_text(said)).to_be_visible()
    me.shot("upload_others")
    expect(me.page.get_by_role("alert")).to_contain_text(theirs["patient"]["name"])
    after = me.context.request.get(f"/api/consultations/{case['id']}").json()
    assert after["content"]["studies"] == case["content"]["studies"]


def test_a_study_that_is_in_the_archive_is_used_with_one_press(arrive: Arrive, tmp_path: Path) -> None:
    me = arrive("wuxi.radiographer")
    case = a_case(me)
    folder = folder_of(images_of(case, 7014, StudyDescription="机房直传 CT"), tmp_path / "CT")
    me.page.goto(f"/consultations/{case['id']}/upload")
    me.page.route("**/uploaded", lambda route: route.abort())  # as if the scanner had sent it by itself
    choose_folder(me.page, folder)
    expect(me.page.get_by_text("影像已收到，但没有登记到申请单")).to_be_visible()
    me.page.unroute("**/uploaded")
    me.page.reload()
    held = me.page.get_by_role("region", name="影像库中该患者的其他检查")
    row(me.page, "机房直传 CT").get_by_role("button", name="用于本次会诊").click()
    expect(me.page.get_by_text("已登记到会诊申请")).to_be_visible()
    expect(held.get_by_text("机房直传 CT")).to_have_count(0)
    expect(row(me.page, "机房直传 CT")).to_be_visible()  # among those that the request names
    studies = me.context.request.get(f"/api/consultations/{case['id']}").json()["studies"]
    assert "机房直传 CT" in [each["description"] for each in studies]


def test_a_study_whose_header_disagrees_waits_side_by_side_until_a_person_decides(
    arrive: Arrive, tmp_path: Path
) -> None:
    me = arrive("wuxi.radiographer")
    case = a_case(me)
    folder = folder_of(
        images_of(case, 7003, PatientBirthDate="19500101", StudyDescription="核对用 CT"), tmp_path / "CT"
    )
    me.page.goto(f"/consultations/{case['id']}/upload")
    choose_folder(me.page, folder)
    expect(me.page.get_by_text("上传完成")).to_be_visible()
    me.page.get_by_role("link", name="去核对身份").click()
    me.page.get_by_role("button", name="核对用 CT").click()
    birth = me.page.get_by_role("row", name="出生日期")
    expect(birth).to_contain_text("1950-01-01")
    expect(birth).to_contain_text(case["patient"]["birth_date"])
    expect(birth).to_contain_text("不一致")
    expect(me.page.get_by_role("row", name="编号")).to_contain_text("一致")
    expect(me.page.locator(".vw")).to_have_attribute("data-state", "painted")
    me.shot("studies")
    me.page.get_by_role("button", name="确认是该患者的影像").click()
    dialog = me.page.get_by_role("dialog")
    expect(dialog).to_contain_text(case["patient"]["name"])
    expect(dialog.get_by_role("button", name="确认是该患者的影像")).to_be_disabled()
    dialog.get_by_label("理由").fill("登记时出生日期录入有误，已核对腕带")
    dialog.get_by_role("button", name="确认是该患者的影像").click()
    expect(me.page.get_by_text("已确认归属")).to_be_visible()
    expect(me.page.get_by_role("button", name="核对用 CT")).to_have_count(0)
    studies = me.context.request.get(f"/api/consultations/{case['id']}").json()["studies"]
    (mine,) = [each for each in studies if each["description"] == "核对用 CT"]
    assert (mine["link"], mine["differs"]) == ("confirmed", True)


def test_the_images_of_a_case_open_beside_its_patient_in_both_languages(arrive: Arrive) -> None:
    for language in ("zh-CN", "en"):
        me = arrive("expert", language=language)
        rows = me.context.request.get("/api/consultations?limit=100").json()["items"]
        cases = (me.context.request.get(f"/api/consultations/{each['id']}").json() for each in rows)
        case = next(
            each for each in cases if any(s["link"] == "confirmed" and s["received"] > 50 for s in each["studies"])
        )
        me.page.goto(f"/consultations/{case['id']}/images")
        expect(me.page.locator(".vw")).to_have_attribute("data-state", "painted")
        expect(me.page.locator(".vw-who")).to_contain_text(case["patient"]["name"])
        expect(me.page.locator(".vw-bar")).to_be_hidden()
        me.shot("images", language)
