// Batches of Sitewatt followed and read by streams that may break off: they are taken up again where they stopped.
//
//   for await (const batch of follow(service, id)) console.log(batch.progress.done, batch.progress.total);
//   for await (const row of results(service, id)) console.log(row.site_id, row.rank);
import type { BatchAnswer, BatchResult } from "./generated/index.js";

const ATTEMPTS = 8; // in vain, one after the other
const FIRST_PAUSE_MS = 500; // doubles up to the longest
const LONGEST_PAUSE_MS = 15_000;
const SILENCE_MS = 60_000; // the service says something every 15 s, if only that it is there
const LATER = [429, 502, 503, 504];

/** Where the service is, and what to send with each request. */
export interface Service {
  baseUrl: string;
  headers?: Record<string, string>;
}

/** The service refused, or stayed away. */
export class StreamError extends Error {
  constructor(message: string, readonly status?: number) {
    super(message);
  }
}

/** The batch each time it changes; the last one is the batch when it was over. Throws StreamError. */
export async function* follow(service: Service, batchId: string, attempts = ATTEMPTS): AsyncGenerator<BatchAnswer, void> {
  const pauses = new Pauses(attempts);
  let last = "";
  for (;;) {
    try {
      const sent = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
      let fields = new Map<string, string>();
      for await (const line of lines(service, `/v1/batches/${batchId}/events`, sent)) {
        if (line !== "") {
          const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
          fields.set(name, name === "data" && fields.has("data") ? `${fields.get("data")}\n${value}` : value);
          continue;
        }
        const [event, data] = [fields.get("event"), fields.get("data")];
        last = fields.get("id") ?? last;
        fields = new Map();
        if (data === undefined) continue;
        pauses.startAgain();
        yield JSON.parse(data) as BatchAnswer;
        if (event === "end") return;
      }
      await pauses.wait(new StreamError("the stream of events ended before the batch did"));
    } catch (error) {
      await pauses.wait(error);
    }
  }
}

/** Rows of the sites that are done, in the order of their numbers, each once; `after` is the last one known already. */
export async function* results(service: Service, batchId: string, after = 0, attempts = ATTEMPTS): AsyncGenerator<BatchResult, void> {
  const pauses = new Pauses(attempts);
  for (;;) {
    try {
      for await (const line of lines(service, `/v1/batches/${batchId}/results?f=jsonl&after=${after}`)) {
        pauses.startAgain();
        const row = JSON.parse(line) as BatchResult;
        after = row.number;
        yield row;
      }
      return;
    } catch (error) {
      await pauses.wait(error);
    }
  }
}

/** Waits until the batch is over, then its rows. */
export async function* rows(service: Service, batchId: string): AsyncGenerator<BatchResult, void> {
  for await (const _ of follow(service, batchId));
  yield* results(service, batchId);
}

class Later extends Error {
  constructor(status: number, readonly ms: number | undefined) {
    super(`the service answers ${status}`);
  }
}

class Pauses {
  #made = 0;

  constructor(readonly most: number) {}

  startAgain(): void {
    this.#made = 0;
  }

  /** Throws what cannot be mended by waiting, and StreamError after too many attempts. */
  async wait(reason: unknown): Promise<void> {
    const refused = reason instanceof StreamError && reason.status !== undefined;
    if (refused || reason instanceof SyntaxError) throw reason;
    this.#made += 1;
    if (this.#made > this.most) throw new StreamError(`${this.most} attempts in vain: ${String(reason)}`);
    const doubled = FIRST_PAUSE_MS * 2 ** (this.#made - 1);
    const asked = reason instanceof Later ? (reason.ms ?? doubled) : doubled;
    await new Promise((resume) => setTimeout(resume, Math.min(asked, LONGEST_PAUSE_MS)));
  }
}

/** The lines of an answer as they come; what stands behind the last line's end counts only when the answer is whole. */
async function* lines(service: Service, path: string, sent: Record<string, string> = {}): AsyncGenerator<string, void> {
  const silence = new AbortController();
  const listen = () => setTimeout(() => silence.abort(), SILENCE_MS);
  let timer = listen();
  try {
    const answer = await fetch(`${service.baseUrl}${path}`, { headers: { ...service.headers, ...sent }, signal: silence.signal });
    if (LATER.includes(answer.status)) {
      const said = answer.headers.get("Retry-After") ?? "";
      throw new Later(answer.status, /^\d+$/.test(said) ? 1000 * Number(said) : undefined);
    }
    if (!answer.ok || answer.body === null) throw new StreamError(await answer.text(), answer.status);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader(); // not every browser iterates over streams
    let held = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer); // what the caller does with a line may take its time
      const found = (held + part.value).split(/\r?\n/);
      held = found.pop() ?? "";
      yield* found;
      timer = listen();
    }
    if (held !== "") yield held;
  } finally {
    clearTimeout(timer);
    silence.abort(); // a caller who stops in the middle closes the connection
  }
}
