# Two stages: the first makes the virtual environment as `make run` does, the second holds only what runs.
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --no-cache-dir --quiet --disable-pip-version-check -r requirements.lock
COPY service ./service
COPY models ./models
COPY geodata ./geodata
# EXTRAS=[cluster] adds Dask, in the versions of the tests.
ARG EXTRAS=""
COPY requirements-dev.lock ./
RUN .venv/bin/python -m pip install --no-cache-dir --quiet --disable-pip-version-check \
        --constraint requirements-dev.lock ".${EXTRAS}"

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home sitewatt && install -d -o 10001 /var/lib/sitewatt /var/lib/sitewatt/weather /data
WORKDIR /app
COPY --from=build /app/.venv ./.venv
ENV PATH="/app/.venv/bin:$PATH" PYTHONUNBUFFERED=1 SITEWATT_HOST=0.0.0.0 SITEWATT_PORT=8000 \
    NUMBA_CACHE_DIR=/var/lib/sitewatt/kernels SITEWATT_DATA_FOLDER=/var/lib/sitewatt
RUN python -c 'from models.sizing import warm; warm()' && chown -R 10001 /var/lib/sitewatt
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['SITEWATT_PORT'] + '/healthz/live', timeout=2)"]
CMD ["sitewatt", "serve"]
