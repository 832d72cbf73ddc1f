"""What the log may say of an address: which page, never the key of what is private.

The short keys of bills and of shared baskets stay: they are there to be passed on.
"""

import logging
import re

# A part of a path as long as a key of 144 bits, signed or not: nobody reads names of that length.
# And what the sandbox bank calls a payment, whose page leads on to the order.
TOKEN = re.compile(r"(?<=/)[\w.:=~-]{24,}|(?<=/bank/)[\w-]{12,}")


class WithoutKeys(logging.Filter):
    """Takes keys and tokens out of the addresses in Django's records: an answer that is refused or
    fails is logged with its address. It belongs on the handler, as ``WithoutArguments`` does.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] == "django":
            record.msg, record.args = TOKEN.sub("…", record.getMessage()), None
        return True
