"""Imported once by the fork server: tables and compiled kernels, which its workers then share, page by page."""

import gc

from service.case import facts
from service.jobs import work

assert work  # imported for what it brings into memory
facts.load()
facts.load_late()
gc.collect()
gc.freeze()  # what is shared stays shared: the collector would write to every page of it
