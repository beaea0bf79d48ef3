"""The system's Chromium, cut off: no name but this machine's own resolves, so nothing can be fetched elsewhere."""

import os
import shutil

CHROMIUM = os.environ.get("SITEWATT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
