"""The fonts of the prints, loaded once in a process: they ship with the installed packages, not with the machine."""

from functools import cache
from importlib.resources import as_file, files

import typst


@cache
def fonts() -> typst.Fonts:
    """Noto Sans CJK from its wheel, and what typst embeds. Fonts of the machine are left out: it may have none."""
    with as_file(files("noto_cjk_sans_otc")) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
