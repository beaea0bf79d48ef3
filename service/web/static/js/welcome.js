// What stands in the place of an answer before there is one: what to do, and questions to try.
import { h } from "./dom.js";
import { linkOf } from "./state.js";

const point = (longitude, latitude) => ({ type: "Point", coordinates: [longitude, latitude] });
const EXAMPLES = [ // words, question
  ["Green steel in Boden, Sweden", { sites: [{ name: "Boden", location: point(21.69, 65.83) }], process: { id: "steel-h2-dri-eaf" } }],
  ["Green ammonia in the Pilbara, Australia", { sites: [{ name: "Pilbara", location: point(118.7, -20.8) }], process: { id: "ammonia" } }],
  ["Recycled steel on the grid in Duisburg, Germany", { sites: [{ name: "Duisburg", location: point(6.73, 51.48) }], process: { id: "steel-scrap-eaf" }, supply: { grid: { connected: true }, clean_share: 0.9 } }],
];

export const welcome = () => h("div", { class: "card welcome" },
  h("h2", {}, "Could a plant run on clean power here, and at what cost?"),
  h("ol", {},
    h("li", {}, h("b", {}, "Where: "), "click the map, or search for a town, a port, a plant."),
    h("li", {}, h("b", {}, "What: "), "choose what is made there, and how much of it."),
    h("li", {}, h("b", {}, "Powered how: "), "leave it as it is, or say what may be built and whether there is a grid.")),
  h("p", {}, "The answer comes in about a second: what to build, what power, hydrogen and the product cost, how much CO₂ is avoided, and where every figure comes from. Try one:"),
  h("div", { class: "row" }, EXAMPLES.map(([words, question]) => h("a", { class: "button", href: new URL(linkOf(question)).hash }, words))));
