"""The folders that an operator names, looked at when the service starts: what is wrong with them degrades it."""

import logging
import os
from pathlib import Path

from service.settings import Settings

log = logging.getLogger("sitewatt")


def look(settings: Settings) -> None:
    """Log which folder cannot be used, what does not work for as long, and what to do."""
    if not writable(settings.data_folder):
        refused = "uploads, and fetched weather is not kept"
        if settings.database_url is None:
            refused = "batches, " + refused
        log.warning(
            "SITEWATT_DATA_FOLDER: %s cannot be made or written: no %s; let this user write there, or name another",
            settings.data_folder,
            refused,
        )
    own = settings.data_dir
    if own is not None and own.exists() and not (own.is_dir() and os.access(own, os.R_OK | os.X_OK)):
        log.warning("SITEWATT_DATA_DIR: %s cannot be read as a folder: no layers of your own are used", own)


def writable(folder: Path) -> bool:
    """Whether the folder, or where it would be made, takes files."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)
