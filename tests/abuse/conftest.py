"""The application of the tests of the HTTP face."""

from tests.api.conftest import client

__all__ = ["client"]
