// What the tests of the TypeScript client run: `node dist/test/calls.js <what> <address> [<batch id>]`, one JSON to standard output.
import { assess, createClient, follow, results, rows, type Assessment, type AssessmentRequest, type Problem } from "../src/index.js";

const [what = "", baseUrl = "", batchId = ""] = process.argv.slice(2);
const client = createClient({ baseUrl });
const request: AssessmentRequest = {
  site: { location: { type: "Point", coordinates: [6.73, 51.48] } },
  process: { id: "custom", load_mw: 10 },
  supply: { technologies: ["pv_tracking", "wind_onshore", "battery"], clean_share: 0.8 },
};

async function happy() {
  const { data, error } = await assess({ client, body: request });
  if (data === undefined) throw new Error(JSON.stringify(error));
  const answer: Assessment = data;
  const built: number[] = answer.supply.generators.map((generator) => generator.capacity_mw);
  return { cost: answer.cost.levelised_cost_of_clean_power_usd_per_mwh, built, country: answer.place.country };
}

async function refused() {
  const site: AssessmentRequest["site"] = { location: { type: "Point", coordinates: [200, 51.48] } };
  const { data, error, response } = await assess({ client, body: { ...request, site, process: { id: "none" } } });
  if (data !== undefined) throw new Error("answered");
  const problem: Problem = error;
  return { status: response?.status, title: problem.title, pointers: problem.errors.map((wrong) => wrong.pointer) };
}

async function streams() {
  const service = { baseUrl };
  const seen: { done: number; status: string }[] = [];
  for await (const batch of follow(service, batchId)) seen.push({ done: batch.progress.done, status: batch.status });
  const numbers: number[] = [];
  for await (const row of results(service, batchId)) numbers.push(row.number);
  const sites: string[] = [];
  for await (const row of rows(service, batchId)) sites.push(row.site_id);
  return { seen, numbers, sites };
}

const told = what === "happy" ? await happy() : what === "refused" ? await refused() : await streams();
console.log(JSON.stringify(told));
