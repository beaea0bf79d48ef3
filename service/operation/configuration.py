"""The settings, checked when the service starts: everything that is wrong is said at once, before anything runs."""

import json
import os
from importlib.util import find_spec
from typing import Any, get_origin
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from standardwebhooks import Webhook as Signature

from service.operation import tracing
from service.operation.unknown_settings import PREFIX, misspelt
from service.settings import Settings

# settings that are written as JSON: lists and objects
STRUCTURED = tuple(
    name for name, field in Settings.model_fields.items() if get_origin(field.annotation) in (tuple, dict)
)
BACKENDS = ("sqlite", "postgresql", "postgres")
URLS = ("nasa_power_url", "pvgis_url", "open_meteo_url", "cds_url")


class ConfigurationError(Exception):
    """`lines` say what is wrong, one setting a line, without what was set: it may be a secret."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


class _Given(Settings):
    """Settings of what it is given, not of the environment."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given, alone."""
        return (init_settings,)


def checked_settings() -> Settings:
    """The settings of the environment. Raises ConfigurationError."""
    lines: list[str] = []
    given: dict[str, Any] = {}
    set_here = {name.upper(): value for name, value in os.environ.items()}
    for name in Settings.model_fields:
        if (text := set_here.get(variable(name))) is None:
            continue
        try:
            given[name] = json.loads(text) if name in STRUCTURED else text
        except ValueError:
            lines.append(_line((name,), "must be JSON"))
    try:
        settings: Settings = _Given(**given)
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)
        lines += [_line(item["loc"], item["msg"]) for item in wrong]
        left = {name: value for name, value in given.items() if name not in {item["loc"][0] for item in wrong}}
        settings = _Given(**left)  # so that the others are looked at too
    lines += _problems(settings) + misspelt(os.environ)
    if lines:
        raise ConfigurationError(lines)
    return Settings()


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _problems(settings: Settings) -> list[str]:
    """What the types do not see."""
    found = []
    if settings.database_url is not None:
        try:
            known = make_url(settings.database_url.get_secret_value()).get_backend_name() in BACKENDS
        except (ArgumentError, ValueError):
            known = False
        if not known:
            found.append(_line(("database_url",), "must be postgresql://user:password@host/name or sqlite:///file"))
    if settings.cutout_path is not None and not settings.cutout_path.exists():
        found.append(_line(("cutout_path",), "there is no such file"))
    if settings.dask_scheduler is not None:
        if urlsplit(settings.dask_scheduler).scheme not in ("tcp", "tls"):
            found.append(_line(("dask_scheduler",), "must be tcp://host:port or tls://host:port"))
        if find_spec("distributed") is None:
            found.append(_line(("dask_scheduler",), "needs Dask: pip install 'sitewatt[cluster]'"))
    if settings.traces and not tracing.installed():
        found.append(_line(("traces",), "needs OpenTelemetry: pip install 'sitewatt[otel]'"))
    for name in URLS:
        if (url := getattr(settings, name)) is not None and urlsplit(url).scheme not in ("http", "https"):
            found.append(_line((name,), "must begin with https:// or http://"))
    for name, webhook in settings.webhooks.items():
        try:
            Signature(webhook.secret.get_secret_value())
        except (ValueError, RuntimeError):
            found.append(_line(("webhooks", name, "secret"), "must be whsec_ and base 64"))
    if settings.metrics == "port" and settings.metrics_port == settings.port:
        found.append(_line(("metrics_port",), "is the port of the service; set SITEWATT_METRICS=main for that"))
    return found


def _line(location: tuple[int | str, ...], message: str) -> str:
    name, *inside = location
    where = "".join(f".{part}" for part in inside)
    return f"{variable(str(name))}{where}: {message}"
