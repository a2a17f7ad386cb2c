"""Which passwords are taken: long enough, not the user name, none that everybody tries first."""

import unicodedata
from datetime import datetime, timedelta
from typing import Final

from telemed.access.model import Account, AccountPolicy
from telemed.errors import Invalid

# What a guess begins with; the rest of such lists is kept out by the length.
COMMON: Final = """
0123456789 01234567890 1234567890 12345678910 123456789a 1234567890a 0987654321 9876543210 1122334455 1111111111
0000000000 1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y qwertyuiop qwerty123456 qwerty12345 asdfghjkl1 zaq12wsxcde3
abc1234567 abcd123456 abcd1234567 abcd12345678 abcdefghij a123456789 aa123456789 a1234567890 admin123456
administrator password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123 iloveyou123
iloveyou1314 5201314520 woaini1314 woaini520520 1314520520 letmein1234 welcome123 welcome1234 changeme123
ruijin123456 ruijin12345 hospital123 hospital1234 yiyuan123456 telemed123 telemed1234 huizhen123456
"""


def check(new: str, username: str, policy: AccountPolicy) -> None:
    """Raises Invalid with what is wrong with a new password."""
    if len(new) < policy.length:
        raise Invalid("The password is too short.", reason="password_short", least=policy.length)
    plain = unicodedata.normalize("NFKC", new).casefold()
    own = username.casefold()
    if plain in COMMON.split() or len(set(plain)) <= 2:
        raise Invalid("This password is among the first that anybody would try.", reason="password_common")
    if own in plain and len(plain.replace(own, "")) <= policy.length // 2:
        raise Invalid("The password is hardly more than the user name.", reason="password_own_name")


def expired(account: Account, policy: AccountPolicy, now: datetime) -> bool:
    """Whether the policy asks for a new password; one whose age nobody knows is old."""
    if not policy.expires_days:
        return False
    return account.password_at is None or account.password_at + timedelta(days=policy.expires_days) <= now
