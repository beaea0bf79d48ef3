"""Which id a request gets."""

import uuid

import pytest

from service.operation.request_id import request_id

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize("sent", ["abc", "A-1.b_2", "x" * 64])
def test_a_plain_id_is_taken(sent: str) -> None:
    assert request_id([(b"x-request-id", sent.encode())]) == sent


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "a\nb", '{"level": "error"}', "é", "../../etc"])
def test_another_is_not(sent: str) -> None:
    given = request_id([(b"x-request-id", sent.encode("latin-1"))])
    assert str(uuid.UUID(given)) == given


def test_a_trace_gives_its_id() -> None:
    assert request_id([(b"traceparent", f"00-{TRACE}-00f067aa0ba902b7-01".encode())]) == TRACE
    both = [(b"traceparent", f"00-{TRACE}-00f067aa0ba902b7-01".encode()), (b"x-request-id", b"mine")]
    assert request_id(both) == "mine"


@pytest.mark.parametrize("sent", ["", "00-zz-00-01", f"00-{'0' * 32}-00f067aa0ba902b7-01", TRACE])
def test_no_trace_gives_none(sent: str) -> None:
    given = request_id([(b"traceparent", sent.encode())])
    assert str(uuid.UUID(given)) == given
