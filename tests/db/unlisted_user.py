"""Starts an embedded server in FOLDER as a user who is listed nowhere, and tells how that ended."""

import sys
from pathlib import Path

from core import errors
from db.postgres import embedded, program
from tests import unlisted


def main(folder: str) -> None:
    program.package()  # imports what the user may not read
    unlisted.become()
    try:
        embedded.leave(embedded.join(Path(folder)))
    except errors.DatabaseUnusable as error:
        print(error)
    else:
        print("works")


if __name__ == "__main__":
    main(sys.argv[1])
