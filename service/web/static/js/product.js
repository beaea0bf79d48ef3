// What the product costs, part by part, against the usual route.
import { partsChart } from "./charts/bars.js";
import { card, h, table } from "./dom.js";
import { label, number, percent } from "./words.js";

const LEAST_SHARE = 0.004; // of the largest part; what is less is one bar

function side(name, { usd_per_unit: cost, low, high, missing }) {
  const words = cost === null ? `not known: no source for ${missing.map((part) => label(part).toLowerCase()).join(", ")}` : number(cost);
  return [name, words, cost === null ? "" : `${number(low)} to ${number(high)}`];
}

export function productCard({ product }) {
  if (!product) return null;
  const unit = `USD/${product.product_unit}`;
  const parts = product.own.breakdown.map((part) => [part.item, part.usd_per_unit]);
  const least = LEAST_SHARE * Math.max(...parts.map(([, value]) => Math.abs(value)));
  const rows = [side("Here", product.own)];
  if (product.conventional) rows.push(side("The usual route", product.conventional));
  const premium = product.green_premium_usd_per_unit;
  return card(`What the product costs, ${unit}`,
    parts.length > 0 && partsChart(parts, { what: "Cost of the product", unit, least }),
    table("Product cost", [["Route"], [unit, true], ["Low to high", true]], rows),
    premium !== null && h("p", {}, `${number(premium)} ${unit} more than the usual route (${percent(product.green_premium_share)}).`),
    product.break_even_carbon_price_usd_per_t !== null && h("p", {}, `Both cost the same at a carbon price of ${number(product.break_even_carbon_price_usd_per_t)} USD/t CO₂.`),
    h("details", {}, h("summary", {}, "What is in this figure"), h("p", { class: "hint" }, product.boundary)));
}
