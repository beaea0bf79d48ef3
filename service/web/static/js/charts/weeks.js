// One week hour by hour: above zero what supplies, below zero what uses it.
import { s } from "../dom.js";
import { number, tint } from "../words.js";
import { POWER, chart, handy, line, scale, ticks, yAxis } from "./frame.js";

const WEEK = 168;
const IN = /^(?!hydrogen_)(.*)_used_mw$|^(grid_import|import|battery_discharge|hydrogen_turbine|unserved)_mw$|^(.*)_bought_mw$/;
const OUT = ["electrolyser", "battery_charge", "export", "grid_export", "heater"];

/** [code, hourly values] of what supplies, and of what uses beside the process. */
export function flows(hourly) {
  const supply = [], use = [];
  for (const [name, values] of Object.entries(hourly.series)) {
    const match = IN.exec(name);
    const code = name.replace(/_(used_|bought_)?mw$/, "");
    const most = values.reduce((high, value) => Math.max(high, value), 0);
    if (most < 0.05) continue;
    if (match) supply.push([code.replace("_discharge", ""), values]);
    else if (OUT.includes(code)) use.push([code.replace("_charge", ""), values]);
  }
  return { supply, use: [["load", hourly.load_mw], ...use] };
}

/** First hours of the week whose generation is the median of all, and of the one with the least. */
export function weeks(hourly) {
  const available = Object.values(hourly.available_mw);
  const totals = [];
  for (let start = 0; start + WEEK <= hourly.hours; start += WEEK) {
    let sum = 0;
    for (const values of available) for (let hour = start; hour < start + WEEK; hour++) sum += values[hour];
    totals.push({ start, mean: sum / WEEK });
  }
  totals.sort((a, b) => a.mean - b.mean);
  return { worst: totals[0], typical: totals[Math.floor(totals.length / 2)] };
}

function stack(parts, start) {
  const sums = new Float64Array(WEEK);
  return parts.map(([code, values]) => {
    const low = Array.from(sums);
    for (let hour = 0; hour < WEEK; hour++) sums[hour] += Math.max(0, values[start + hour]);
    return { code, low, high: Array.from(sums) };
  });
}

export function weekChart(hourly, { start, mean }, title) {
  const { supply, use } = flows(hourly);
  const above = stack(supply, start), below = stack(use, start);
  const most = Math.max(...(above.at(-1)?.high ?? [0]), 1e-6), least = Math.max(...below.at(-1).high);
  const [factor, unit] = handy(Math.max(most, least), POWER);
  const first = new Date(Date.parse(hourly.start) + start * 3.6e6);
  const day = (index) => new Date(first.getTime() + index * 8.64e7).toLocaleDateString("en", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const from = first.toLocaleDateString("en", { day: "numeric", month: "long", timeZone: "UTC" });
  return chart({
    height: 260,
    keys: [...supply.map(([code]) => code), ["Used by the process", "load"], ...use.slice(1).map(([code]) => (code === "battery" ? ["Battery, charging", "battery"] : code))],
    summary: `${title} from ${from}: generators could make ${number(mean)} MW on average; supply peaks at ${number(most)} MW, use at ${number(least)} MW.`,
    caption: `${title}, from ${from} (UTC): the generators could make ${number(mean)} MW on average. Above zero what supplies, below what uses it.`,
    draw: (width) => {
      const [left, top, bottom] = [44, 14, 238];
      const y = scale(most, -least, top, bottom), x = scale(0, WEEK - 1, left, width);
      const shape = (part, sign, cls) => s("path", { class: `area ${cls}`, d: `${line(part.high.map((v, i) => [x(i), y(sign * v)]))}${line(part.low.map((v, i) => [x(i), y(sign * v)]).reverse()).replace("M", "L")}Z` });
      const days = width < 520 ? [0, 2, 4] : [0, 1, 2, 3, 4, 5];
      return [
        ...yAxis(ticks(-least, most, 5), y, width, left, (value) => number(Math.abs(value) * factor, 2)),
        s("text", { x: 0, y: 10 }, unit),
        ...above.map((part) => shape(part, 1, tintOf(part.code))),
        ...below.map((part) => shape(part, -1, part.code === "load" ? "c-load" : tintOf(part.code))),
        s("line", { class: "zero", x1: left, x2: width, y1: y(0), y2: y(0) }),
        ...days.map((index) => s("text", { x: x(index * 24 + 12), y: 255, "text-anchor": "middle" }, day(index))),
      ];
    },
  });
}

const tintOf = (code) => `c-${tint(code)}`;
