"""Everything an operator can set, read once from the environment (prefix `SITEWATT_`)."""

from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _data_folder() -> Path:
    """The user's cache folder; a temporary one for a user without a home."""
    try:
        return Path.home() / ".cache" / "sitewatt"
    except RuntimeError:
        return Path(gettempdir()) / "sitewatt"


class Webhook(BaseModel):
    """A receiver registered by the operator; callers name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(pattern="^https://", description="https only.")
    tenant: str = Field(default="default", description="Whose batches may name it.")
    secret: SecretStr = Field(description="Shared with the receiver, as in whsec_ and base 64 (Standard Webhooks).")


class Settings(BaseSettings):
    """Settings of one running service; each is an environment variable, as in `SITEWATT_PORT=9000`."""

    model_config = SettingsConfigDict(env_prefix="SITEWATT_", frozen=True, extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    root_path: str = Field(default="", description="Path prefix when mounted behind a proxy.")
    max_assessment_bytes: int = Field(default=1_000_000, gt=0, description="Largest body of an assessment.")
    max_sizing_bytes: int = Field(default=16_000_000, gt=0, description="Largest body of a sizing.")
    body_timeout_seconds: float = Field(default=30.0, gt=0, description="Longest wait for a request's body.")
    solver_threads: int = Field(default=2, gt=0, description="Assessments and sizings computed at once.")
    max_waiting: int = Field(default=32, ge=0, description="Computations that may wait; beyond, 503.")
    max_sized_hours: int = Field(
        default=8_000_000, gt=0, description="Hours that one request may ask to be sized: sizings times their hours."
    )
    max_upload_bytes: int = Field(default=64_000_000, gt=0, description="Largest body of an uploaded weather file.")
    data_folder: Path = Field(
        default_factory=_data_folder,
        description="Where uploads and fetched weather are kept: a folder of the user's own.",
    )
    max_uploads: int = Field(default=1000, ge=0, description="Uploaded years kept at most.")
    max_uploads_bytes: int = Field(default=2_000_000_000, ge=0, description="Bytes of all uploads at most.")
    allow_online: bool = Field(default=True, description="Whether a request may name an online weather source.")
    online_source: Literal["nasa_power", "pvgis", "open_meteo", "era5"] | None = Field(
        default=None, description="Online source behind weather.source auto; none keeps auto offline."
    )
    cutout_path: Path | None = Field(default=None, description="ERA5 cutout (NetCDF or Zarr) behind auto.")
    open_meteo_key: SecretStr | None = Field(default=None, description="Key of Open-Meteo, for business use.")
    cds_key: SecretStr | None = Field(default=None, description="Key of the Copernicus Climate Data Store.")
    nasa_power_url: str | None = Field(
        default=None, description="Another address of NASA POWER's hourly point service."
    )
    pvgis_url: str | None = Field(default=None, description="Another address of PVGIS.")
    open_meteo_url: str | None = Field(default=None, description="Another address of Open-Meteo's archive.")
    cds_url: str | None = Field(default=None, description="Another address of the Climate Data Store.")
    weather_connect_seconds: float = Field(default=5.0, gt=0, description="Longest wait for a source's connection.")
    weather_read_seconds: float = Field(default=20.0, gt=0, description="Longest silence of a source.")
    weather_deadline_seconds: float = Field(default=45.0, gt=0, description="Longest a source is asked in all.")
    weather_retries: int = Field(default=2, ge=0, le=10, description="Further attempts after a failed one.")
    weather_retry_seconds: float = Field(default=0.5, gt=0, description="First pause between attempts; it doubles.")
    era5_wait_seconds: float = Field(default=120.0, gt=0, description="Longest wait in the Climate Data Store's queue.")
    weather_cache_bytes: int = Field(default=500_000_000, ge=0, description="Fetched weather kept on disk at most.")
    data_dir: Path | None = Field(
        default=None,
        description="Folder of your own grid, land and projects; `sitewatt data folder` shows the default.",
    )
    embed_origins: tuple[Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.*-]+(:[0-9*]+)?$")], ...] = Field(
        default=(),
        description='Who may show the widget in a frame, as in ["https://partner.example"]; this site always may.',
    )
    access: Literal["open", "closed"] = Field(
        default="open", description="open: everybody who reaches the service may use it; closed: by keys alone."
    )
    units_per_minute: float | None = Field(
        default=None, gt=0, description="Units a minute of a key, in open mode of an address; none is not limited."
    )
    burst_units: float = Field(default=200.0, ge=1, description="Units that may be spent at once.")
    allowed_hosts: tuple[Annotated[str, Field(pattern=r"^(\*\.)?[A-Za-z0-9.:\[\]-]+$")], ...] = Field(
        default=(), description='Names under which it answers, as in ["api.example", "*.example"]; none: under any.'
    )
    cors_origins: tuple[Annotated[str, Field(pattern=r"^(\*|https?://[A-Za-z0-9.-]+(:[0-9]+)?)$")], ...] = Field(
        default=(),
        description='Pages of other hosts that may call the API from a browser, as in ["https://partner.example"].',
    )
    hsts_seconds: int = Field(
        default=0, ge=0, description="Strict-Transport-Security for so long; set it behind TLS only."
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Where batches are kept, postgresql://user:password@host/name; else a file in data_folder.",
    )
    max_batch_bytes: int = Field(default=16_000_000, gt=0, description="Largest body of a batch sent as JSON.")
    max_batch_sites: int = Field(default=200_000, gt=0, description="Sites of one batch at most.")
    batch_workers: int | None = Field(
        default=None, ge=0, description="Processes for batches: one for each processor when left out; 0 is none."
    )
    batch_chunk_sites: int = Field(default=16, gt=0, le=1000, description="Sites that a worker takes at a time.")
    batch_lease_seconds: float = Field(
        default=60.0, ge=1.0, description="How long a chunk stays with a service that is not heard of."
    )
    batch_site_seconds: float = Field(default=120.0, gt=0, description="Longest a site may take; its worker is ended.")
    batch_retention_days: float = Field(default=30.0, gt=0, description="Batches that are over are kept so long.")
    dask_scheduler: str | None = Field(
        default=None, description="Scheduler of a Dask cluster, tcp://host:8786, in place of own processes."
    )
    webhooks: dict[str, Webhook] = Field(
        default={}, description="Receivers of the news that a batch is over, as JSON by name: url and secret."
    )
    log_format: Literal["plain", "json"] = Field(default="plain", description="Lines to read, or JSON lines.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least that is logged; debug writes the messages of errors, which may hold input."
    )
    metrics: Literal["off", "main", "port"] = Field(
        default="off", description="Prometheus metrics: at /metrics of the service, or on a port of their own."
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address of the metrics' own port.")
    metrics_port: int = Field(default=9464, ge=1, le=65535, description="Port of the metrics, with metrics=port.")
    traces: bool = Field(default=False, description="OpenTelemetry traces; needs the extra otel.")
    request_seconds: float = Field(default=300.0, gt=0, description="Longest a request may compute; then 504.")
    shutdown_seconds: float = Field(
        default=20.0, gt=0, description="How long requests may go on when the service is stopped."
    )
    max_requests: int = Field(default=1000, gt=0, description="Requests answered at once; beyond, 503.")
    max_streams: int = Field(
        default=1000, gt=0, description="Streams of events at once, beside max_requests; beyond, 503."
    )
    max_bodies_bytes: int = Field(default=256_000_000, gt=0, description="Bytes of all bodies held at once; then 503.")
    result_cache_bytes: int = Field(default=64_000_000, ge=0, description="Computed answers kept in memory; 0 is none.")
    docs: bool = Field(default=True, description="Serve Swagger UI at /docs.")

    def __hash__(self) -> int:
        """Of a few fields: what equals has the same, which is all that the caches of sources need."""
        return hash((self.data_folder, self.cutout_path, self.online_source))


@lru_cache
def environment_settings() -> Settings:
    """The settings of this process's environment."""
    return Settings()
