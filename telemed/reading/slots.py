"""Slots of a report template: what its reader chooses or fills in. Pure; the page has the same rules in slots.ts.

In the text stand 【未见|可见】, a choice whose first option is the normal one, and 【__ mm】, a blank with its unit.
Other text in 【】 is text.
"""

import re
from typing import Final

CHOICE: Final = re.compile(r"【([^【】|｜\n]*)[|｜][^【】\n]*】")
BLANK: Final = re.compile(r"【[^【】|｜\n]*__[^【】|｜\n]*】")


def normal(text: str) -> str:
    """The text with the first option of each choice that is still open."""
    return CHOICE.sub(lambda found: found[1].strip(), text)


def blanks(*texts: str) -> list[str]:
    """The blanks that nobody has filled in, as they stand in the texts."""
    return [found for text in texts for found in BLANK.findall(text)]
