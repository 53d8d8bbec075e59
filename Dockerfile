# syntax=docker/dockerfile:1
# The API as a service: built apart, run as nobody in particular on a root file system that need not be writable.
#   docker build -t knowdesk .
#   docker run --rm -v knowdesk:/var/lib/knowdesk knowdesk doctor
#   docker run --read-only --tmpfs /tmp -v knowdesk:/var/lib/knowdesk -p 127.0.0.1:8080:8080 knowdesk

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/knowdesk
COPY pyproject.toml requirements.lock README.md LICENSE NOTICE ./
COPY engine ./engine
COPY ingestion ./ingestion
COPY api ./api
COPY evals ./evals
# The versions are those of the lock; torch's build for CPUs is a tenth of the size of the one for GPUs.
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/knowdesk/bin/pip install --extra-index-url https://download.pytorch.org/whl/cpu \
        --constraint requirements.lock ".[otel,redis]" \
    && /opt/knowdesk/bin/python -m compileall -q /opt/knowdesk/lib

FROM python:3.11-slim-bookworm AS run
# Tesseract reads the scripts that RapidOCR does not know; the fonts draw PDFs that carry none.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk libgl1 libglib2.0-0 tesseract-ocr tesseract-ocr-all \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 knowdesk \
    && useradd --uid 10001 --gid knowdesk --home-dir /tmp --no-create-home --shell /usr/sbin/nologin knowdesk \
    && install --directory --owner knowdesk --group knowdesk --mode 0750 /var/lib/knowdesk
COPY --from=build /opt/knowdesk /opt/knowdesk
ENV PATH=/opt/knowdesk/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HF_HUB_OFFLINE=1 \
    KNOWDESK_DATA_DIR=/var/lib/knowdesk/data \
    KNOWDESK_HOST=0.0.0.0 \
    KNOWDESK_PORT=8080 \
    KNOWDESK_LOG_FORMAT=json \
    KNOWDESK_LOG_LEVEL=info
USER 10001:10001
WORKDIR /tmp
VOLUME ["/var/lib/knowdesk"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/health/live', timeout=4)"]
ENTRYPOINT ["knowdesk"]
CMD ["serve"]
