"""The 远程会诊记录单 as paper: the same on both sides, and legible where no Chinese font is installed."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.story_opinion import ADVICE, ANALYSIS, DIAGNOSIS
from tests.e2e.story_papers import Papers
from tests.e2e.story_side import Side

NO_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
# A reader of pixels takes the rare 氐 for its everyday neighbours; the text layer below is exact.
NAME_AS_READ = re.compile("秦[氐氏低底]宿")


def download(side: Side, id: str, to: Path) -> bytes:
    """By the link that the page offers."""
    side.page.goto(f"/consultations/{id}")
    link = side.page.get_by_role("link", name=re.compile("下载记录单")).first
    expect(link).to_be_visible()
    with side.page.expect_download() as begun:
        link.click()
    begun.value.save_as(to)
    data = to.read_bytes()
    assert data.startswith(b"%PDF-")
    return data


def pages_follow(side: Side, id: str, signed: bytes, folder: Path) -> None:
    """After the branch has answered and carried out, the record is as it was; what came later lies behind it."""
    assert download(side, id, folder / "later.pdf") == signed, "the signed record has changed"
    for n, part in ((1, "邀请方反馈"), (2, "建议落实情况")):
        with side.page.expect_download() as begun:
            side.page.get_by_role("link", name=f"下载附页 {n}").click()
        begun.value.save_as(folder / f"page{n}.pdf")
        assert part in plain(text_of(folder / f"page{n}.pdf"))
    with side.page.expect_download() as begun:
        side.page.get_by_role("link", name="下载阅读合并件").click()
    begun.value.save_as(folder / "together.pdf")
    whole = plain(text_of(folder / "together.pdf"))
    assert all(plain(text_of(folder / name)) in whole for name in ("later.pdf", "page1.pdf", "page2.pdf"))
    side.picture("story_pages")


def text_of(path: Path) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


def is_legible(path: Path, folder: Path, papers: Papers) -> None:
    text = plain(text_of(path))
    for part in ("远程会诊记录单", papers.name, papers.number, DIAGNOSIS, ADVICE, ANALYSIS[:20], "柳春分", "叶夏至"):
        assert plain(part) in text, f"the record lacks {part}"
    read = plain("".join(seen_by_a_reader(page) for page in rasterised(path, folder)))
    for part in ("远程会诊记录单", "急性病毒性心肌炎"):
        assert part in read, f"not legible on the rasterised page: {part}"
    assert NAME_AS_READ.search(read), "the patient's name is not legible on the rasterised page"


def rasterised(path: Path, folder: Path) -> list[Path]:
    """By a program that finds no font but those in the file."""
    nothing = folder / "no-fonts.conf"
    nothing.write_text(NO_FONTS.format(cache=folder / "font-cache"))
    alone = os.environ | {"FONTCONFIG_FILE": str(nothing), "FONTCONFIG_PATH": str(folder)}
    installed = subprocess.run(["fc-list"], env=alone, capture_output=True, text=True, check=True)
    assert installed.stdout == "", "this is meant to be a machine without fonts"
    done = subprocess.run(
        ["pdftoppm", "-r", "220", "-gray", "-png", str(path), str(folder / "page")],
        env=alone, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "font" not in done.stderr.lower(), done.stderr
    return sorted(folder.glob("page-*.png"))


def seen_by_a_reader(page: Path) -> str:
    assert shutil.which("tesseract"), "tesseract is missing; `make test` installs it, or says how"
    told = os.environ | {"OMP_THREAD_LIMIT": "1"}

    def read(picture: Path, how: str) -> str:
        command = ["tesseract", str(picture), "-", "-l", "chi_sim", "--psm", how]
        return subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout

    # As scattered words, as a page in one column, as one block: each overlooks what another finds.
    whole = "".join(read(page, how) for how in ("11", "4", "6"))
    # The head once more by itself, without the QR code beside it, and at half the size: the title's characters are
    # twice as large as those that the program knows, and it takes them for a drawing at times.
    with Image.open(page) as picture:
        head = picture.crop((picture.width // 4, 0, picture.width * 3 // 4, picture.height // 6))
        head.reduce(2).save(small := page.with_suffix(".head.png"))
    return whole + "".join(read(small, how) for how in ("4", "6"))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
