"""Imported once by the fork server: tables and compiled kernels, which its workers then share, page by page."""

import gc
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, with which it ends; its workers inherit this

from service.case import facts  # noqa: E402  # once the signal is ignored
from service.jobs import work  # noqa: E402  # the same

assert work  # imported for what it brings into memory
facts.load()
facts.load_late()
gc.collect()
gc.freeze()  # what is shared stays shared: the collector would write to every page of it
