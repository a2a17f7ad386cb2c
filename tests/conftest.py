"""How many examples are generated: few in every run, many at night (HYPOTHESIS_PROFILE=nightly)."""

import os

from hypothesis import settings

settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
