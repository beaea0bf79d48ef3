// Month by month: what the generators supplied and could have supplied, against the demand.
import { s } from "../dom.js";
import { MONTHS, number } from "../words.js";
import { ENERGY, chart, handy, scale, ticks, yAxis } from "./frame.js";

export function monthChart(monthly) {
  const top = Math.max(...monthly.map((month) => Math.max(month.available_mwh, month.used_mwh + month.import_mwh, month.load_mwh)));
  const [factor, unit] = handy(top, ENERGY);
  const short = monthly.reduce((worst, month) => (month.available_mwh / month.load_mwh < worst.available_mwh / worst.load_mwh ? month : worst));
  return chart({
    height: 240,
    keys: [["Used", "accent"], ["Could have been made, goes unused", "faint"], ...(monthly.some((month) => month.import_mwh > 1) ? [["Grid power", "grid"]] : []), ["Demand", "load"]],
    summary: `Monthly supply against demand. Least supply over demand in ${MONTHS[short.month - 1]}: ${number(short.available_mwh * factor)} of ${number(short.load_mwh * factor)} ${unit}.`,
    caption: "Supply month by month; the line across is the demand, electrolysis included.",
    draw: (width) => {
      const left = 44, y = scale(top, 0, 16, 214), step = (width - left) / 12;
      const bar = (index, low, high, cls) => s("rect", { class: cls, x: left + index * step + step * 0.15, width: step * 0.7, y: y(high), height: Math.max(0, y(low) - y(high)) });
      return [
        ...yAxis(ticks(0, top), y, width, left, (value) => number(value * factor, 2)),
        s("text", { x: 0, y: 10 }, unit),
        ...monthly.flatMap((month, i) => [
          bar(i, 0, month.used_mwh, "c-accent"),
          bar(i, month.used_mwh, month.used_mwh + month.curtailed_mwh, "c-faint"),
          bar(i, month.used_mwh, month.used_mwh + month.import_mwh, "c-grid"),
          s("rect", { class: "c-load", x: left + i * step + step * 0.05, width: step * 0.9, y: y(month.load_mwh) - 1.5, height: 3 }),
          s("text", { x: left + i * step + step / 2, y: 232, "text-anchor": "middle" }, width < 480 ? MONTHS[i][0] : MONTHS[i]),
        ]),
      ];
    },
  });
}
