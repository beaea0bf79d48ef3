// Step 2 of the form: the process with its size. Defaults come from the service.
import { getJson } from "./api.js";
import { by, h } from "./dom.js";
import { checkField, numberField, put, selectField } from "./fields.js";
import { state } from "./state.js";
import { showSupply } from "./supply_form.js";
import { label, number, sentence, unitLabel } from "./words.js";

let catalogue = [];

export async function startForm(changed) {
  ({ processes: catalogue } = await getJson("v1/processes"));
  await showForm(changed);
}

/** Draw the fields anew from the state, as after a link was opened. */
export async function showForm(changed) {
  showSupply(changed);
  await showProcess(changed);
}

/** Ids of the processes of a process's sector, at most six, itself first. */
export function ofItsSector(id) {
  const sector = catalogue.find((process) => process.id === id)?.sector;
  const others = catalogue.filter((process) => process.sector === sector && process.id !== "custom" && process.id !== id);
  return [id, ...others.slice(0, 5).map((process) => process.id)];
}

export const processName = (id) => catalogue.find((process) => process.id === id)?.name ?? id;

async function showProcess(changed) {
  const summary = catalogue.find((process) => process.id === state.process.id) ?? catalogue[0];
  const head = selectField("Process", {
    value: summary.id,
    groups: Map.groupBy(catalogue, ({ sector }) => label(sector)),
    set: (id) => { state.process = { id }; showProcess(changed); changed(); },
  });
  const size = `capacity_${summary.capacity_unit}`;
  const fields = summary.id === "custom" ? [
    numberField("Electric load", { value: state.process.load_mw ?? null, min: 0, unit: "MW", set: (value) => { put(state.process, "load_mw", value); changed(); } }),
    numberField("Hydrogen load", { value: state.process.hydrogen_kg_per_hour ?? null, min: 0, unit: "kg an hour", set: (value) => { put(state.process, "hydrogen_kg_per_hour", value); changed(); } }),
  ] : [
    numberField("Size", {
      value: state.process[size] ?? summary.default_capacity, min: 0, unit: unitLabel(summary.capacity_unit),
      hint: `Usual: ${number(summary.default_capacity)} ${unitLabel(summary.capacity_unit)}`,
      set: (value) => { put(state.process, size, value); changed(); },
    }),
    numberField("Use over the year", {
      value: state.process.utilisation ?? summary.default_utilisation, min: 1, max: 100, scale: 100, unit: "% of full",
      set: (value) => { put(state.process, "utilisation", value); changed(); },
    }),
  ];
  const more = h("details", {}, h("summary", {}, "More about the process"), h("div", { class: "fields" }, h("p", { class: "hint" }, "Loading…")));
  by("process-fields").replaceChildren(head, ...fields, more);
  const detail = await getJson(`v1/processes/${summary.id}`);
  if (!more.isConnected) return; // another process was chosen meanwhile
  more.lastChild.replaceChildren(h("p", { class: "hint" }, detail.boundary), ...detail.parameters.map((parameter) => parameterField(parameter, changed)));
}

function parameterField(parameter, changed) {
  const { parameter: name, kind, description } = parameter;
  const value = state.process.parameters?.[name] ?? parameter.default;
  const set = (next) => {
    const parameters = { ...state.process.parameters };
    put(parameters, name, next);
    put(state.process, "parameters", Object.keys(parameters).length ? parameters : null);
    changed();
  };
  const words = label(name), hint = sentence(description);
  if (kind === "flag") return checkField(words, { value, set, hint });
  if (kind === "choice") return selectField(words, { value, set, hint, choices: parameter.choices.map((choice) => [choice, label(choice)]) });
  if (parameter.unit === "share") return numberField(words, { value, set, hint, scale: 100, unit: "%", min: 100 * (parameter.low ?? 0), max: 100 * (parameter.high ?? 1) });
  return numberField(words, { value, set, hint, min: parameter.low ?? undefined, max: parameter.high ?? undefined, unit: parameter.unit });
}
