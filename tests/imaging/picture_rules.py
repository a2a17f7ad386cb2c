"""The table of picture rules: grey, colour, overlays; the archive's pictures and the painter are compared with it."""

from tests.imaging.colour_rules import COLOUR_RULES
from tests.imaging.grey_rules import GREY_RULES
from tests.imaging.overlay_rules import OVERLAY_RULES

RULES = (*GREY_RULES, *COLOUR_RULES, *OVERLAY_RULES)
