"""What the calls of a client have to give, whatever its language."""

from typing import Any

from tests.clients.conftest import SITES
from tests.clients.cutting import Way


def check_happy(found: dict[str, Any]) -> None:
    """A cost, what is built, the country of Duisburg."""
    assert 20.0 < found["cost"] < 500.0
    assert len(found["built"]) == 2
    assert max(found["built"]) > 0.0
    assert found["country"] == "DEU"


def check_refused(found: dict[str, Any]) -> None:
    """422 that names both wrong fields."""
    assert found["status"] == 422
    assert found["title"] == "The request is not valid"
    assert found["pointers"] == ["/site/location/coordinates/0", "/process/id"]


def check_streams(found: dict[str, Any], way: Way) -> None:
    """The batch to its end and every row once, though the connection broke each time it was told to."""
    assert way.left == []
    assert way.cuts >= 3
    done = [state["done"] for state in found["seen"]]
    assert done == sorted(done)
    assert found["seen"][-1] == {"done": SITES, "status": "successful"}
    assert [state["status"] for state in found["seen"]].count("successful") == 1
    assert found["numbers"] == list(range(1, SITES + 1))
    assert found["sites"] == [f"s{number}" for number in range(SITES)]
