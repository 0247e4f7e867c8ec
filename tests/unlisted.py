"""A user who has no entry in /etc/passwd, as in a container that was given a user's number."""

import os
import pwd
import subprocess
import sys

NUMBER = 54321
ROOT = os.geteuid() == 0


def output(module: str, *words: str) -> str:
    """What a module of the tests' own tells that calls `become` once it has imported everything."""
    apart = () if ROOT else ("unshare", "--user", f"--map-user={NUMBER}")
    command = (*apart, sys.executable, "-m", module, *words)
    variables = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=variables).stdout


def become() -> None:
    """Root gives up being root; whoever else is that user already, in a name space of its own."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NUMBER)
        os.setuid(NUMBER)
    if os.geteuid() in {user.pw_uid for user in pwd.getpwall()}:
        raise SystemExit(f"{os.geteuid()} has an entry")
