// The list of sites in the form: pick one, remove one, add one to compare.
import { by, h } from "./dom.js";
import { MOST_SITES, middle, state } from "./state.js";
import { coordinates } from "./words.js";

export function siteName(site) {
  if (site.name) return site.name;
  if (!site.location) return "click the map";
  const [longitude, latitude] = middle(site.location);
  return (site.location.type === "Point" ? "" : "Area at ") + coordinates(latitude, longitude);
}

export function showSites({ picked, removed }) {
  by("sites").replaceChildren(...state.sites.map((site, index) => h("li", {},
    h("button", { type: "button", class: "pick", "aria-pressed": index === state.current ? "true" : "false", onclick: () => picked(index) },
      h("span", { class: "badge", "aria-hidden": "true" }, String(index + 1)), h("span", {}, siteName(site))),
    state.sites.length > 1 && h("button", { type: "button", class: "quiet", "aria-label": `Remove ${siteName(site)}`, onclick: () => removed(index) }, "✕"))));
  by("add-site").disabled = state.sites.length >= MOST_SITES || state.sites.some((site) => !site.location);
}

/** The current site gets a place; its old answer no longer holds. */
export function placeSite(location, name = null) {
  if (!state.sites.length) state.sites.push({});
  state.sites[state.current] = { location, name };
  return state.sites[state.current];
}

export function addSite() {
  state.sites.push({});
  state.current = state.sites.length - 1;
}

export function removeSite(index) {
  state.sites.splice(index, 1);
  state.current = Math.max(0, Math.min(state.current, state.sites.length - 1));
}
