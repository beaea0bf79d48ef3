"""What a design makes in the hours of a weather year."""

from geodata.weather.year import WeatherYear
from models.arrays import FloatArray
from models.supply.designs import PVDesign, WindDesign
from models.supply.pv import pv_capacity_factor
from models.supply.wind import wind_capacity_factor


def capacity_factors(design: PVDesign | WindDesign, year: WeatherYear) -> FloatArray:
    """Hourly capacity factors, (hours,) in 0-1."""
    if isinstance(design, PVDesign):
        return pv_capacity_factor(
            time_utc=year.time_utc,
            latitude=year.latitude,
            longitude=year.longitude,
            elevation_m=year.elevation_m,
            ghi_w_per_m2=year.ghi_w_per_m2,
            dni_w_per_m2=year.dni_w_per_m2,
            dhi_w_per_m2=year.dhi_w_per_m2,
            air_c=year.air_c,
            wind_10m_m_per_s=year.wind_10m_m_per_s,
            snowfall_cm=year.snowfall_cm,
            design=design,
        )
    return wind_capacity_factor(
        wind_m_per_s=year.winds,
        air_c=year.air_c,
        elevation_m=year.elevation_m,
        over_sea=year.over_sea,
        pressure_pa=year.pressure_pa,
        design=design,
    )
