"""The settings for a command: what is wrong with them is said, one a line, and the command ends with status 2."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from service.settings import Settings


def settings_or_end() -> "Settings":
    """The settings of the environment."""
    from service.operation.configuration import ConfigurationError, checked_settings

    try:
        return checked_settings()
    except ConfigurationError as error:
        for line in error.lines:
            typer.echo(line, err=True)
        raise typer.Exit(2) from error
