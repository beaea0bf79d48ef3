"""What is counted of a running service, in the form of Prometheus. Labels take few values: routes by their template."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time, open files
SECONDS = (0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 15.0, 30.0, 60.0, 120.0, 300.0)
ITERATIONS = (10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 1000)

INFO = Gauge("sitewatt_info", "1; versions of models and of the data that ship.", ["model", "data"], registry=REGISTRY)
REQUESTS = Counter("sitewatt_requests", "Answers.", ["method", "route", "status"], registry=REGISTRY)
LATENCY = Histogram(
    "sitewatt_request_seconds", "From the request to the end of the answer.", ["method", "route"], buckets=SECONDS,
    registry=REGISTRY,
)  # fmt: skip
IN_FLIGHT = Gauge("sitewatt_requests_in_flight", "Requests being answered.", registry=REGISTRY)
BODY_BYTES = Gauge("sitewatt_body_bytes_in_flight", "Bytes of bodies held now.", registry=REGISTRY)
REFUSALS = Counter("sitewatt_refusals", "Requests told to come back later, 503.", ["reason"], registry=REGISTRY)
COMPUTATIONS = Gauge("sitewatt_computations", "Computations by state.", ["state"], registry=REGISTRY)
STOPPED = Counter("sitewatt_computations_stopped", "Computations that ended unfinished.", ["reason"], registry=REGISTRY)

SIZINGS = Counter("sitewatt_sizings", "Sizing problems of this process.", ["solver", "outcome"], registry=REGISTRY)
SIZING_SECONDS = Histogram(
    "sitewatt_sizing_seconds", "Time to the certified optimum.", ["solver"], buckets=SECONDS, registry=REGISTRY
)
SIZING_ITERATIONS = Histogram(
    "sitewatt_sizing_iterations", "Iterations to it.", ["solver"], buckets=ITERATIONS, registry=REGISTRY
)
FALLBACKS = Counter("sitewatt_solver_fallbacks", "Solvers that gave up, so that the next was asked.", registry=REGISTRY)

CACHE = Counter("sitewatt_result_cache_lookups", "Look-ups of kept answers.", ["outcome"], registry=REGISTRY)
CACHE_BYTES = Gauge("sitewatt_result_cache_bytes", "Bytes of kept answers.", registry=REGISTRY)
SOURCE_FAILURES = Counter(
    "sitewatt_weather_source_failures", "Requests in which a source of weather failed.", ["source"], registry=REGISTRY
)

BATCH_WAITING = Gauge("sitewatt_batch_sites_waiting", "Sites of active batches without a result.", registry=REGISTRY)
BATCH_ACTIVE = Gauge("sitewatt_batches_active", "Batches accepted or running.", registry=REGISTRY)
BATCH_SITES = Counter("sitewatt_batch_sites", "Sites that this service published.", ["status"], registry=REGISTRY)
BATCH_RETRIES = Counter("sitewatt_batch_chunk_retries", "Chunks whose worker ended over them.", registry=REGISTRY)
DATABASE_UP = Gauge("sitewatt_database_up", "1 while the database of batches answers.", registry=REGISTRY)

for reason in ("computations", "intakes", "bodies", "requests", "streams", "shutdown"):
    REFUSALS.labels(reason)
for state in ("running", "waiting"):
    COMPUTATIONS.labels(state)
