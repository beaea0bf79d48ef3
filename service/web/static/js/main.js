// The page: what happens when somebody clicks, types, asks.
import { getJson } from "./api.js";
import { startBatch } from "./batch.js";
import { comparison } from "./compare.js";
import { designsCard } from "./designs.js";
import { by, h } from "./dom.js";
import { wrongFields } from "./fields.js";
import { processName, showForm, startForm } from "./form.js";
import { startMap } from "./map/map.js";
import { clearProblem, say, showProblem } from "./problems.js";
import { drawAnswer } from "./results.js";
import { assessAll } from "./run.js";
import { startSearch } from "./search.js";
import { addSite, placeSite, removeSite, showSites, siteName } from "./sites.js";
import { link, middle, restore, state } from "./state.js";
import { startTheme } from "./theme.js";
import { welcome } from "./welcome.js";
import { number } from "./words.js";

const NEAR = 40_000; // px a world: a site and its surroundings
const current = () => state.sites[state.current];
let map;

function showResults(busy) {
  const site = current(), results = by("results");
  results.setAttribute("aria-busy", busy);
  if (!state.sites.some((one) => one.location)) return results.replaceChildren(welcome());
  const cost = site?.answer?.cost.levelised_cost_of_clean_power_usd_per_mwh;
  by("map-answer").hidden = cost === undefined;
  by("map-answer").textContent = `${number(cost)} USD/MWh: see the answer`;
  const parts = [];
  const placed = state.sites.filter((one) => one.location);
  if (placed.length > 1) parts.push(comparison(placed, siteName, (one) => pick(state.sites.indexOf(one))));
  if (site?.answer) parts.push(...drawAnswer(site.answer, { name: siteName(site), process: processName(site.asked.process.id), link, country: map.country(site.answer.place.country), compare: designsCard(site) }).filter(Boolean));
  else if (busy) parts.push(h("div", { class: "headline" }, [1, 2, 3, 4].map(() => h("div", { class: "skeleton" }))), h("div", { class: "skeleton tall" }));
  results.replaceChildren(...parts);
}

async function ask() {
  clearProblem();
  by("changed").hidden = true;
  if (!state.sites.some((site) => site.location)) {
    by("search").focus();
    return showProblem({ message: "Choose a place first", detail: "Click the map, or search for a place." });
  }
  say("Computing.");
  showResults(true);
  map.redraw();
  const whole = await assessAll((site) => {
    if (site.problem) showProblem(site.problem, state.sites.length > 1 ? siteName(site) : "", again);
    else if (site === current()) say(`Done: clean power costs ${number(site.answer.cost.levelised_cost_of_clean_power_usd_per_mwh)} US dollars per megawatt hour.`);
    showResults(state.sites.some((one) => one.location && !one.answer && !one.problem));
    map.redraw();
  });
  if (!whole) return;
  showResults(false);
  history.replaceState(null, "", link());
}

function refresh() {
  showSites({ picked: pick, removed: (index) => { removeSite(index); refresh(); showResults(false); } });
  map.redraw();
}

function pick(index) {
  state.current = index;
  refresh();
  showResults(false);
  if (current().location) map.view.look(...middle(current().location));
}

const lookAt = (site) => site && map.view.look(...middle(site.location), NEAR / 4);

function place(location, name, far) {
  placeSite(location, name);
  refresh();
  if (far) map.view.look(...middle(location), Math.max(map.view.scale, NEAR));
  ask();
}

function changed() {
  for (const site of state.sites) if (site.answer || site.problem) site.stale = true;
  by("changed").hidden = !state.sites.some((site) => site.stale);
}

function again() {
  const wrong = wrongFields(by("form"));
  if (wrong.length) return showProblem({ message: wrong.length > 1 ? "Some fields cannot be as they are" : "One field cannot be as it is", lines: wrong });
  for (const site of state.sites) if (site.stale || site.problem) Object.assign(site, { answer: null, problem: null, compared: null, stale: false });
  ask();
}

async function start() {
  const restored = restore(location.hash);
  map = startMap({
    picked: (coordinates) => place({ type: "Point", coordinates }, null, false),
    area: (ring) => place({ type: "Polygon", coordinates: [ring] }, null, false),
    failed: (words) => showProblem({ message: words }),
  });
  startTheme(by("theme"), () => map.recolour());
  startSearch({
    failed: showProblem,
    chosen: (found) => {
      const coordinates = [found.longitude, found.latitude];
      if (found.kind === "country") return map.view.look(...coordinates, 5000);
      place({ type: "Point", coordinates }, found.point ? null : found.name, true);
    },
  });
  by("form").addEventListener("submit", (event) => { event.preventDefault(); again(); });
  by("add-site").addEventListener("click", () => { addSite(); refresh(); showResults(false); by("search").value = ""; by("search").focus(); });
  by("map-answer").addEventListener("click", (event) => { event.preventDefault(); by("results").focus(); by("results").scrollIntoView(); });
  window.addEventListener("hashchange", () => { if (restore(location.hash)) { showForm(changed); refresh(); lookAt(state.sites[0]); ask(); } });
  startBatch({ showPoints: (points, over) => map.showPoints(points, over), open: (row) => place({ type: "Point", coordinates: [row.longitude, row.latitude] }, row.site_id, true) });
  refresh();
  showResults(false);
  try {
    await startForm(changed);
    if (restored && state.sites.length) { lookAt(state.sites[0]); ask(); }
    credits();
  } catch (error) {
    showProblem(error, "", () => window.location.reload());
  }
}

async function credits() {
  const { datasets } = await getJson("v1/datasets");
  const shown = datasets.filter(({ id }) => ["countries", "grid_osm", "power_plants", "industry"].includes(id)).map(({ attribution }) => attribution.split(/[,;]/)[0]);
  by("credit").textContent = [...new Set(shown)].join(" · ");
}

start();
