"""Passwords are hashed with argon2id, as strongly as its authors and RFC 9106 advise."""

import pytest
from argon2.exceptions import VerificationError

from tests.conftest import OURS


def test_a_hash_costs_64_megabytes_three_times_over() -> None:
    assert (OURS.memory_cost, OURS.time_cost, OURS.parallelism) == (64 * 1024, 3, 4)
    kept = OURS.hash("a long walk home")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert OURS.verify(kept, "a long walk home")
    with pytest.raises(VerificationError):
        OURS.verify(kept, "a long walk")
