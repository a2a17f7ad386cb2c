"""What the prints show, read back as text and as pixels."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from PIL import ImageChops
from PIL.Image import Image

from telemed.documents.record import AdviceGroup, PrintedAdvice
from telemed.documents.render import render, set_type
from telemed.errors import Invalid
from tests.telemed.documents import samples

AT = datetime(2026, 11, 25, 4, 31, 8, tzinfo=UTC)


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(pdf)]


def plain(text: str) -> str:
    return "".join(text.split())


async def test_a_signed_record_shows_what_it_must() -> None:
    text = plain("".join(pages(await render(samples.record(), AT))))
    for part in (
        "远程会诊记录单",
        "瑞金医院无锡分院",
        "HZ-20261125-017",
        "版本v1",
        "急会诊",
        "一、申请部分",
        "二、会诊部分",
        "未接入音视频",
    ):
        assert part in text
    for part in (
        "三、邀请方处理",
        "会诊意见供邀请方诊疗参考，诊疗决定由邀请方作出",
        "会诊建议非医嘱",
        "邀请方（盖章）",
    ):
        assert part in text
    for part in (
        "密码签名为系统确认，非可靠电子签名",
        "复查与随访",
        "保留意见",
        "逐条反馈，另出附页",
        "联合签署",
        "演示数据",
    ):
        assert part in text
    assert samples.HASH in text.replace(" ", "")
    assert "草稿" not in text
    assert "更正件" not in text


async def test_the_condition_of_a_patient_who_is_not_critical_is_not_left_blank() -> None:
    made = samples.record()
    calm = made.model_copy(update={"patient": made.patient.model_copy(update={"flag": "", "condition": "非危重"})})
    assert "病情非危重" in plain("".join(pages(await render(calm, AT))))
    assert "病情危重" in plain("".join(pages(await render(made, AT))))


async def test_every_page_names_the_patient_and_its_own_number() -> None:
    long = PrintedAdvice(n=1, text="复查血压。" * 40, kind="观察", owner="许知遥", due="立即")
    rows = [long.model_copy(update={"n": n}) for n in range(1, 21)]
    made = samples.record()
    opinion = made.opinion.model_copy(
        update={"groups": [AdviceGroup(title="会诊意见", rows=rows)], "images": made.opinion.images * 12}
    )
    found = pages(await render(made.model_copy(update={"opinion": opinion}), AT))
    assert len(found) > 3
    for n, page in enumerate(found, 1):
        text = plain(page)
        assert "陈远山" in text
        assert "住院号0026118842" in text
        assert f"第{n}页共{len(found)}页" in text
        assert "会诊建议非医嘱" in text


async def test_a_long_name_is_whole_on_every_page_and_in_the_consent_form() -> None:
    name = "阿卜杜热合曼·阿卜杜外力-吐尔逊江·买买提依明-库尔班江尼亚孜"
    made = samples.record()
    who = made.patient.model_copy(update={"name": name})
    found = pages(await render(made.model_copy(update={"patient": who}), AT))
    assert all(name in plain(page) for page in found)
    form = samples.consent(kind="patient")
    (page,) = pages(
        await render(form.model_copy(update={"patient": form.patient.model_copy(update={"name": name})}), AT)
    )
    assert name in plain(page)


async def test_a_draft_says_that_it_may_not_be_filed() -> None:
    found = pages(await render(samples.draft(), AT))
    assert all("草稿不得归档" in plain(page) for page in found)
    assert "校验值" not in plain(found[0])


async def test_an_amendment_names_what_it_replaces_and_why() -> None:
    text = plain("".join(pages(await render(samples.amended(), AT))))
    assert "更正件v2，替代v1" in text
    assert "第2条时限改为12:45前。" in text


async def test_the_same_data_gives_the_same_bytes() -> None:
    assert await render(samples.record(), AT) == await render(samples.record(), AT)
    assert await render(samples.record(printed_by="韩月白"), AT) != await render(samples.record(), AT)


async def test_key_images_are_in_the_print_with_number_and_side() -> None:
    pdf = pdfium.PdfDocument(await render(samples.record(), AT))
    images = [obj for page in pdf for obj in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(images) == 2
    text = plain("".join(page.get_textpage().get_text_bounded() for page in pdf))
    assert "图1主动脉CTA" in text
    assert "部位/侧别：胸部/双侧" in text


async def test_a_form_that_is_printed_again_has_the_words_of_its_version() -> None:
    first, later = [
        plain("".join(pages(await render(samples.consent(form_version=each), AT)))) for each in ("2026-1", "2026-2")
    ]
    covers = "本同意书适用于您本次住院（门诊为本次就诊）期间的远程会诊、远程阅片和远程查房"
    assert covers in later
    assert "了解我的病情并提出意见" in first
    for word in (covers, "查房", "阅片"):
        assert word not in first


@pytest.mark.parametrize("kind", ["", "patient", "guardian", "telephone", "emergency"])
async def test_a_consent_form_is_one_page_in_every_kind(kind: str) -> None:
    found = pages(await render(samples.consent(kind=kind, reason="昏迷", attempts="10:20 电话联系其子，未接"), AT))
    assert len(found) == 1
    text = plain(found[0])
    for part in (
        "远程医疗知情同意书",
        "录音录像",
        "监护人或近亲属",
        "电话同意",
        "紧急情况",
        "0026118842",
        # One paper of a stay covers all three, and says so.
        "适用于您本次住院（门诊为本次就诊）期间的远程会诊、远程阅片和远程查房",
        "第1页共1页",
    ):
        assert part in text
    assert ("电话联系其子" in text) is (kind == "emergency")


async def test_markup_in_the_data_stays_text() -> None:
    text = plain("".join(pages(await render(samples.record(accompanying="#panic() *a* $x$"), AT))))
    assert "#panic()*a*$x$" in text


async def test_a_rare_ideograph_is_shown_and_one_without_a_glyph_is_refused_by_name() -> None:
    assert "䶮㛃𠮷" in plain("".join(pages(await render(samples.record(accompanying="䶮㛃𠮷"), AT))))
    with pytest.raises(Invalid, match="\U00030000") as refused:
        await render(samples.record(accompanying="\U00030000"), AT)
    assert refused.value.extra == {"reason": "unprintable", "character": "\U00030000"}


def test_the_title_is_drawn_in_seven_different_characters() -> None:
    """A missing glyph would draw one and the same box seven times; this machine may have no Chinese font."""
    page = pdfium.PdfDocument(set_type(samples.record(), AT))[0]
    text = page.get_textpage()
    found = re.search(r"\s*".join("远程会诊记录单"), text.get_text_range())
    assert found
    sheet = page.render(scale=4).to_pil().convert("L")
    drawn: list[Image] = []
    for n in (n for n in range(*found.span()) if found.string[n].strip()):
        left, bottom, right, top = text.get_charbox(n)
        box = [round(4 * each) for each in (left, page.get_height() - top, right, page.get_height() - bottom)]
        drawn.append(sheet.crop((box[0], box[1], box[2], box[3])).resize((32, 32)))
    for one, other in combinations(drawn, 2):
        difference = ImageChops.difference(one, other).point(lambda level: 255 if level > 100 else 0)
        assert difference.histogram()[255] > 60


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_reader_of_pixels_reads_the_chinese(tmp_path: Path) -> None:
    pdfium.PdfDocument(set_type(samples.record(), AT))[0].render(scale=3).to_pil().save(tmp_path / "page.png")
    read = subprocess.run(
        ["tesseract", str(tmp_path / "page.png"), "-", "-l", "chi_sim", "--psm", "11"],
        capture_output=True,
        text=True,
        check=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    )
    text = plain(read.stdout)
    for part in ("远程会诊记录单", "瑞金医院无锡分院", "会诊意见供邀请方诊疗参考"):
        assert part in text


async def test_headings_are_set_in_song() -> None:
    page = pdfium.PdfDocument(await render(samples.record(), AT))[0]
    words = list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()))
    song = {plain(word.extract()) for word in words if "NotoSerifSC" in word.get_font().get_base_name()}
    assert {"瑞金医院无锡分院", "远程会诊记录单", "一、申请部分"} <= song
