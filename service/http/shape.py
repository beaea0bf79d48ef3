"""The shape of a body, looked at before any model is.

What a model finds wrong repeats the names on the way to it: a thousand wrong fields below a name of half a megabyte
would be an answer of half a gigabyte. And it looks at every item of a list that is far too long.
"""

from service.http.problems import wrong_field

LONGEST_NAME, MOST_NAMES, MOST_DEPTH = 200, 2_000, 64  # no field of ours comes near
MOST_PARTS = 100_000  # objects and lists in all; an area of 10,000 vertices has 10,000


def check_shape(data: object, pointer: str = "") -> None:
    """Refuse what is out of shape, naming the field at the pointer. Raises ProblemError."""
    detail = out_of_shape(data)
    if detail is not None:
        raise wrong_field(pointer, detail, "too_large")


def out_of_shape(data: object) -> str | None:
    """What no request has: names so long, so many in one object, so many levels, so many parts; else None."""
    level, parts = [data], 0
    for _ in range(MOST_DEPTH):
        inner: list[object] = []
        for part in level:
            if isinstance(part, dict):
                if len(part) > MOST_NAMES:
                    return f"an object may have at most {MOST_NAMES:,} fields"
                if any(len(name) > LONGEST_NAME for name in part):
                    return f"the name of a field may have at most {LONGEST_NAME} characters"
                inner += [value for value in part.values() if isinstance(value, dict | list)]
            elif isinstance(part, list):
                inner += [value for value in part if isinstance(value, dict | list)]
        if not inner:
            return None
        parts += len(inner)
        if parts > MOST_PARTS:
            return f"at most {MOST_PARTS:,} objects and lists are taken"
        level = inner
    return f"objects and lists may lie at most {MOST_DEPTH} deep"
