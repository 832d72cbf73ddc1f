"""What the queue may say in the log: which job, never what it was told (letters, addresses)."""

import logging
import re

# "common.send_mail[12](message={…})" as procrastinate writes a job; anything may be in brackets.
CALL = re.compile(r"([\w.:-]+\[(?:\d+|None)\])\(.*\)", re.DOTALL)


class WithoutArguments(logging.Filter):
    """Takes arguments of jobs out of procrastinate's records. It belongs on the handler: filters
    on a logger do not see its children's records.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.partition(".")[0] == "procrastinate":
            record.msg, record.args = CALL.sub(r"\1", record.getMessage()), None
            for name in ("job", "jobs", "result"):
                record.__dict__.pop(name, None)
        return True
