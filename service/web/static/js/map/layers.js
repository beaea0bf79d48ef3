// What the map shows under the sites: countries, lines by voltage, plants, projects.
import { fetchLayer, mercatorX, mercatorY } from "./unpack.js";

export const VOLTAGES = [ // from kV, colour of light and dark ground, width, least scale (px a world) that shows it
  { from: 500, name: "500 kV and over", colours: ["#a21caf", "#e879f9"], width: 1.6, scale: 0 },
  { from: 330, name: "330-499 kV", colours: ["#c2410c", "#fb923c"], width: 1.3, scale: 0 },
  { from: 200, name: "200-329 kV", colours: ["#15803d", "#4ade80"], width: 1.1, scale: 2500 },
  { from: 1, name: "under 200 kV", colours: ["#0369a1", "#38bdf8"], width: 0.9, scale: 6000 },
  { from: 0, name: "voltage not known", colours: ["#6b7280", "#9ca3af"], width: 0.8, scale: 12000 },
];
export const FUEL_COLOURS = ["#eaa61b", "#3b7fd1", "#0e7490", "#9333ea", "#44403c", "#a16207", "#7f1d1d", "#4d7c0f", "#be123c", "#6b7280"];
export const PROJECT_COLOUR = ["#9f1239", "#fda4af"];
const PLANT_SCALE = 3000;

export const shown = { lines: true, plants: false, projects: true };
export const layers = {};

/** Load one layer once; `ready` is called when it has come. */
export async function load(name, ready) {
  if (layers[name]) return;
  layers[name] = { waiting: true };
  try {
    const layer = await fetchLayer(name);
    if (layer.sizes) layer.boxes = boxes(layer);
    layers[name] = layer;
    ready();
  } catch (error) {
    delete layers[name];
    throw error;
  }
}

/** West, north, east, south of each shape. */
function boxes({ x, y, sizes }) {
  const out = new Float32Array(sizes.length * 4);
  let at = 0;
  sizes.forEach((size, shape) => {
    let [west, north, east, south] = [2, 2, -2, -2];
    for (const end = at + size; at < end; at++) {
      west = Math.min(west, x[at]); east = Math.max(east, x[at]); north = Math.min(north, y[at]); south = Math.max(south, y[at]);
    }
    out.set([west, north, east, south], shape * 4);
  });
  return out;
}

/** Add the shapes that are in sight to a path; `keep` says which shapes. */
function trace(context, view, layer, shift, keep) {
  const { x, y, sizes, boxes: box } = layer;
  const w = view.width / 2 / view.scale, h = view.height / 2 / view.scale;
  const [west, east, north, south] = [view.x - w - shift, view.x + w - shift, view.y - h, view.y + h];
  const least = 0.6 / view.scale; // smaller than a pixel is not drawn
  let at = 0;
  for (let shape = 0; shape < sizes.length; at += sizes[shape++]) {
    const i = shape * 4;
    if (!keep(shape) || box[i] > east || box[i + 2] < west || box[i + 1] > south || box[i + 3] < north) continue;
    if (box[i + 2] - box[i] < least && box[i + 3] - box[i + 1] < least) continue;
    if (box[i + 2] - box[i] > 0.5 && sizes[shape] < 10) continue; // a line over the date line
    for (let k = at; k < at + sizes[shape]; k++) {
      const px = (x[k] + shift - view.x) * view.scale + view.width / 2, py = (y[k] - view.y) * view.scale + view.height / 2;
      if (k === at) context.moveTo(px, py); else context.lineTo(px, py);
    }
  }
}

const shifts = (view) => [-1, 0, 1].filter((n) => Math.abs(n + 0.5 - view.x) < 0.5 + view.width / 2 / view.scale);
const always = () => true;

export function drawBase(context, view, colours, dark) {
  context.fillStyle = colours.sea;
  context.fillRect(0, 0, view.width, view.height);
  if (layers.borders?.x) {
    context.beginPath();
    for (const shift of shifts(view)) trace(context, view, layers.borders, shift, always);
    context.fillStyle = colours.land;
    context.fill();
    context.strokeStyle = colours.border;
    context.lineWidth = 0.8;
    context.stroke();
  }
  if (shown.lines && layers.lines?.x) drawLines(context, view, dark);
  if (shown.plants && layers.plants?.x && view.scale > PLANT_SCALE) drawPlants(context, view);
  if (shown.projects && layers.projects?.x) drawProjects(context, view, dark);
  if (layers.borders?.countries) drawNames(context, view, colours);
}

function drawLines(context, view, dark) {
  const { kv } = layers.lines;
  VOLTAGES.toReversed().forEach((band) => {
    if (view.scale < band.scale) return;
    const below = VOLTAGES[VOLTAGES.indexOf(band) - 1]?.from ?? Infinity;
    context.beginPath();
    for (const shift of shifts(view)) trace(context, view, layers.lines, shift, (shape) => kv[shape] >= band.from && kv[shape] < below);
    context.strokeStyle = band.colours[dark ? 1 : 0];
    context.globalAlpha = 0.75;
    context.lineWidth = band.width * Math.min(1.6, 0.5 + view.scale / 8000);
    context.stroke();
    context.globalAlpha = 1;
  });
}

function eachPoint(view, { x, y }, visit) {
  for (let i = 0; i < x.length; i++) {
    let dx = x[i] - view.x;
    dx -= Math.round(dx);
    const px = view.width / 2 + dx * view.scale, py = view.height / 2 + (y[i] - view.y) * view.scale;
    if (px > -10 && py > -10 && px < view.width + 10 && py < view.height + 10) visit(i, px, py);
  }
}

function drawPlants(context, view) {
  const { mw, fuel } = layers.plants;
  context.globalAlpha = 0.8;
  eachPoint(view, layers.plants, (i, px, py) => {
    context.beginPath();
    context.arc(px, py, Math.min(9, 1.2 + Math.sqrt(mw[i]) / 12), 0, 7);
    context.fillStyle = FUEL_COLOURS[fuel[i]];
    context.fill();
  });
  context.globalAlpha = 1;
}

function drawProjects(context, view, dark) {
  const side = view.scale > 6000 ? 5 : 2;
  context.fillStyle = PROJECT_COLOUR[dark ? 1 : 0];
  context.globalAlpha = view.scale > 6000 ? 0.95 : 0.45;
  eachPoint(view, layers.projects, (i, px, py) => context.fillRect(px - side / 2, py - side / 2, side, side));
  context.globalAlpha = 1;
}

function drawNames(context, view, colours) {
  context.font = "12px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillStyle = colours.place;
  for (const [, name, longitude, latitude, area] of layers.borders.countries) {
    const across = (Math.sqrt(area) / 360) * view.scale;
    if (across < name.length * 6.5 || across > view.width * 1.6) continue;
    let dx = mercatorX(longitude) - view.x;
    dx -= Math.round(dx);
    const at = [view.width / 2 + dx * view.scale, view.height / 2 + (mercatorY(latitude) - view.y) * view.scale];
    context.strokeStyle = colours.land;
    context.lineWidth = 3;
    context.strokeText(name, ...at);
    context.fillText(name, ...at);
  }
}

/** What is under the pointer, in words; null where there is nothing. */
export function under(view, px, py) {
  let best = null, nearest = 8;
  const look = (layer, words) => eachPoint(view, layer, (i, x, y) => {
    const apart = Math.hypot(x - px, y - py);
    if (apart < nearest) [nearest, best] = [apart, () => words(layer, i)];
  });
  if (shown.plants && layers.plants?.x && view.scale > PLANT_SCALE) look(layers.plants, (l, i) => `${l.fuels[l.fuel[i]]} power plant, ${l.mw[i].toLocaleString("en")} MW`);
  if (shown.projects && layers.projects?.x && view.scale > 2000) look(layers.projects, (l, i) => `${l.names[i]} (${l.sectors[l.sector[i]]}, ${l.stages[l.stage[i]]})`);
  return best?.() ?? null;
}
