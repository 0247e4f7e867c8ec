"""Where the database is, and how its server proves that it is the one meant."""

import logging
from pathlib import Path

import pytest

from bots import settings
from bots.composition import remote_database
from core import errors
from db.postgres import pool
from tests import certificates
from tests.bots.console import chatting
from tests.fakes.postgres_server import Listener

PASSWORD = "hunter2"


@pytest.fixture
def pem(tmp_path: Path) -> str:
    """An authority's certificate, as its file holds it."""
    return certificates.make(tmp_path, "db.example")[1].read_text()


def set_to(host: str = "db.example", **values: str) -> settings.Settings:
    group = {"db_user": "u", "db_password": PASSWORD, "secret_key": "k"}
    files = {"supabase_url": "https://ref.supabase.co", "supabase_service_key": "k"}
    return settings.Settings.model_validate({"db_host": host, **group, **files, **values})


def test_an_authority_in_each_form_that_a_setting_can_have(tmp_path: Path, pem: str) -> None:
    file = tmp_path / "db.example.crt"
    one_line = pem.strip().replace("\n", "\\n")
    for form in (str(file), f" {file}\n", pem, one_line, pem.replace("\n", "\\r\\n"), pem.replace("\n", " ")):
        assert remote_database.authority(form).strip() == pem.strip()
    assert remote_database.authority("system") == pool.SYSTEM
    several = pem + certificates.make(tmp_path, "other")[1].read_text()
    assert remote_database.authority(f"A bundle\n{several}").count("BEGIN CERTIFICATE") == 2


def test_what_is_none_ends_the_start(tmp_path: Path, pem: str) -> None:
    key = (tmp_path / "db.example.key").read_text()
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    wrong = {
        str(tmp_path / "nowhere"): "cannot be read",
        str(tmp_path): "cannot be read",
        "sb_secret_pasted": "cannot be read",
        "\0": "cannot be read",
        str(tmp_path / "empty"): "holds no certificate",
        str(tmp_path / "binary"): "holds no certificate",
        str(tmp_path / "db.example.key"): "holds no certificate",
        key: "holds no certificate",
        pem.replace("M", "!", 1): "holds no certificate",
        pem[: len(pem) // 2]: "holds no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----": "holds no certificate",
    }
    for value, said in wrong.items():
        with pytest.raises(errors.BadSetting, match=f"^DB_SSL_CA: .*{said}") as refused:
            remote_database.authority(value)
        assert "\n" not in str(refused.value)
        assert "sb_secret_pasted" not in str(refused.value)


def test_the_target_verifies_with_that_authority(pem: str, caplog: pytest.LogCaptureFixture) -> None:
    target = remote_database.target(set_to(db_ssl_ca=pem), "db.example")
    assert target.ca == pem
    assert (target.host, target.user, target.password) == ("db.example", "u", PASSWORD)
    assert caplog.records == []


@pytest.mark.parametrize("host", ["aws-0-eu-central-1.pooler.supabase.com", "192.0.2.1", "2001:db8::1", "0.0.0.0"])
def test_one_elsewhere_that_nobody_verifies_is_warned_of(host: str, caplog: pytest.LogCaptureFixture) -> None:
    assert remote_database.target(set_to(host), host).ca is None
    [warning] = caplog.records
    assert warning.levelno == logging.WARNING
    for word in ("DB_SSL_CA", "Project Settings > Database > SSL Configuration", "DB_SSL=unverified"):
        assert word in warning.message
    assert "\n" not in warning.message
    assert PASSWORD not in caplog.text
    caplog.clear()
    assert remote_database.target(set_to(host, db_ssl="unverified"), host).ca is None
    assert caplog.records == []


def test_the_session_poolers_port_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    host = "aws-0-eu-central-1.pooler.supabase.com"
    remote_database.target(set_to(host, db_ssl="unverified", db_port="5432"), host)
    [warning] = caplog.records
    assert warning.levelno == logging.WARNING
    assert warning.message.startswith(f"DB_PORT: {host}:5432 is Supabase's session pooler")
    caplog.clear()
    remote_database.target(set_to(host, db_ssl="unverified"), host)
    assert caplog.records == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.1.1", "::1", "/run/postgresql"])
def test_one_on_this_machine_needs_nothing(host: str, caplog: pytest.LogCaptureFixture) -> None:
    assert remote_database.target(set_to(host), host).ca is None
    assert caplog.records == []


async def test_the_program_tells_an_impostor_nothing(tmp_path: Path, pem: str) -> None:
    """`0.0.0.0` leads to this machine and counts as another."""
    (tmp_path / "impostor").mkdir()
    async with Listener(*certificates.make(tmp_path / "impostor", "0.0.0.0")).listening() as listener:
        real = {
            "DB_HOST": "0.0.0.0",
            "DB_PORT": str(listener.port),
            "DB_USER": "postgres.ref",
            "DB_PASSWORD": PASSWORD,
            "SUPABASE_URL": "http://127.0.0.1:9",
            "SUPABASE_SERVICE_KEY": "sb_secret_1",
            "SECRET_KEY": "k",
        }
        for ca in (pem, pem.replace("\n", "\\n"), str(tmp_path / "db.example.crt"), "system"):
            ended = await chatting.kickbot(tmp_path, "migrate", DB_SSL_CA=ca, **real)
            assert ended.status == 2
            assert ended.err == (
                f"kickbot: the database cannot be used. DB_SSL_CA: 0.0.0.0:{listener.port} was told no password, as "
                "the certificate of its server is not from an authority in DB_SSL_CA. Supabase gives the right one "
                "under Project Settings > Database > SSL Configuration; else somebody answers in the server's place.\n"
            )
            assert PASSWORD.encode() not in listener.heard
        ended = await chatting.kickbot(tmp_path, "migrate", DB_SSL_CA="nowhere.crt", **real)
        assert (ended.status, ended.err.count("\n")) == (2, 1)
        assert ended.err.startswith("kickbot: DB_SSL_CA: ")
    ended = await chatting.kickbot(tmp_path, "migrate", **real)
    assert ended.err.count("DB_SSL_CA") == 1, "the seed's settings alone start, with a warning"
    assert f"the database cannot be used. DB_PORT or DB_HOST: nobody listens at 0.0.0.0:{listener.port} " in ended.err
    assert PASSWORD not in ended.out + ended.err
