// What is drawn over the map: sites, their areas, the way to the grid, where generators stand, an area being drawn.
import { middle } from "../state.js";

function ringsOf(location) {
  if (location.type === "Polygon") return location.coordinates;
  return location.type === "MultiPolygon" ? location.coordinates.flat() : [];
}

function path(context, view, places) {
  places.forEach(([longitude, latitude], index) => context[index ? "lineTo" : "moveTo"](...view.pixels(longitude, latitude)));
}

function dot(context, [x, y], radius, colour, edge) {
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = edge;
  context.stroke();
}

function way(context, view, from, to, colour, dash) {
  context.beginPath();
  path(context, view, [from, to]);
  context.setLineDash(dash);
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  context.stroke();
  context.setLineDash([]);
}

export function drawSite(context, view, site, index, current, colours) {
  const here = middle(site.location);
  context.beginPath();
  for (const ring of ringsOf(site.location)) path(context, view, ring);
  context.fillStyle = `${colours.accent}33`;
  context.fill("evenodd");
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.stroke();
  if (current && site.answer) drawAnswer(context, view, site.answer, colours);
  const at = view.pixels(...here);
  dot(context, at, current ? 11 : 9, current ? colours.accent : colours.card, current ? colours.card : colours.accent);
  context.fillStyle = current ? colours.onAccent : colours.accent;
  context.font = "bold 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.fillText(String(index + 1), at[0], at[1] + 4);
}

function drawAnswer(context, view, answer, colours) {
  const gate = [answer.place.longitude, answer.place.latitude];
  const joined = answer.grid.connection;
  if (joined?.joined_longitude !== undefined && joined.joined_longitude !== null) {
    const there = [joined.joined_longitude, joined.joined_latitude];
    way(context, view, gate, there, colours.connection, [7, 5]);
    dot(context, view.pixels(...there), 5, colours.connection, colours.card);
  }
  for (const generator of answer.supply.generators) {
    if (!generator.site || generator.site.distance_km < 1 || generator.capacity_mw <= 0.5) continue;
    const stand = [generator.site.longitude, generator.site.latitude];
    const colour = generator.technology.startsWith("pv") ? colours.pv : colours.wind;
    way(context, view, gate, stand, colour, [2, 4]);
    dot(context, view.pixels(...stand), 6, colour, colours.card);
  }
}

/** An area while it is drawn. */
export function drawDraft(context, view, corners, colours) {
  if (!corners.length) return;
  context.beginPath();
  path(context, view, [...corners, corners[0]]);
  context.fillStyle = `${colours.accent}22`;
  context.fill();
  context.setLineDash([5, 4]);
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.stroke();
  context.setLineDash([]);
  for (const corner of corners) dot(context, view.pixels(...corner), 5, colours.card, colours.accent);
}

/** Results of a batch: from the best rank to the last, `share` 0 to 1. */
export function drawPoints(context, view, points, colours) {
  for (const { longitude, latitude, share } of points.toReversed()) {
    const colour = share === null ? colours.bad : `hsl(${Math.round(150 - 140 * share)} 75% 42%)`;
    dot(context, view.pixels(longitude, latitude), 5, colour, colours.card);
  }
}
