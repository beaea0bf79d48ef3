# %% [markdown]
# # Assess, compare, map
#
# A notebook in percent format: VS Code, PyCharm and jupytext open it as cells; it runs as a script too. It asks a
# running service (`make run`) and needs nothing else of the network. Beside Sitewatt itself: `pip install matplotlib`.

# %%
import os
import sys
from pathlib import Path

import httpx
import matplotlib.pyplot as plt
import shapely

ROOT = Path(__file__).parents[1] if "__file__" in globals() else Path.cwd().parent
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

from sitewatt_streams import follow, results  # noqa: E402  # after the path is set

from geodata.countries import Countries  # noqa: E402  # the same

service = httpx.Client(base_url=os.environ.get("SITEWATT_URL", "http://127.0.0.1:8000"), timeout=300.0)
out = Path(os.environ.get("SITEWATT_OUT", "."))
COST = "levelised_cost_of_clean_power_usd_per_mwh"


def asked(path: str, body: dict) -> dict:
    """The answer, or every wrong field in words."""
    answer = service.post(path, json=body)
    if answer.status_code == 422:
        problem = answer.json()
        raise SystemExit("\n".join([problem["detail"], *(f"{e['pointer']}: {e['detail']}" for e in problem["errors"])]))
    return answer.raise_for_status().json()


# %% [markdown]
# ## One site, one process
# Green steel in Boden, Sweden: 2.5 Mt a year. Every default stands in the answer's `input`.

# %%
boden = {"name": "Boden", "location": {"type": "Point", "coordinates": [21.69, 65.83]}}
steel = {"id": "steel-h2-dri-eaf", "capacity_t_per_year": 2_500_000}
answer = asked("/v1/assessments", {"site": boden, "process": steel})

cost = answer["cost"]
print(f"clean power: {cost[COST]:.1f} USD/MWh ({cost['low']:.1f} to {cost['high']:.1f})")
print(
    f"steel: {cost['product_cost_usd_per_unit']:.0f} USD/t, else {cost['conventional_product_cost_usd_per_unit']:.0f}"
)
for part in answer["supply"]["generators"]:
    print(f"  {part['name']:15} {part['capacity_mw']:8.0f} MW, capacity factor {part['capacity_factor']:.3f}")
for part in answer["supply"]["storage"]:
    print(f"  {part['technology']:15} {part['power_mw']:8.0f} MW, {part['energy_mwh']:.0f} MWh")
for warning in answer["warnings"]:
    print("note:", warning["detail"])

# %% [markdown]
# ## How clean, and how?
# The same plant at three clean shares, with and without hydrogen as a store of power.

# %%
comparison = asked(
    "/v1/comparisons",
    {
        "base": {"site": boden, "process": steel},
        "designs": [{"hydrogen": True}, {"hydrogen": False}],
        "clean_shares": [0.8, 0.9, 1.0],
    },
)
for row in sorted(comparison["rows"], key=lambda row: row["rank_by_cost"] or 99):
    told = f"{row['figures'][COST]:.1f} USD/MWh" if row["status"] == "ok" else row["problem"]["detail"]
    print(f"{row['rank_by_cost'] or '-':>2}  {row['name']:25} {told}")

# %% [markdown]
# ## Where?
# Points over a region, as a batch: followed while it runs, kept as GeoJSON, drawn.

# %%
west, south, east, north = 8.0, 54.0, 16.0, 58.0
corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
spacing_km = float(os.environ.get("SITEWATT_SPACING_KM", "50"))
supply = {"technologies": ["pv_tracking", "wind_onshore", "battery"], "clean_share": 0.8, "radius_km": 0}
batch = asked(
    "/v1/batches",
    {
        "region": {"area": {"type": "Polygon", "coordinates": [corners]}, "spacing_km": spacing_km},
        "defaults": {"process": {"id": "custom", "load_mw": 100.0}, "supply": supply},
    },
)
for state in follow(service, batch["batch_id"]):
    print(f"{state['progress']['done']} of {state['progress']['total']} sites, {state['status']}")
rows = [row for row in results(service, batch["batch_id"]) if row["status"] == "ok"]

places = service.get(f"/v1/batches/{batch['batch_id']}/results", params={"f": "geojson"}).raise_for_status()
(out / "sites.geojson").write_bytes(places.content)

# %%
figure, axes = plt.subplots(figsize=(8, 6), layout="constrained")
for area, _ in Countries.load().outlines():
    if area.intersects(shapely.box(west, south, east, north)):
        axes.plot(*area.exterior.xy, color="0.6", linewidth=0.8)
points = axes.scatter(
    [row["longitude"] for row in rows],
    [row["latitude"] for row in rows],
    c=[row["assessment"]["cost"][COST] for row in rows],
    s=90,
    cmap="viridis_r",
    zorder=3,
)
figure.colorbar(points, label="levelised cost of clean power, USD/MWh")
axes.set(xlim=(west, east), ylim=(south, north), aspect=1.8, xlabel="longitude, °E", ylabel="latitude, °N")
axes.set_title("100 MW day and night, 80 % from wind and sun of the place")
figure.savefig(out / "sites.png", dpi=120)
plt.show()
print(f"{len(rows)} sites: {out / 'sites.geojson'}, {out / 'sites.png'}")
