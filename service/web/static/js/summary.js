// The answer in a few sentences, for a reader who has a minute.
import { h } from "./dom.js";
import { label, large, number, percent } from "./words.js";

const COUNTED = { hourly: "hour by hour", monthly: "month by month", annual: "over the year" };
const BUILT = 0.5; // MW or MWh; what is less is not worth a word
const WHOLE = 0.9995;
const UNIT = / (?=MWh?\b|USD\/|million|billion|%)/g; // the space before it does not break

const listed = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0]);
const lower = (code) => label(code).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());

function coverage({ supply, input }) {
  const { grid, matching, clean_share: asked } = input.supply;
  if (grid.connected) return asked === 0 ? "the grid brings the rest" : `${percent(supply.clean_share_achieved)} of the load is clean, counted ${COUNTED[matching]}; the grid brings the rest`;
  return supply.clean_share_achieved >= WHOLE ? "no hour of the year goes without power" : `${percent(supply.clean_share_achieved)} of the load is served, the rest goes without`;
}

function built({ supply }) {
  const generators = supply.generators.filter((part) => part.capacity_mw > BUILT).toSorted((a, b) => b.capacity_mw - a.capacity_mw).map((part) => `${large(part.capacity_mw)} MW of ${lower(part.technology)}`);
  const stores = supply.storage.filter((part) => part.energy_mwh > BUILT).map((part) => `a ${lower(part.technology)} of ${large(part.energy_mwh)} MWh`);
  return [...generators, ...stores];
}

function product({ cost, product: found, demand }) {
  const unit = `USD/${demand.product_unit}`;
  if (!found || cost.product_cost_usd_per_unit === null) return null;
  const premium = found.green_premium_usd_per_unit, carbon = found.break_even_carbon_price_usd_per_t;
  const against = premium === null ? "" : `, ${number(Math.abs(premium))} ${unit} ${premium < 0 ? "less" : "more"} than by the usual route`;
  const even = premium > 0 && carbon !== null ? `; a carbon price of ${number(carbon)} USD/t CO₂ would make up for it` : "";
  return `The product would cost ${number(cost.product_cost_usd_per_unit)} ${unit}${against}${even}.`;
}

export function summary(answer) {
  const { cost } = answer;
  const parts = built(answer);
  const whole = answer.supply.clean_share_achieved >= WHOLE || answer.input.supply.grid.connected;
  return h("p", { class: "summary" }, [
    parts.length ? `${whole ? "Yes, it can run on clean power" : "It can run on clean power in part"}: with ${listed(parts)}, ${coverage(answer)}.` : `Nothing is built: ${coverage(answer)}.`,
    `Its power would cost ${number(cost.levelised_cost_of_clean_power_usd_per_mwh)} USD/MWh (${number(cost.low)} to ${number(cost.high)}, as assumptions vary).`,
    product(answer),
  ].filter(Boolean).join(" ").replace(UNIT, "\u00a0"));
}
