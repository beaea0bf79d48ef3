// Calls to the service; a problem (RFC 9457) becomes an error that a person understands.
const FIELDS = [
  ["/site/location", "The place"], ["/process/capacity", "Size"], ["/process/utilisation", "Use over the year"],
  ["/process/parameters", "Process details"], ["/process/load_mw", "Electric load"], ["/process/hydrogen", "Hydrogen load"],
  ["/process", "Process"], ["/supply/clean_share", "Clean share"], ["/supply/technologies", "What may be built"],
  ["/supply/grid", "Grid"], ["/supply/land", "Land"], ["/supply/radius_km", "How far generators may stand"],
  ["/finance/wacc", "Cost of capital"], ["/finance", "Costs"],
];

export class Problem extends Error {
  constructor(title, detail, lines = [], requestId = null) {
    super(title);
    Object.assign(this, { title, detail, lines, requestId });
  }
}

function fieldName(pointer) {
  const known = FIELDS.find(([start]) => pointer.startsWith(start));
  return known ? known[1] : pointer.split("/").filter(Boolean).join(" › ").replaceAll("_", " ") || "The request";
}

async function problemOf(response) {
  const body = await response.json().catch(() => null);
  if (!body?.title) return new Problem("The service did not answer as it should", `HTTP status ${response.status}.`);
  const lines = (body.errors ?? []).map(({ pointer, detail }) => {
    const own = detail.startsWith(pointer.split("/").at(-1)) ? detail.slice(pointer.split("/").at(-1).length).trim() : detail;
    return `${fieldName(pointer)}: ${own.replaceAll("_", " ")}`;
  });
  const title = body.status === 503 ? "The service is busy: try again in a few seconds" : body.title;
  return new Problem(title, lines.length ? "" : body.detail, lines, body.request_id);
}

/** The JSON answer of a call relative to the page; throws a Problem. */
export async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem("The service cannot be reached", "Check that it is running and that you are connected, then try again.");
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

export const getJson = async (path, options) => (await call(path, options)).json();

export const postJson = async (path, body, signal) => getJson(path, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
});
