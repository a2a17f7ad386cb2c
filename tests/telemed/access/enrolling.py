"""Somebody enrols a second factor in a test, by the password of these tests."""

import pyotp

from tests.telemed.conftest import Call, FakeClock

OLD = "the old one still"


async def enrol(call: Call, clock: FakeClock, who: str = "doctor") -> tuple[pyotp.TOTP, list[str]]:
    """By the tests' token. Afterwards it is another half minute, so that the next code is new."""
    status, found = await call(who, "POST", "/account/second-factor", json={"current": OLD})
    assert status == 200
    totp = pyotp.TOTP(found["key"].replace(" ", ""))
    assert found["address"].startswith("otpauth://totp/")
    assert found["qr"].startswith("data:image/svg+xml")
    status, codes = await call(who, "PUT", "/account/second-factor", json={"code": totp.at(clock())})
    assert status == 200
    clock.move(seconds=30)
    return totp, codes["codes"]
