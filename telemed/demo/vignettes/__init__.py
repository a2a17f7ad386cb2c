"""The demonstration's cases, by part of the body."""

from telemed.demo.story import Vignette
from telemed.demo.vignettes import belly, bones, brain, heart, lungs

VIGNETTES: tuple[Vignette, ...] = (
    *heart.VIGNETTES,
    *lungs.VIGNETTES,
    *brain.VIGNETTES,
    *belly.VIGNETTES,
    *bones.VIGNETTES,
)
