"""The ground of a line's way: the caller's word first, then the map's and the user's layers', else not checked."""

from geodata.cover import COVERS
from geodata.ground import Ground
from geodata.relief import RESOLUTION
from models.connection_data import connection_data
from models.connection_way import LAND_USE, TERRAIN, WayShares, slope_shares
from models.notice import Notice
from service.schemas.way import WayFields


def way_shares(ground: Ground, given: WayFields | None = None) -> WayShares:
    """Shares of the part on land. Where the caller's and the map's land uses exceed 1 together, the map's yield."""
    hill, mountain = slope_shares(ground.slopes)
    told = {name: getattr(given, f"{name}_share") for name in (*TERRAIN, *LAND_USE)} if given else {}
    if told.get("hill") is not None or told.get("mountain") is not None:
        hill, mountain = told["hill"] or 0.0, told["mountain"] or 0.0
    mapped = {name: getattr(ground, f"{name}_share") or 0.0 for name in LAND_USE}
    own = {name: told[name] for name in LAND_USE if told.get(name) is not None}
    rest = {name: share for name, share in mapped.items() if name not in own}
    left = max(1.0 - sum(own.values()), 0.0)
    shrink = min(1.0, left / sum(rest.values())) if sum(rest.values()) > 0.0 else 1.0
    return WayShares(hill=hill, mountain=mountain, **own, **{name: share * shrink for name, share in rest.items()})


def not_checked(ground: Ground, given: WayFields | None = None) -> tuple[str, ...]:
    """Kinds of cover that neither the caller nor a layer tells; none where no part is on land."""
    if ground.undersea_share >= 1.0:
        return ()
    return tuple(
        kind
        for kind in COVERS
        if ground.checked_share[kind] == 0.0 and (given is None or getattr(given, f"{kind}_share") is None)
    )


def way_notices(ground: Ground, given: WayFields | None = None) -> list[Notice]:
    """What is not known of a way on land."""
    if ground.undersea_share >= 1.0:
        return []
    told = given is not None and (given.hill_share is not None or given.mountain_share is not None)
    terrain = "" if told else f"its slopes are those of a grid of {RESOLUTION} alone, "
    detail = f"the way is straight; {terrain}permits and soil are not known"
    found = [Notice("connection_way_coarse", detail)]
    factors = connection_data().way_multipliers
    if missing := not_checked(ground, given):
        dearer = ", ".join(f"{kind} {factors[kind].value:g}" for kind in missing)
        detail = (
            f"not checked on the way: {', '.join(missing)}; the guide's factors on an overhead line are {dearer}. Give "
            "shares of the way, or add a layer with `sitewatt data land add`"
        )
        found.append(Notice("connection_cover_not_checked", detail))
    told_kinds = () if given is None else tuple(kind for kind in COVERS if getattr(given, f"{kind}_share") is not None)
    for kind in ground.partly_checked:
        if kind not in told_kinds:
            detail = (
                f"a layer tells {kind} on {ground.checked_share[kind]:.0%} of the way; the rest counts as open land"
            )
            found.append(Notice("connection_cover_partial", detail))
    return found
