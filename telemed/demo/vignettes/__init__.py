"""The cases of the demonstration, by what ails the patient."""

from telemed.demo.story import Vignette
from telemed.demo.vignettes import belly, bones, brain, heart, lungs

VIGNETTES: tuple[Vignette, ...] = (
    *heart.VIGNETTES,
    *lungs.VIGNETTES,
    *brain.VIGNETTES,
    *belly.VIGNETTES,
    *bones.VIGNETTES,
)
