# The bot as an image; compose.yaml runs it, and docs/deploy.md says how.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY engine ./engine
COPY content ./content
COPY bot ./bot
RUN python -m venv /opt/build-a-network \
 && /opt/build-a-network/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres,fast]' \
 && mkdir /data

FROM python:3.13-slim
COPY --from=build /opt/build-a-network /opt/build-a-network
COPY --from=build --chown=10001:10001 /data /data
ENV PATH=/opt/build-a-network/bin:$PATH HOME=/data DATA_FOLDER=/data METRICS_LISTEN=127.0.0.1:9090
USER 10001:10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://{os.environ[\"METRICS_LISTEN\"]}/ready', timeout=4)"]
ENTRYPOINT ["build-a-network"]
