// What is asked for, and the link that holds it. The link keeps the whole question, so it asks again elsewhere.
export const MOST_SITES = 6;

export const state = {
  sites: [], // {name, location, answer, problem}
  current: 0,
  process: { id: "steel-h2-dri-eaf" },
  supply: {},
  finance: {},
  options: {},
};

/** The body of POST /v1/assessments for one site. */
export function requestFor(site) {
  return {
    site: { location: site.location, ...(site.name ? { name: site.name } : {}) },
    process: state.process,
    supply: state.supply,
    finance: state.finance,
    options: { ...state.options, hourly: true },
  };
}

/** A point of a site to show: its own, or the middle of its area. */
export function middle(location) {
  if (location.type === "Point") return location.coordinates;
  const ring = location.type === "Polygon" ? location.coordinates[0] : location.coordinates[0][0];
  const [first] = ring;
  const sum = ring.slice(0, -1).reduce(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
  return ring.length > 1 ? sum.map((value) => value / (ring.length - 1)) : first;
}

export function link() {
  const question = {
    sites: state.sites.filter((site) => site.location).map(({ name, location }) => ({ name, location })),
    process: state.process, supply: state.supply, finance: state.finance, options: state.options,
  };
  return linkOf(question);
}

/** The page's address with a question in it. */
export function linkOf(question) {
  const bytes = new TextEncoder().encode(JSON.stringify(question));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${new URL(".", document.baseURI).href}#q=${text}`;
}

/** Take up the question of a link; false where there is none, or none that can be read. */
export function restore(hash) {
  const text = new URLSearchParams(hash.replace(/^#/, "")).get("q");
  if (!text) return false;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    const question = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(question.sites) || typeof question.process?.id !== "string") return false;
    const sites = question.sites.filter((site) => site?.location?.type && site.location.coordinates).slice(0, MOST_SITES);
    Object.assign(state, { sites, current: 0, process: question.process });
    for (const part of ["supply", "finance", "options"]) state[part] = question[part] ?? {};
    return true;
  } catch {
    return false;
  }
}
