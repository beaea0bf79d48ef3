"""Which version of the models answered."""

from importlib.metadata import version

MODEL_VERSION = version("sitewatt")
