// Ask for the answers that are missing, and say how it went.
import { Problem, postJson } from "./api.js";
import { requestFor, state } from "./state.js";

const AT_ONCE = 2;
let running = null;

/** Assess every placed site that has no answer; `each` is called as answers come. */
export async function assessAll(each) {
  running?.abort();
  const mine = (running = new AbortController());
  const waiting = state.sites.filter((site) => site.location && !site.answer);
  const worker = async () => {
    for (let site = waiting.shift(); site; site = waiting.shift()) {
      try {
        const asked = structuredClone(requestFor(site)); // the form may change while the answer stands
        site.answer = await postJson("v1/assessments", asked, mine.signal);
        site.asked = asked;
        site.problem = null;
      } catch (error) {
        if (error.name === "AbortError") return;
        site.problem = error instanceof Problem ? error : new Problem("The answer could not be read", String(error.message));
      }
      if (!mine.signal.aborted) each(site);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return !mine.signal.aborted;
}
