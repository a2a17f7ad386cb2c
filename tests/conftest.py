"""How many examples are generated: few in every run, many at night (HYPOTHESIS_PROFILE=nightly). And what is cheap.

Also what tests of all folders use: the seeded demonstration.
"""

import gc
import os
from pathlib import Path

import pytest
import structlog
from argon2 import PasswordHasher
from hypothesis import settings

from telemed.access import passwords

settings.register_profile("nightly", max_examples=2000, deadline=None)
settings.register_profile("default", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# With all variables, as by default, a logged exception takes half a second.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

# A hash takes a fifth of a second, and hundreds of tests hash. `test_passwords.py` checks the product's own parameters.
OURS = passwords._hasher
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
passwords.NOBODY = passwords._of_nobody()  # type: ignore[misc]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a long part (`@pytest.mark.full("postgres")`) only `make full` runs the tests, and nothing else with them."""
    wanted = os.environ.get("TELEMED_PART")
    kept, left = list[pytest.Item](), list[pytest.Item]()
    for item in items:
        part = item.get_closest_marker("full")
        (kept if (part.args[0] if part else None) == wanted else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_collection_finish() -> None:
    """All modules are there to stay: the garbage collector, which the tests keep busy, need not go through them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that a first start has filled, so use copies of it. The gate makes one for all its tests."""
    from tests.e2e import seed  # here, because it brings the whole product

    if (given := seed.given()) is not None:
        return given
    seed.make(data_dir := tmp_path_factory.mktemp("seeded") / "data")
    return data_dir
