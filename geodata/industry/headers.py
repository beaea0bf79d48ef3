"""Which column of a tracker is what: the names its headers have, by format.

Known formats: `gem` (Global Energy Monitor, iron and steel; the workbook's two sheets are joined, see `gem.py`),
`gem-cement` (its Global Cement and Concrete Tracker), `sfi` (cement), `iea` (hydrogen projects), `leadit` (Green Steel
Tracker), `mpp` (Mission Possible Partnership's Global Project Tracker). A header is recognised whatever its case,
spaces and dashes; a column of another name is mapped by hand. Headers of GEM, SFI and IEA are their files' own; those
of LeadIT are those of its sheet `3. All Projects` as public code reads it; MPP's file is not public, its headers are
guesses of the usual names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.industry.sheet import plain
from geodata.user_data import LayerError

FIELDS = ("id", "name", "owner", "sector", "technology", "status", "country", "latitude", "longitude", "coordinates",
          "capacity", "capacity_else", "capacity_unit", "year", "year_else", "counted", "uncounted_why",
          "gem_plant")  # fmt: skip
REQUIRED = ("name", "status", "country")

# By field the names a header may have. Capacities of `gem` are sums of its own columns, see `_gem_capacity`.
COMMON = {
    "id": ("internalid", "id", "projectid", "plantid", "uid", "ref", "gemplantid", "gemassetid"),
    "name": ("projectname", "project", "plantname", "plantnameenglish", "gemassetnameenglish", "name", "nameofproject",
             "city"),
    "owner": ("owner", "company", "companies", "ownername", "ownernameenglish", "projectowner", "leadcompany",
              "developer"),
    "sector": ("sector", "industry", "sectorname"),
    "technology": ("technology", "technologycategory", "technologytobeused", "prodmethodtier", "maintechnology",
                   "technologytype", "productiontype", "pathway", "mainproductionequipment"),
    "status": ("plantstatus", "status", "projectstatus", "stage", "projectstage", "operatingstatus",
               "capacityoperatingstatus"),
    "country": ("countryarea", "country", "iso3", "countryname", "location"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lng", "lon", "long"),
    "coordinates": ("coordinates", "latlon", "coordinateslatlon"),
    "capacity": ("capacity", "productioncapacity", "annualcapacity", "steelcapacity", "steelproductioncapacity",
                 "capacitykth2y", "ironproductioncapacity", "plannedcapacity", "capacitymtpa", "capacityktpa",
                 "nominalcrudesteelcapacityttpa", "cementcapacitymillionsmetrictonnesperannum",
                 "steelproductioncapacitymilliontonnesperyear"),
    "capacity_else": ("ironproductioncapacitymilliontonnesperyear",),  # of a works that makes no steel
    "capacity_unit": ("capacityunit", "unit", "units"),
    "year": ("startdate", "year", "dateonline", "yearonline", "startyear", "yearofoperation", "operationalyear",
             "actualstartyearyyyy", "actualstartyear", "plannedcommissioning", "plannedcommissioningyear",
             "expectedstartdate", "yeartobeonline", "expectedonlineyear"),
    "year_else": ("plannedcommissioning", "plannedcommissioningyear", "yeartobeonline"),
    "counted": ("qualifiedfortracker",),
    "uncounted_why": ("reasonfordisqualificationqualification",),
    "gem_plant": ("gemplantid", "updatedgemplantid"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A tracker: its one sector, where it has one, and the unit of its capacity, t a year.

    marks : of each, one is among its plain headers.
    """

    sector: str | None
    tonnes: float
    marks: tuple[tuple[str, ...], ...]


FORMATS = {
    "gem-cement": Format(
        "cement", 1e6, (("gemplantid", "gemassetid"), ("cementcapacitymillionsmetrictonnesperannum",))
    ),
    "gem": Format("steel", 1e3, (("plantid", "gemplantid"), ("countryarea",))),
    "sfi": Format("cement", 1e6, (("uid",), ("planttype",), ("productiontype",))),
    "iea": Format("hydrogen", 1e3, (("capacitykth2y",), ("dateonline",))),
    "mpp": Format(None, 1.0, (("sector",),)),
    "leadit": Format(
        "steel",
        1e6,
        (
            (
                "qualifiedfortracker",
                "plannedcommissioning",
                "plannedcommissioningyear",
                "greensteel",
                "yearonline",
                "yeartobeonline",
            ),
        ),
    ),
}


def kind_of(keys: Mapping[str, str]) -> str:
    """The format whose marks are all among the plain headers. Raises LayerError where there is none."""
    for kind, known in FORMATS.items():
        if all(any(name in keys for name in names) for names in known.marks):
            return kind
    raise LayerError(f"which tracker this is cannot be told from its columns: say --format {', '.join(FORMATS)}")


def mapped(keys: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The header of each field; `given` ones first. Raises LayerError for a field or header that is not there."""
    found = {}
    for field in FIELDS:
        if field in given:
            key = plain(given[field])
            if key not in keys:
                raise LayerError(f"there is no column {given[field]!r} to take {field} from")
            found[field] = keys[key]
            continue
        name = next((keys[name] for name in COMMON[field] if name in keys), None)
        if name is not None:
            found[field] = name
    unknown = set(given) - set(FIELDS)
    if unknown:
        raise LayerError(f"there is no field {', '.join(sorted(unknown))}; fields are {', '.join(FIELDS)}")
    return found
