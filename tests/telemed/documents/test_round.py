"""What the prints of ward rounds show, read back as text."""

from datetime import UTC, datetime

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from telemed.documents.render import render
from tests.telemed.documents import round_samples as samples

AT = datetime(2026, 11, 26, 4, 31, 8, tzinfo=UTC)


def pages(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(pdf)]


def plain(text: str) -> str:
    return "".join(text.split())


async def test_the_note_of_a_round_shows_rank_read_back_order_and_hash() -> None:
    text = plain("".join(pages(await render(samples.round_note(), AT))))
    for part in (
        "主任医师查房记录",
        "王北辰",
        "扫腕带08:47白冬至",
        "速尿改口服，四十毫克，一天一次",
        "Y2611-041711-2610:02叶夏至",
        "未复述",
        "未登记",
        "上级医师审签",
        "查房指示非医嘱，须由本院医师开立医嘱后执行",
        "演示数据",
    ):
        assert plain(part) in text, part
    assert str(samples.SEAL.hash) in text
    assert "远程指导意见" not in text


async def test_guidance_says_so_in_title_and_frame() -> None:
    made = samples.round_note(title="远程指导意见", guidance="主查没有备案，由本院上级医师审签。")
    (page,) = pages(await render(made, AT))
    assert plain(page).count("远程指导意见") >= 2
    assert "主查没有备案" in plain(page)


async def test_a_whole_round_lists_every_bed_and_names_its_place_on_every_page() -> None:
    found = pages(await render(samples.whole_round(12), AT))
    assert len(found) > 1
    for page in found:
        assert "5病区查房单2026-11-26" in plain(page)
        assert "查房指示非医嘱，须由本院医师开立医嘱后执行" in plain(page)
    text = plain("".join(found))
    for part in ("名单12床", "顺延", "外出检查", "08:47", "已审签11-2611:31", "另有1位患者未列出"):
        assert part in text, part
