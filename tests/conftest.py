"""How many examples are generated: few in every run, many at night (HYPOTHESIS_PROFILE=nightly). And what is cheap."""

import gc
import os

from argon2 import PasswordHasher
from hypothesis import settings

from telemed.access import passwords

settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# A hash takes a fifth of a second, and hundreds of tests hash. `test_passwords.py` checks the product's own parameters.
OURS = passwords._hasher
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords.NOBODY = passwords._of_nobody()  # type: ignore[misc]


def pytest_collection_finish() -> None:
    """All modules are there to stay: the garbage collector, which the tests keep busy, need not go through them."""
    gc.collect()
    gc.freeze()
