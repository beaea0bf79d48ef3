// How @hey-api/openapi-ts writes src/generated: `make clients`.
import { defineConfig } from "@hey-api/openapi-ts";

const BATCH = { $ref: "#/components/schemas/BatchAnswer" };

export default defineConfig({
  input: process.env["SITEWATT_OPENAPI"] ?? "../../openapi.yaml",
  output: { path: "src/generated", module: { extension: ".js" } },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
  parser: {
    patch: {
      operations: {
        // OpenAPI 3.1 has no word for what an event holds; the generated client reads the JSON in each.
        "GET /v1/batches/{batch_id}/events": (operation) => {
          const { content } = operation.responses["200"];
          content["text/event-stream"].schema = BATCH;
        },
      },
    },
  },
});
