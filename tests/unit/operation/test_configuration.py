"""Wrong settings are all named at once, without what was set; the command ends with status 2 and no traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from service.operation.configuration import ConfigurationError, checked_settings, variable
from service.operation.listening import check_addresses
from service.operation.unknown_settings import misspelt, strange
from service.settings import Settings
from tests.faults.harness import free_port

WRONG = {
    "PORT": "tcp://10.0.0.1:80",  # what Kubernetes sets for a service of this name
    "WEBHOOKS": "{not json",
    "DATABASE_URL": "mysql://user:hunter2@host/name",
    "CUTOUT_PATH": "/nowhere/era5.nc",
    "DASK_SCHEDULER": "scheduler:8786",
    "PVGIS_URL": "ftp://pvgis",
    "LOG_FORMAT": "xml",
}


def test_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WRONG.items():
        monkeypatch.setenv(f"SITEWATT_{name}", value)
    with pytest.raises(ConfigurationError) as caught:
        checked_settings()
    assert {line.partition(":")[0] for line in caught.value.lines} == {f"SITEWATT_{name}" for name in WRONG}
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WEBHOOKS", '{"a": {"url": "https://a.example/", "secret": "not base 64!"}}', "WEBHOOKS.a.secret: must be"),
        ("WEBHOOKS", '{"a": {"url": "http://a.example/", "secret": "whsec_YQ=="}}', "WEBHOOKS.a.url: "),
        ("DATABASE_URL", "what", "DATABASE_URL: must be postgresql://"),
        ("EMBED_ORIGINS", '["javascript:alert(1)"]', "EMBED_ORIGINS.0: "),
        ("MAX_WAITING", "-1", "MAX_WAITING: "),
    ],
)
def test_each(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(f"SITEWATT_{name}", value)
    with pytest.raises(ConfigurationError, match=said):
        checked_settings()


def test_metrics_need_a_port_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEWATT_METRICS", "port")
    monkeypatch.setenv("SITEWATT_METRICS_PORT", "8000")
    with pytest.raises(ConfigurationError, match="METRICS_PORT: is the port of the service"):
        checked_settings()


def test_a_misspelt_name_is_wrong_and_the_right_one_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEWATT_ACESS", "closed")
    monkeypatch.setenv("SITEWATT_DATABASEURL", "postgresql://user:hunter2@host/name")
    with pytest.raises(ConfigurationError) as caught:
        checked_settings()
    assert caught.value.lines == [
        "SITEWATT_ACESS: there is no such setting; is SITEWATT_ACCESS meant?",
        "SITEWATT_DATABASEURL: there is no such setting; is SITEWATT_DATABASE_URL meant?",
    ]


def test_names_of_others_are_not_taken_for_settings() -> None:
    others = {"SITEWATT_SERVICE_HOST": "", "SITEWATT_PORT_8000_TCP": "", "SITEWATT_SHARED": "", "HOME": ""}
    assert misspelt(others) == []
    assert strange(others) == ["SITEWATT_PORT_8000_TCP", "SITEWATT_SERVICE_HOST", "SITEWATT_SHARED"]
    assert strange({variable(name): "" for name in Settings.model_fields}) == []


def test_sound_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEWATT_WEBHOOKS", '{"a": {"url": "https://a.example/", "secret": "whsec_c2VjcmV0"}}')
    monkeypatch.setenv("SITEWATT_DATABASE_URL", "postgresql://user:password@host/name")
    lists = {
        "EMBED_ORIGINS": '["https://partner.example"]',
        "CORS_ORIGINS": '["https://partner.example"]',
        "ALLOWED_HOSTS": '["api.example", "*.example"]',
    }
    for name, value in lists.items():
        monkeypatch.setenv(f"SITEWATT_{name}", value)
    found = checked_settings()
    assert found.webhooks["a"].url == "https://a.example/"
    assert found.embed_origins == found.cors_origins == ("https://partner.example",)
    assert found.allowed_hosts == ("api.example", "*.example")


@pytest.mark.parametrize("metrics", ["off", "port"])
def test_a_taken_port_is_said_in_a_line(metrics: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        own = (
            {"PORT": port} if metrics == "off" else {"METRICS": "port", "METRICS_PORT": port, "PORT": str(free_port())}
        )
        environment = os.environ | {f"SITEWATT_{name}": value for name, value in own.items()}
        command = [str(Path(sys.executable).with_name("sitewatt")), "serve"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    name = "PORT" if metrics == "off" else "METRICS_PORT"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"SITEWATT_{name}: cannot listen on 127.0.0.1:{port}: address already in use\n"


def test_addresses_of_other_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEWATT_METRICS", "port")
    monkeypatch.setenv("SITEWATT_METRICS_PORT", str(free_port()))
    settings = checked_settings()
    for host in ("127.0.0.1", "localhost", "0.0.0.0", ""):
        check_addresses(settings, host, free_port())
    for host in ("192.0.2.1", "2001:db8::1"):
        with pytest.raises(ConfigurationError, match="is no address of this machine"):
            check_addresses(settings, host, free_port())


@pytest.mark.parametrize("words", [["serve"], ["keys", "list"], ["batch", __file__, "--out", "/nowhere/out.csv"]])
def test_the_command_ends_with_status_2(words: list[str]) -> None:
    environment = os.environ | {f"SITEWATT_{name}": value for name, value in WRONG.items()}
    command = [str(Path(sys.executable).with_name("sitewatt")), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == len(WRONG)
    assert "Traceback" not in done.stderr
