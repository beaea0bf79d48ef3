// The map as the page uses it: layers, legend, marks, picking a place, drawing an area.
import { by, h } from "../dom.js";
import { state } from "../state.js";
import { FUEL_COLOURS, PROJECT_COLOUR, VOLTAGES, drawBase, layers, load, shown, under } from "./layers.js";
import { drawDraft, drawPoints, drawSite } from "./marks.js";
import { View } from "./view.js";

const MOST_CORNERS = 200;
const NAMES = ["sea", "land", "border", "place", "accent", "card", "on-accent", "connection", "pv", "wind", "bad"];

export function startMap({ picked, area, failed }) {
  const element = by("map"), tip = by("map-tip");
  let colours = {}, dark = false, corners = null, points = [];
  const draw = (view) => {
    const context = view.canvas.getContext("2d");
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.lineJoin = "round";
    drawBase(context, view, colours, dark);
    drawPoints(context, view, points, colours);
    state.sites.forEach((site, index) => site.location && drawSite(context, view, site, index, index === state.current, colours));
    if (corners) drawDraft(context, view, corners, colours);
    Object.assign(element.dataset, { x: view.x, y: view.y, scale: view.scale }); // where the map looks, for who scripts the page
  };
  const recolour = () => {
    const style = getComputedStyle(document.documentElement);
    colours = Object.fromEntries(NAMES.map((name) => [name === "on-accent" ? "onAccent" : name, style.getPropertyValue(`--${name}`).trim()]));
    dark = document.documentElement.dataset.theme === "dark";
  };
  recolour();

  const finish = (keep) => {
    const ring = corners;
    corners = null;
    by("area-buttons").hidden = true;
    by("draw-area").setAttribute("aria-pressed", "false");
    view.moved();
    if (keep && ring.length >= 3) area([...ring, ring[0]]);
  };
  const click = (px, py) => {
    const { longitude, latitude } = view.place(px, py);
    const place = [Number(longitude.toFixed(4)), Number(latitude.toFixed(4))];
    if (!corners) return picked(place);
    if (corners.length < MOST_CORNERS) corners.push(place);
    by("area-done").disabled = corners.length < 3;
    view.moved();
  };
  const hover = (px, py) => {
    const words = px === null ? null : under(view, px, py);
    tip.hidden = !words;
    if (!words) return;
    tip.textContent = words;
    tip.style.left = `${Math.min(px + 12, view.width - 180)}px`;
    tip.style.top = `${py + 12}px`;
  };
  const key = (event) => {
    if (!corners || !["Escape", "Backspace"].includes(event.key)) return false;
    if (event.key === "Escape") finish(false); else corners.pop();
    view.moved();
    return true;
  };
  const view = new View(element, { draw, click, hover, key });
  const need = (name) => load(name, () => view.moved()).catch(() => failed(`The map's ${name} cannot be loaded: the rest works without them.`));

  by("zoom-in").addEventListener("click", () => view.zoom(2));
  by("zoom-out").addEventListener("click", () => view.zoom(0.5));
  by("zoom-world").addEventListener("click", () => view.look(10, 25, 1));
  by("area-done").addEventListener("click", () => finish(true));
  by("area-cancel").addEventListener("click", () => finish(false));
  by("area-undo").addEventListener("click", () => { corners.pop(); by("area-done").disabled = corners.length < 3; view.moved(); });
  by("draw-area").addEventListener("click", () => {
    if (corners) return finish(false);
    corners = [];
    by("area-done").disabled = true;
    by("area-buttons").hidden = false;
    by("draw-area").setAttribute("aria-pressed", "true");
    element.focus();
  });
  legend(view, need);
  need("borders").then(() => {
    requestAnimationFrame(() => performance.mark("first-view"));
    Object.keys(shown).forEach((name) => shown[name] && need(name));
  });
  return {
    view,
    redraw: () => view.moved(),
    country: (code) => layers.borders?.countries?.find(([known]) => known === code)?.[1] ?? null,
    recolour: () => { recolour(); legend(view, need); view.moved(); },
    showPoints: (found, over = false) => {
      const answered = found.filter(({ share }) => share !== null);
      if (answered.length && (over || !points.length)) view.fit(answered);
      points = found;
      view.moved();
    },
  };
}

function legend(view, need) {
  const tone = document.documentElement.dataset.theme === "dark" ? 1 : 0;
  const coloured = (cls, colour) => { const mark = h("span", { class: `swatch ${cls}` }); mark.style.background = colour; return mark; };
  const key = (cls, colour, words) => h("div", { class: "key" }, coloured(cls, colour), words);
  const keys = {
    lines: VOLTAGES.map((band) => key("", band.colours[tone], band.name)),
    plants: [..."Solar Wind Hydro Nuclear Coal Gas Oil Biomass Geothermal Other".split(" ").map((name, i) => key("dot", FUEL_COLOURS[i], name)), h("p", { class: "hint" }, "from 10 MW, seen when zoomed in")],
    projects: [key("dot", PROJECT_COLOUR[tone], "steel, cement, hydrogen")],
  };
  const titles = { lines: "Grid lines", plants: "Power plants", projects: "Industrial plants and projects" };
  by("layers").replaceChildren(...Object.keys(titles).map((name) => h("div", {},
    h("label", { class: "check" },
      h("input", { type: "checkbox", checked: shown[name], "data-layer": name, onchange: (event) => {
        shown[name] = event.target.checked;
        if (shown[name] && !layers[name]) need(name);
        event.target.closest("div").querySelectorAll(".key, .hint").forEach((part) => { part.hidden = !shown[name]; });
        view.moved();
      } }), titles[name]),
    keys[name].map((part) => { part.hidden = !shown[name]; return part; }))));
}
