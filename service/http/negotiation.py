"""Which form an answer takes: by `?f=`, else by the `Accept` header with its weights."""

from collections.abc import Mapping

from service.http.problems import ProblemError


def chosen(accept: str | None, asked: str | None, offered: Mapping[str, str]) -> str:
    """The name of a form; `offered` is media type by name, the first the default. Raises ProblemError: 406."""
    if asked is not None:
        return asked
    best, weight = None, 0.0
    for part in (accept or "*/*").split(","):
        media, *options = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for option in options:
            name, _, value = option.partition("=")
            if name.strip() == "q":
                quality = _quality(value)
        for name, offer in offered.items():
            if quality > weight and (media in (offer, "*/*") or media == offer.partition("/")[0] + "/*"):
                best, weight = name, quality
    if best is None:
        raise ProblemError("not-acceptable", "The answer comes as " + ", ".join(offered.values()) + ".")
    return best


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
