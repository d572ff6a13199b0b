# The bot as a small image. Build: docker build -t laeringsbot .
# In the first stage everything is installed by the lock file, with hashes; the second has no compiler and no installer.

FROM python:3.11-slim-bookworm AS build
WORKDIR /build
RUN python -m venv /opt/laeringsbot
ENV PATH=/opt/laeringsbot/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements-serve.lock ./
RUN pip install --quiet --require-hashes -r requirements-serve.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY dialogs dialogs
COPY cards cards
COPY storage storage
COPY scheduler scheduler
COPY domain domain
COPY manifest manifest
RUN pip install --quiet --no-deps --no-build-isolation . \
    && pip uninstall --quiet --yes setuptools pip

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Læringsbot" org.opencontainers.image.licenses="MPL-2.0"
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/laeringsbot laeringsbot \
    && rm -rf /usr/local/lib/python3.11/ensurepip /usr/local/lib/python3.11/site-packages/pip* /usr/local/bin/pip*
COPY --from=build /opt/laeringsbot /opt/laeringsbot
ENV PATH=/opt/laeringsbot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    LAERINGSBOT_HOST=0.0.0.0
USER 10001
WORKDIR /var/lib/laeringsbot
EXPOSE 3978
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:3978/healthz', timeout=4)"]
ENTRYPOINT ["laeringsbot"]
CMD ["serve"]
