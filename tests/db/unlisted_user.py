"""Starts an embedded server as a user who has no entry in /etc/passwd, and tells how that ended.

Run as `python -m tests.db.unlisted_user FOLDER`, by root or behind `unshare --map-user`.
"""

import os
import pwd
import sys
from pathlib import Path

from core import errors
from db.postgres import embedded, program

UNLISTED = 54321


def main(folder: str) -> None:
    program.package()  # imports what the user may not read
    Path(folder).mkdir()
    if os.geteuid() == 0:
        os.chown(folder, UNLISTED, UNLISTED)
        os.setgroups([])
        os.setgid(UNLISTED)
        os.setuid(UNLISTED)
    if os.geteuid() in {user.pw_uid for user in pwd.getpwall()}:
        raise SystemExit(f"{os.geteuid()} has an entry")
    try:
        embedded.leave(embedded.join(Path(folder)))
    except errors.DatabaseUnusable as error:
        print(error)
    else:
        print("works")


if __name__ == "__main__":
    main(sys.argv[1])
