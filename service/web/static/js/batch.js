// A file of sites: sent, watched, drawn as coloured points with a ranked table.
import { Problem, call, getJson } from "./api.js";
import { by, h, table } from "./dom.js";
import { clearProblem, say, showProblem } from "./problems.js";
import { state } from "./state.js";
import { csv, save } from "./download.js";
import { large, number, percent, plain, sentence } from "./words.js";

const COST = "cost.levelised_cost_of_clean_power_usd_per_mwh";
const COLUMNS = [ // words, figure, shown as
  ["Clean power, USD/MWh", COST, number], ["Hydrogen, USD/kg", "cost.levelised_cost_of_hydrogen_usd_per_kg", number],
  ["Capacity factor", "supply.capacity_factor", percent], ["CO₂ avoided, t a year", "emissions.avoided_t_co2_per_year", large],
  ["Nearest line, km", "grid.nearest_line.distance_km", number],
];
const FILES = { csv: "CSV", geojson: "GeoJSON", xlsx: "Excel", parquet: "Parquet" };
const PAUSE_MS = 600;
const MOST_TRIES = 5;
const SHOWN_ROWS = 200;
const MOST_ROWS = 2000; // asked for in all: on the map and among the ranks; the files hold the others
const OVER = ["successful", "failed", "dismissed"];
let watched = null;

export function startBatch({ showPoints, open }) {
  const input = by("batch-file");
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = ""; // the same file may be sent again
    if (!file) return;
    clearProblem();
    try {
      await follow(await send(file, showPoints), { showPoints, open });
    } catch (error) {
      by("batch").hidden = by("batch").childElementCount === 0;
      showProblem(error instanceof Problem ? error : new Problem("The batch could not be followed", String(error.message)), file.name);
    }
  });
}

async function send(file, showPoints) {
  const form = new FormData();
  form.append("file", file);
  form.append("defaults", JSON.stringify({ process: state.process, supply: state.supply, finance: state.finance }));
  form.append("on_error", "skip");
  form.append("rank_by", COST);
  showPoints([]);
  draw(h("h2", {}, `${file.name}: sending`), h("progress", { "aria-label": "Sending" }));
  return (await call("v1/batches", { method: "POST", body: form })).json();
}

const draw = (...parts) => { by("batch").hidden = false; by("batch").replaceChildren(h("div", { class: "card" }, parts)); };

async function follow(batch, { showPoints, open }) {
  const id = (watched = batch.batch_id);
  const { skipped } = batch;
  say(`${batch.progress.total} sites sent.`);
  by("batch").scrollIntoView({ block: "nearest" });
  for (let now = batch; watched === id; now = await patiently(() => getJson(`v1/batches/${id}`))) {
    const over = OVER.includes(now.status);
    const rows = now.progress.done ? await patiently(() => results(id, over ? MOST_ROWS : SHOWN_ROWS)) : [];
    if (watched !== id) return;
    showPoints(points(rows), over);
    draw(heading(now, over), bar(now), skipped.length > 0 && skippedList(skipped, batch.progress.failed), rows.length > 0 && ranked(rows, now.progress.done, open), over && actions(id, rows, () => showPoints([])));
    if (over) return say(`The batch is over: ${now.progress.done} sites, ${now.progress.failed} without an answer.`);
    await new Promise((resume) => { setTimeout(resume, PAUSE_MS); });
  }
}

/** The batch goes on without us: a service that is busy or away is asked again for a while. */
async function patiently(ask) {
  for (let tries = 1; ; tries++) {
    try { return await ask(); } catch (error) {
      if (!error.passes || tries === MOST_TRIES) throw error;
      say("The service does not answer: the page asks again.");
      await new Promise((resume) => { setTimeout(resume, PAUSE_MS * 2 ** tries); });
    }
  }
}

async function results(id, most) {
  const text = await (await call(`v1/batches/${id}/results?f=jsonl&order=rank&limit=${most}`)).text();
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

const figure = (row, name) => name.split(".").reduce((part, key) => part?.[key], row.assessment) ?? row.assessment?.[name] ?? null;

/** Places with their share of the way from the first rank to the last; null for those without an answer. */
function points(rows) {
  const last = Math.max(1, ...rows.map((row) => row.rank ?? 0));
  return rows.filter((row) => row.latitude !== null)
    .map((row) => ({ longitude: row.longitude, latitude: row.latitude, share: row.rank === null ? null : (row.rank - 1) / Math.max(1, last - 1) }));
}

function heading({ progress, status }, over) {
  const words = over ? { successful: "done", failed: "failed", dismissed: "stopped" }[status] : "computing";
  return h("div", { class: "row" }, h("h2", { id: "batch-title" }, `${progress.total} sites: ${words}`), h("span", { class: "hint" }, "On the map: ", h("span", { class: "ramp", "aria-hidden": "true" }), " from the cheapest clean power (green) to the dearest (red)"));
}

function bar({ batch_id: id, status, progress }) {
  const over = OVER.includes(status);
  const left = progress.seconds_left === null || over ? "" : `, ${number(progress.seconds_left)} s left`;
  return h("div", {}, h("progress", { max: progress.total, value: progress.done, "aria-label": "Sites done" }),
    h("p", { class: "hint" }, `${progress.done} of ${progress.total} done, ${progress.failed} without an answer, ${number(progress.sites_per_second)} a second${left}`),
    !over && h("button", { type: "button", onclick: () => stop(id) }, "Stop"));
}

/** Stops it; one that has ended in the meantime keeps its results. */
const stop = (id) => call(`v1/batches/${id}?only=stop`, { method: "DELETE" })
  .catch((error) => (error.status === 409 ? say("The batch was over already.") : showProblem(error)));

/** Takes a batch that is over, and its results, out of the service and off the page. */
async function remove(id, clear) {
  await call(`v1/batches/${id}?only=delete`, { method: "DELETE" });
  by("batch").hidden = true;
  by("batch").replaceChildren();
  clear();
  say("The batch and its results are deleted.");
}

/** The first press asks, the second does it. */
function removal(id, clear) {
  const button = h("button", { type: "button", class: "quiet" }, "Delete");
  button.addEventListener("click", () => {
    if (button.textContent === "Delete") button.textContent = "Delete for good?";
    else remove(id, clear).catch(showProblem);
  });
  return button;
}

const skippedList = (skipped, count) => h("details", {}, h("summary", {}, count === 1 ? "1 row of the file cannot be used" : `${count} rows of the file cannot be used`),
  h("ul", { class: "warnings" }, skipped.slice(0, SHOWN_ROWS).map((row) => h("li", {}, `Row ${row.row}: ${row.errors.map((error) => error.detail).join("; ")}`))));

/** Why a site has no answer: every field that is wrong, else the problem itself. */
const reasons = ({ problem }) => (problem?.errors?.length ? problem.errors.map(({ detail }) => sentence(plain(detail))).join("; ") : problem?.detail || problem?.title || "no answer");

function ranked(rows, done, open) {
  const columns = COLUMNS.filter(([, name]) => rows.some((row) => figure(row, name) !== null)); // none of hydrogen where none is made
  const cells = (row) => [
    row.rank === null ? "–" : String(row.rank),
    h("button", { type: "button", class: "quiet", onclick: () => open(row), disabled: row.latitude === null, "aria-label": `Assess ${row.site_id} in full` }, row.site_id),
    ...(row.status === "ok" ? columns.map(([, name, shown]) => shown(figure(row, name))) : [h("td", { colspan: columns.length, class: "hint" }, `No answer. ${reasons(row)}`)]),
  ];
  return [
    h("p", { class: "hint" }, "Choose a site's name for its whole answer."),
    table("Sites by rank", [["Rank"], ["Site"], ...columns.map(([words]) => [words, true])], rows.slice(0, SHOWN_ROWS).map(cells)),
    done > SHOWN_ROWS && h("p", { class: "hint" }, `The best ${SHOWN_ROWS} of ${number(done)}, and at most ${number(MOST_ROWS)} on the map; the files hold all.`),
  ];
}

/** A file of all results, by a call that carries the key where one is asked for. */
async function taken(id, form) {
  const response = await call(`v1/batches/${id}/results?order=rank&f=${form}`);
  save(`sites.${form}`, response.headers.get("content-type"), await response.blob());
}

function actions(id, rows, clear) {
  const flat = rows.map((row) => [row.rank, row.site_id, row.latitude, row.longitude, row.status, figure(row, COST), row.problem?.detail ?? ""]);
  return h("div", { class: "row actions" },
    h("span", { class: "hint" }, "Take away:"),
    Object.entries(FILES).map(([form, words]) => h("button", { type: "button", onclick: () => taken(id, form).catch(showProblem) }, words)),
    h("button", { type: "button", onclick: () => save("ranks.csv", "text/csv", csv([["rank", "site", "latitude", "longitude", "status", "usd_per_mwh", "problem"], ...flat])) }, "Ranks only"),
    removal(id, clear));
}
