"""Everything an operator can set, read once from the environment (prefix `SITEWATT_`)."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    data_dir: Path | None = Field(
        default=None,
        description="Folder of your own grid, land and projects; `sitewatt data folder` shows the default.",
    )
    docs: bool = Field(default=True, description="Serve Swagger UI at /docs.")


@lru_cache
def environment_settings() -> Settings:
    """The settings of this process's environment."""
    return Settings()
