"""`python -m storage.migrations "what changes"` drafts the next step from what the tables say now.

Read the draft before you commit it: a renamed column looks like one dropped and one added, and rows that are
there already need a value for a column that may not be empty.
"""

import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from storage import sqlite
from storage.migrating import FOLDER, configuration, migrate


def draft(message: str) -> None:
    number = len(list(ScriptDirectory(str(FOLDER)).walk_revisions())) + 1
    words = re.sub(r"\W+", "_", message.lower()).strip("_")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "newest.db"
        if number > 1:
            migrate(f"sqlite:///{file}")
        engine = sqlite.writer(file)
        with engine.begin() as connection:
            config = configuration(connection)
            config.set_main_option("file_template", "%%(rev)s")
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04}_{words}")
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Say what changes: python -m storage.migrations "reflection and decisions"')
    draft(sys.argv[1])
