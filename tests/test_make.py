"""`make` on machines that are not as one would wish: it does what is needed, or says what to do."""

import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYTHON = os.path.realpath(sys.executable)
ENVIRONMENT = ".venv/bin/python"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What `make` reads, on a machine with nothing but what `machine` gives it."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / ".ci", folder / ".ci")
    shutil.copy(ROOT / "Makefile", folder)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The folder of programs: a shell and what it uses, and no Python yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "make", "rm", "find", "touch"):
        (folder / name).symlink_to(shutil.which(name) or name)
    return folder


def python(machine: Path, name: str, *, bare: bool = False, old: bool = False) -> None:
    """A Python of that name: without the module that Debian keeps in a package of its own, or too old."""
    lacking = machine / "lacking"
    lacking.mkdir(exist_ok=True)
    (lacking / "ensurepip.py").write_text("raise ModuleNotFoundError('No module named ensurepip')")
    before = f"PYTHONPATH={lacking} " if bare else ""
    (machine / name).write_text("#!/bin/sh\nexit 1\n" if old else f'#!/bin/sh\n{before}exec {PYTHON} "$@"\n')
    (machine / name).chmod(0o755)


def make(project: Path, machine: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *words], cwd=project, env={"PATH": str(machine)}, capture_output=True, text=True, check=False
    )


def works(project: Path) -> bool:
    """Whether the environment is whole."""
    asked = subprocess.run([project / ".venv/bin/pip", "--version"], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and str(project) in asked.stdout


@pytest.mark.parametrize("name", ["python3.13", "python3"])
def test_another_python_is_taken(project: Path, machine: Path, name: str) -> None:
    python(machine, name)
    assert make(project, machine, ENVIRONMENT).returncode == 0
    assert works(project)


def test_one_that_can_is_preferred_to_one_that_cannot(project: Path, machine: Path) -> None:
    python(machine, "python3.11", old=True)
    python(machine, "python3.12", bare=True)
    python(machine, "python3.13")
    assert make(project, machine, ENVIRONMENT).returncode == 0
    assert works(project)


def test_debian_without_its_package_is_told_its_name(project: Path, machine: Path) -> None:
    python(machine, "python3.11", bare=True)
    ended = make(project, machine, ENVIRONMENT)
    assert ended.returncode == 2
    assert "python3.11 cannot make a virtual environment" in ended.stderr
    assert re.search(r"apt install python3\.1[123]-venv\n", ended.stderr)
    assert not (project / ".venv").exists(), "nothing half-made is left"
    python(machine, "python3.11")
    assert make(project, machine, ENVIRONMENT).returncode == 0
    assert works(project)


def test_without_a_python_it_says_which_are_wanted(project: Path, machine: Path) -> None:
    for words in ((), ("PYTHON=python3.9",)):
        python(machine, "python3.9", old=True)
        ended = make(project, machine, ENVIRONMENT, *words)
        assert ended.returncode == 2
        assert "Kickbot needs Python 3.11, 3.12 or 3.13" in ended.stderr
    assert "python3.9 is none of them" in ended.stderr


def test_a_half_made_environment_is_made_anew(project: Path, machine: Path) -> None:
    python(machine, "python3.11")
    (project / ".venv/bin").mkdir(parents=True)
    (project / ".venv/bin/python").symlink_to(project / "gone")
    (project / ".venv/base.stamp").touch()
    assert make(project, machine, ENVIRONMENT).returncode == 0
    assert works(project)
    assert not (project / ".venv/base.stamp").exists(), "what was installed is gone too"
    shutil.rmtree(project / ".venv/lib")
    assert make(project, machine, ENVIRONMENT).returncode == 0
    assert works(project)
    (project / ".venv/mine").touch()
    assert make(project, machine, ENVIRONMENT).returncode == 0
    assert (project / ".venv/mine").exists(), "a whole one is kept"


def test_clean_takes_what_make_has_made_and_nothing_else(project: Path, machine: Path) -> None:
    for name in ("bots", "core", "db", "gpu", "tests", ".venv/bin", "bots/__pycache__", "kickbot.egg-info"):
        (project / name).mkdir(parents=True, exist_ok=True)
    (project / ".env").touch()
    (project / "bots/kept.py").touch()
    assert make(project, machine, "clean").returncode == 0
    left = {path.relative_to(project).as_posix() for path in project.rglob("*")}
    assert {".env", "bots/kept.py", "Makefile"} <= left
    assert not left & {".venv", "bots/__pycache__", "kickbot.egg-info"}


@pytest.mark.parametrize("title", ["Try it", "Discord", "Slack", "Run it for real"])
def test_the_readme_installs_before_it_runs(title: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {title}\n")[1].split("\n## ")[0]
    steps = re.findall(r"make (?:install|demo)|(?:\.venv/bin/)?kickbot [a-z]", section)
    assert steps[0].startswith("make ")


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-run.txt", "requirements-dev.txt"])
def test_what_is_pinned_is_enough_for_every_python(file: str) -> None:
    """Where hashes are wanted, one package that is missing for one version of Python ends the installation."""
    lines = re.findall(r"^([a-z].*?) \\$", (ROOT / file).read_text(), re.MULTILINE)
    pinned = [Requirement(line) for line in lines]
    for version in ("3.11", "3.12", "3.13"):
        there = {"python_version": version, "python_full_version": f"{version}.1"}
        names = {canonicalize_name(each.name) for each in pinned if each.marker is None or each.marker.evaluate(there)}
        assert {each: missing for each in sorted(names) if (missing := _needs(each, there) - names)} == {}


def _needs(name: str, there: dict[str, str]) -> set[str]:
    """What that package needs there, by the names of packages; nothing where it is not installed here."""
    try:
        needed = [Requirement(line) for line in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return set()
    return {
        canonicalize_name(each.name)
        for each in needed
        if each.marker is None or each.marker.evaluate({**there, "extra": ""})
    }
