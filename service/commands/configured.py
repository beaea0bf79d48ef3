"""The settings for a command: what is wrong with them is said, one a line, and the command ends with status 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from service.settings import Settings


def settings_or_end() -> "Settings":
    """The settings of the environment."""
    from service.operation.configuration import checked_settings

    with configuration_or_end():
        return checked_settings()


@contextmanager
def configuration_or_end() -> Iterator[None]:
    """End the command where something inside of the block raises ConfigurationError."""
    from service.operation.configuration import ConfigurationError

    try:
        yield
    except ConfigurationError as error:
        for line in error.lines:
            typer.echo(line, err=True)
        raise typer.Exit(2) from error
