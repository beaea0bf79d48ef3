// Calls to the service; a problem (RFC 9457) becomes an error that a person understands.
import { askKey, keyed } from "./key.js";

const FIELDS = [
  ["/site/location", "The place"], ["/process/capacity", "Size"], ["/process/utilisation", "Use over the year"],
  ["/process/parameters", "Process details"], ["/process/load_mw", "Electric load"], ["/process/hydrogen", "Hydrogen load"],
  ["/process", "Process"], ["/supply/clean_share", "Clean share"], ["/supply/technologies", "What may be built"],
  ["/supply/grid", "Grid"], ["/supply/land", "Land"], ["/supply/radius_km", "How far generators may stand"],
  ["/supply/firm", "Firm clean power"], ["/supply/limits", "Most that may be built"], ["/finance/wacc", "Cost of capital"],
  ["/finance/costs", "Investment costs of your own"], ["/finance/project_years", "Years of operation"],
  ["/finance/construction_years", "Years of construction"], ["/finance/product_price", "Price of the product"],
  ["/finance/carbon_price", "Carbon price"], ["/finance", "Costs"],
];

const BUSY = { 429: "Too many questions at once", 502: "The service is away", 503: "The service is busy", 504: "The service took too long" };

/** When to come back, as the service says it; it may name a date, which is not worth counting. */
function wait(response) {
  const seconds = Number(response.headers.get("retry-after"));
  return seconds > 0 ? `in ${Math.ceil(seconds)} s` : "in a few seconds";
}

export class Problem extends Error {
  constructor(title, detail, lines = [], requestId = null, passes = false, status = null) {
    super(title);
    Object.assign(this, { title, detail, lines, requestId, passes, status }); // passes: worth asking again as it stands
  }
}

function fieldName(pointer) {
  const known = FIELDS.find(([start]) => pointer.startsWith(start));
  return known ? known[1] : pointer.split("/").filter(Boolean).join(" › ").replaceAll("_", " ") || "The request";
}

async function problemOf(response) {
  const body = await response.json().catch(() => null);
  if (!body?.title) { // not the service's own words: a proxy in between, as when the service restarts
    return BUSY[response.status] ? new Problem(`${BUSY[response.status]}: try again ${wait(response)}`, "", [], null, true) : new Problem("The service did not answer as it should", `HTTP status ${response.status}.`);
  }
  const lines = (body.errors ?? []).map(({ pointer, detail }) => {
    const own = detail.startsWith(pointer.split("/").at(-1)) ? detail.slice(pointer.split("/").at(-1).length).trim() : detail;
    return `${fieldName(pointer)}: ${own.replaceAll("_", " ")}`;
  });
  return new Problem(BUSY[body.status] ? `${BUSY[body.status]}: try again ${wait(response)}` : body.title, lines.length ? "" : body.detail, lines, body.request_id, body.status in BUSY, body.status);
}

/** The JSON answer of a call relative to the page; throws a Problem. */
export async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, keyed(options));
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The service cannot be reached", "Check that it is running and that you are connected, then try again.", [], null, true);
  }
  if (response.status === 401 && await askKey()) return call(path, options);
  if (!response.ok) throw await problemOf(response);
  return response;
}

export const getJson = async (path, options) => (await call(path, options)).json();

export const postJson = async (path, body, signal) => getJson(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
});
