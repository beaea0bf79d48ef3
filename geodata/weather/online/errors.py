"""What can go wrong with a source of weather."""


class SourceUnavailable(Exception):
    """A source cannot serve this request now; `reason` is for people, without addresses, keys or bodies."""

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"{source}: {reason}")
