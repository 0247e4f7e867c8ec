"""Where an embedded server's files lie, and files that cannot be used."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import errors
from db.postgres import cluster, embedded, program
from tests import postgres
from tests.db.users import Users, in_and_out

ROOT = os.geteuid() == 0


async def test_a_folder_with_a_long_and_strange_name(folder: Path) -> None:
    strange = folder / ("a 'quoted' \"name\" $HOME `x` é " + "long" * 20)
    async with embedded.embedded(strange) as target:
        assert len(target.host) < 90
        assert await postgres.ask(target, "SHOW data_directory") == str(strange / "server" / "data")
    if Path(target.host) != strange / "server":
        shutil.rmtree(target.host)


async def test_data_of_another_version(folder: Path) -> None:
    await in_and_out(folder)
    (folder / "server" / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(errors.DatabaseUnusable, match="made by PostgreSQL 17"):
        await in_and_out(folder)


async def test_data_that_cannot_be_used(folder: Path) -> None:
    await in_and_out(folder)
    (folder / "server" / "data" / "global" / "pg_control").unlink()
    with pytest.raises(errors.DatabaseUnusable, match="PostgreSQL does not start, see"):
        await in_and_out(folder)
    (folder / "file").touch()
    with pytest.raises(errors.DatabaseUnusable):
        await in_and_out(folder / "file")


@pytest.mark.parametrize(("size", "kept"), [(cluster.LOG_BYTES, False), (cluster.LOG_BYTES + 1, True)])
async def test_a_log_that_has_grown_long_is_put_aside_at_a_start(folder: Path, size: int, kept: bool) -> None:
    await in_and_out(folder)
    log = folder / "server" / "log"
    owner = log.stat()
    with log.open("r+b") as file:
        file.truncate(size)
    await in_and_out(folder)
    assert (log.stat().st_size < size) is kept
    aside = log.with_suffix(".old")
    assert aside.exists() is kept
    assert log.stat().st_uid == owner.st_uid
    await in_and_out(folder)


def modes(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mode for path in (folder, *folder.parents)}


async def test_a_private_home_stays_private(folder: Path) -> None:
    """Root's server runs as `nobody`: its data then lie elsewhere."""
    private = folder / "private"
    private.mkdir(0o700)
    before = modes(private)
    async with embedded.embedded(private / "postgres") as target:
        server = Path(target.host)
        assert server.is_relative_to(program.FOLDER_FOR_ROOT if ROOT else private)
        assert modes(server)[server] & 0o777 == 0o700
    assert modes(private) == before
    if ROOT:
        shutil.rmtree(server.parent)


def test_the_place_elsewhere_is_kept_to(folder: Path) -> None:
    private, elsewhere = folder / "private", folder / "elsewhere"
    private.mkdir(0o700)
    home = program.home(private, elsewhere)
    assert home.is_relative_to(elsewhere if ROOT else private)
    if ROOT:
        home.mkdir(parents=True)
    private.chmod(0o755)
    assert program.home(private, elsewhere) == home
    assert program.home(folder, elsewhere) == folder


def program_of(process: int) -> Path:
    return Path(f"/proc/{process}/exe").readlink()


async def test_programs_in_a_private_place(folder: Path, users: Users) -> None:
    """As in a virtual environment in root's home: `nobody` runs a copy."""
    package = program.package()
    private = folder / "private"
    private.mkdir(0o700)
    for part in (package, package.with_name(f"{package.name}.libs")):
        (private / part.name).symlink_to(part)
    user = await users.start(PYTHONPATH=os.pathsep.join([str(private), *sys.path]))
    assert program_of(user.server).is_relative_to(folder if ROOT else package)
    await user.leave()


TELLS = """#!/bin/sh
cut -d' ' -f6 /proc/$$/stat > session
echo $$ > process
env > environment
cat > input
"""


def test_a_program_runs_apart_from_the_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a session of its own, which no Ctrl-C reaches, with nothing to read and none of our environment."""
    monkeypatch.setenv("PGPORT", "1")
    told = folder / "tells"
    told.write_text(TELLS)
    told.chmod(0o755)
    program.Program(folder, None).run(told.name, folder=folder)
    assert (folder / "session").read_text() == (folder / "process").read_text()
    assert "PGPORT" not in (folder / "environment").read_text()
    assert (folder / "input").read_text() == ""


def test_a_program_that_fails_says_why(folder: Path) -> None:
    fails = folder / "fails"
    fails.write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    fails.chmod(0o755)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        program.Program(folder, None).run(fails.name, folder=folder)
    assert failed.value.stderr == "no room\n"
