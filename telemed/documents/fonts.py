"""The fonts of the prints, loaded once per process, from installed packages."""

from functools import cache
from importlib.resources import as_file, files

import typst


@cache
def fonts() -> typst.Fonts:
    """Noto Sans CJK from its wheel, and typst's fonts; none of the machine's, so that prints do not depend on it."""
    with as_file(files("noto_cjk_sans_otc")) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
