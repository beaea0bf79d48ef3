// Places by name or by coordinates: a combobox as the ARIA practices describe it.
import { getJson } from "./api.js";
import { by, h } from "./dom.js";

const PAUSE_MS = 120;
const COORDINATES = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/;

export function startSearch({ chosen, failed }) {
  const input = by("search"), list = by("found");
  let places = [], active = -1, timer = 0, asked = 0;

  const close = () => { list.hidden = true; active = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const take = (place) => { close(); input.value = place.name; chosen(place); };
  const mark = (index) => {
    active = (index + places.length) % places.length;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === active));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `found-${active}`);
  };
  const show = () => {
    list.replaceChildren(...places.map((place, index) => h("li", { id: `found-${index}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); take(place); } },
      place.name, h("small", {}, place.kind))));
    if (!places.length) list.replaceChildren(h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "No place of this name here: click the map, or type latitude, longitude."));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const look = async () => {
    const query = input.value.trim();
    if (!query) { places = []; return close(); }
    const pair = COORDINATES.exec(query);
    const mine = ++asked;
    if (pair) places = [{ name: `${pair[1]}, ${pair[2]}`, kind: "latitude, longitude", latitude: Number(pair[1]), longitude: Number(pair[2]), point: true }];
    else {
      try { ({ places } = await getJson(`web/places?query=${encodeURIComponent(query.slice(0, 80))}`)); } catch (error) { return failed(error); }
    }
    if (mine === asked) show();
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, PAUSE_MS); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", async (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); if (places.length && !list.hidden) mark(active + (event.key === "ArrowDown" ? 1 : -1)); }
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(timer);
      if (list.hidden || active < 0) await look();
      if (places.length) take(places[Math.max(active, 0)]);
    }
  });
}
