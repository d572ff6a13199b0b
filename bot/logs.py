"""The log: a line an event, for a reader or, as JSON, for a collector; never what somebody wrote, and no names.

{"at": "2026-04-21T07:00:00.123+00:00", "level": "WARNING", "from": "scheduler.delivery", "text": "…"}
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Their own chatter tells an operator nothing.
QUIET = ("apscheduler", "msal", "urllib3", "alembic", "fontTools", "fpdf")


class WithoutContent(logging.Formatter):
    """Of an exception its kind and place: its text may quote what was typed, or who typed it."""

    def formatException(self, ei: object) -> str:  # noqa: N802
        fault = ei[1] if isinstance(ei, tuple) else None
        if not isinstance(fault, BaseException):
            return ""
        places = [
            f"{Path(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(fault.__traceback__)[-6:]
        ]
        return f"{type(fault).__name__} at {' > '.join(places)}"

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        return ""


class AsJson(WithoutContent):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "text": record.getMessage(),
        }
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_to_stderr(level: str, *, as_json: bool) -> None:
    """Everything from `level` on goes to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if as_json else WithoutContent(LINE))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
