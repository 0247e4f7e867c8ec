"""Where an embedded server's files lie, and files that cannot be used."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import errors
from db.postgres import cluster, embedded, program
from tests import postgres, unlisted
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


async def refused(folder: Path) -> str:
    with pytest.raises(errors.DatabaseUnusable) as raised:
        await in_and_out(folder)
    assert "\n" not in str(raised.value)
    return str(raised.value)


async def test_data_that_cannot_be_used(folder: Path) -> None:
    """The log that is named is there, and the line that is told stands in it."""
    await in_and_out(folder)
    (folder / "server" / "data" / "global" / "pg_control").unlink()
    log = folder / "server" / "log"
    said = await refused(folder)
    assert said.startswith(f"The database in {folder} cannot be used: PostgreSQL does not start, see {log}: ")
    last = log.read_text().splitlines()[-1]
    assert "global/pg_control" in last
    assert said.endswith(f"{log}: {last}.")
    (folder / "file").touch()
    assert (await refused(folder / "file")).endswith(
        f"cannot be used: Not a directory: {folder / 'file' / 'turn.lock'}."
    )


@pytest.mark.parametrize(
    ("setting", "said"), [("shared_buffers", "FATAL: "), ("no_such_setting", "FATAL: configuration file")]
)
async def test_a_server_that_ends_at_once(folder: Path, setting: str, said: str) -> None:
    with pytest.raises(errors.DatabaseUnusable, match=said) as raised:
        async with embedded.embedded(folder, {setting: "nonsense"}):
            raise AssertionError("it runs")
    assert f"PostgreSQL does not start, see {folder / 'server' / 'log'}: " in str(raised.value)
    await in_and_out(folder)


async def test_only_the_last_start_is_told_of(folder: Path) -> None:
    """What went wrong before stands in the same log."""
    await in_and_out(folder)
    log = folder / "server" / "log"
    log.write_text("FATAL:  long ago\n")
    control = folder / "server" / "data" / "global" / "pg_control"
    control.rename(control.with_name("kept"))
    assert "long ago" not in await refused(folder)
    control.with_name("kept").rename(control)
    await in_and_out(folder)


async def test_a_log_that_cannot_be_written_is_not_pointed_at(folder: Path) -> None:
    await in_and_out(folder)
    log = folder / "server" / "log"
    log.unlink()
    log.mkdir()
    said = await refused(folder)
    assert f"see {log}" not in said
    assert "PostgreSQL does not start: " in said
    assert "Is a directory" in said


async def test_a_cluster_that_cannot_be_made_is_told_without_a_log(folder: Path) -> None:
    """There is a file where its folder is to be."""
    (folder / "server").mkdir(mode=0o700)
    (folder / "server" / "data.new").touch()
    said = await refused(folder)
    assert f"The database in {folder} cannot be used: PostgreSQL cannot make it (initdb: error: " in said
    assert "data.new" in said
    assert "server/log" not in said


@pytest.mark.parametrize("left", [("base", "global"), ("postgresql.conf",), ()])
async def test_data_without_their_version(folder: Path, left: tuple[str, ...]) -> None:
    """As where some files are deleted, or somebody has made the folder."""
    await in_and_out(folder)
    data = folder / "server" / "data"
    for path in data.iterdir():
        if path.name not in left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    said = await refused(folder)
    assert f"{data / 'PG_VERSION'} is missing, so {data} is no database of PostgreSQL, or not all of one" in said
    assert "move that folder away to begin with an empty database" in said
    assert sorted(path.name for path in data.iterdir()) == sorted(left), "nothing is touched"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"eighteen\n"])
async def test_a_version_that_is_none(folder: Path, content: bytes) -> None:
    await in_and_out(folder)
    version = folder / "server" / "data" / "PG_VERSION"
    version.write_bytes(content)
    assert f"{version} holds no version" in await refused(folder)


def test_a_user_who_is_listed_nowhere_is_told_so(folder: Path) -> None:
    """As in a container that was given a user's number."""
    folder.chmod(0o777)
    said = unlisted.output("tests.db.unlisted_user", str(folder / "own"))
    assert "PostgreSQL makes one only for a user who has an entry in /etc/passwd: run Kickbot as one, or " in said
    assert "user ID 54321: user does not exist" in said
    assert "server/log" not in said


async def test_data_of_a_user_who_is_listed_nowhere(folder: Path) -> None:
    """For root: as on a disk that comes from elsewhere. The server then runs under that number."""
    await in_and_out(folder)
    if ROOT:
        for path in ((folder / "server"), *(folder / "server").rglob("*")):
            os.chown(path, 54321, 54321, follow_symlinks=False)
        assert program.server_user(folder) == ("54321", "", 54321, 54321, "", "/", "")
    async with embedded.embedded(folder) as target:
        assert await postgres.ask(target, "SELECT 1") == 1
        assert owner(Path(target.host) / "data" / "postmaster.pid") == (54321 if ROOT else os.geteuid())


def owner(path: Path) -> int:
    return path.stat().st_uid


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
