"""The fonts of the prints, loaded once per process, from installed packages."""

from functools import cache
from importlib.resources import as_file, files

import typst


@cache
def fonts() -> typst.Fonts:
    """Noto Sans CJK, Noto Serif SC (both from wheels) and typst's; none of the machine's, on which no print depends."""
    with as_file(files("noto_cjk_sans_otc")) as sans, as_file(files("pylopdf_fonts_zh_cn")) as song:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(sans), str(song)])
