"""GHI, DNI and DHI from what is known of them, checked against the sun and against each other."""

from collections.abc import Mapping

import numpy as np

from geodata.warnings import DataWarning
from geodata.weather.raw import FileProblem, WeatherFileError
from geodata.weather.zenith import hourly_height, hours_off

LEAST_HEIGHT = 0.05  # cosine of the zenith, a mean of the hour, below which a beam is not divided by it
CLEAREST_AIR = 0.8  # transmission at air mass 1 on a high, dry mountain
WRONG_ZONE_HOURS, DOUBTFUL_HOURS = 0.9, 0.5
LOOSE_CLOSURE = 0.12
FLAT_BEAM = 0.40  # of beam at low sun over beam at high sun: DNI has 0.5 to 0.8, direct on the horizontal 0.2 to 0.3


def complete_irradiance(
    series: Mapping[str, np.ndarray], time_utc: np.ndarray, latitude: float, longitude: float, field: str
) -> tuple[dict[str, np.ndarray], tuple[DataWarning, ...]]:
    """`ghi`, `dni`, `dhi`, (hours,) W/m2, and what the caller should know.

    Raises WeatherFileError where they contradict the sun: a wrong time zone, a beam on the wrong plane.
    """
    given = {name: series[name] for name in ("ghi", "dni", "dhi", "bhi") if name in series}
    height = hourly_height(time_utc, latitude, longitude)
    notes: list[DataWarning] = []
    _check_time(given, time_utc, latitude, longitude, field, notes)
    if "bhi" in given:
        given.setdefault("ghi", given["bhi"] + given.get("dhi", 0.0))
        given.setdefault("dhi", np.maximum(given["ghi"] - given["bhi"], 0.0))
        given.setdefault("dni", _beam(given["bhi"], height, time_utc))
    if "dni" in given and not given["dni"].any() and "ghi" in given:
        del given["dni"]
        if "dhi" in given:
            detail = "DNI is zero all year: rebuilt as (GHI - DHI) / cos(zenith); export it again if it should be there"
        else:
            detail = "DNI is zero all year: split from GHI after Erbs; export it again if the file should hold it"
        notes.append(DataWarning("dni_rebuilt", detail))
    if "dni" in given and "ghi" not in given:
        _check_beam(given["dni"], height, field)
    return _completed(given, height, time_utc, field, notes), tuple(notes)


def _completed(
    given: dict[str, np.ndarray], height: np.ndarray, time_utc: np.ndarray, field: str, notes: list[DataWarning]
) -> dict[str, np.ndarray]:
    known = set(given) & {"ghi", "dni", "dhi"}
    if known == {"ghi"}:
        notes.append(
            DataWarning("irradiance_split", "only GHI is known: split into direct and diffuse after Erbs 1982")
        )
        share = _erbs(given["ghi"], height, time_utc)
        given["dhi"] = given["ghi"] * share
        known = {"ghi", "dhi"}
    if known == {"ghi", "dhi"}:
        given["dni"] = _beam(np.maximum(given["ghi"] - given["dhi"], 0.0), height, time_utc)
    elif known == {"ghi", "dni"}:
        given["dhi"] = np.maximum(given["ghi"] - given["dni"] * height, 0.0)
    elif known == {"dni", "dhi"}:
        given["ghi"] = given["dhi"] + given["dni"] * height
    elif known == {"ghi", "dni", "dhi"}:
        _check_closure(given, height, field, notes)
    else:
        detail = "holds too little irradiance: give ghi, or dhi with dni or bhi (direct on the horizontal)"
        raise WeatherFileError([FileProblem(field, detail, "missing")])
    return {name: np.asarray(np.maximum(given[name], 0.0)) for name in ("ghi", "dni", "dhi")}


def _extra(time_utc: np.ndarray) -> np.ndarray:
    import pvlib  # slow to import: when first needed

    day = (time_utc.astype("datetime64[D]") - time_utc.astype("datetime64[Y]").astype("datetime64[D]")).astype(int) + 1
    return np.asarray(pvlib.irradiance.get_extra_radiation(day.astype(float)))


def _beam(horizontal: np.ndarray, height: np.ndarray, time_utc: np.ndarray) -> np.ndarray:
    """DNI from the direct light on the horizontal; never more than very clear air lets through.

    Meinel and Meinel 1976: transmission^(air mass^0.678). A small error of time would else blow up the low sun's beam.
    """
    import pvlib  # slow to import: when first needed

    high = height > LEAST_HEIGHT
    beam = np.divide(horizontal, height, out=np.zeros(len(height)), where=high)
    zenith = np.degrees(np.arccos(np.clip(height, 0.0, 1.0)))
    mass = pvlib.atmosphere.get_relative_airmass(np.minimum(zenith, 89.0))
    return np.asarray(np.minimum(beam, _extra(time_utc) * CLEAREST_AIR ** (mass**0.678)))


def _erbs(ghi: np.ndarray, height: np.ndarray, time_utc: np.ndarray) -> np.ndarray:
    """Diffuse share of GHI by the clearness index (Erbs, Klein and Duffie 1982, Solar Energy 28, 293-302)."""
    index = np.divide(ghi, _extra(time_utc) * height, out=np.zeros(len(ghi)), where=height > LEAST_HEIGHT)
    middle = 0.9511 + index * (-0.1604 + index * (4.388 + index * (-16.638 + index * 12.336)))
    return np.asarray(np.where(index <= 0.22, 1.0 - 0.09 * index, np.where(index <= 0.80, middle, 0.165)))


def _check_time(
    given: Mapping[str, np.ndarray],
    time_utc: np.ndarray,
    latitude: float,
    longitude: float,
    field: str,
    notes: list[DataWarning],
) -> None:
    """The light must follow the sun."""
    light = next((given[name] for name in ("ghi", "bhi", "dhi", "dni") if name in given), None)
    off = None if light is None else hours_off(time_utc, light, latitude, longitude)
    if off is None or abs(off) < DOUBTFUL_HOURS:
        return
    way = "late" if off > 0.0 else "early"
    if abs(off) < WRONG_ZONE_HOURS:
        detail = (
            f"the light comes {abs(off):.1f} h {way} against the sun: clouds, or stamps of another part of the hour "
            "(csv and parquet: columns.stamp)"
        )
        notes.append(DataWarning("time_doubtful", detail))
        return
    detail = (
        f"the light comes {abs(off):.1f} h {way} against the sun of {latitude:.2f}, {longitude:.2f}: stamps are not "
        "in the stated time zone, or the place is another; state the zone (csv and parquet: columns.utc_offset_hours, "
        "local less UTC) or the place"
    )
    raise WeatherFileError([FileProblem(field, detail, "time_zone_wrong")])


def _check_beam(dni: np.ndarray, height: np.ndarray, field: str) -> None:
    """Without GHI beside it: does the beam weaken towards the horizon as light on the horizontal does?"""
    top = float(height.max())
    low, high = (height > 0.12) & (height < 0.25), height > 0.8 * top
    if top < 0.4 or not low.any() or not high.any():
        return
    ratio = np.percentile(dni[low], 98) / max(float(np.percentile(dni[high], 98)), 1.0)
    if ratio < FLAT_BEAM:
        detail = "this looks like direct irradiance on the horizontal plane, not DNI: map the column as bhi"
        raise WeatherFileError([FileProblem(field, detail, "beam_is_horizontal")])


def _check_closure(given: Mapping[str, np.ndarray], height: np.ndarray, field: str, notes: list[DataWarning]) -> None:
    """GHI = DHI + DNI cos(zenith), over the year."""
    whole = max(float(given["ghi"].sum()), 1e-9)
    as_dni = np.abs(given["dhi"] + given["dni"] * height - given["ghi"]).sum() / whole
    as_horizontal = np.abs(given["dhi"] + given["dni"] - given["ghi"]).sum() / whole
    if as_dni <= LOOSE_CLOSURE:
        return
    if as_horizontal < 0.25 * as_dni:
        detail = "dni is direct irradiance on the horizontal plane (it and dhi add up to ghi): map the column as bhi"
        raise WeatherFileError([FileProblem(field, detail, "beam_is_horizontal")])
    detail = f"DHI + DNI cos(zenith) misses GHI by {as_dni:.0%}: check columns and time stamps"
    notes.append(DataWarning("irradiance_does_not_close", detail))
