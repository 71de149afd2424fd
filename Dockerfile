# syntax=docker/dockerfile:1
# Image of the bot: locked packages, a user without rights, nothing written outside /data. See docs/operate.md.

FROM python:3.12-slim AS build
RUN python -m venv /opt/bot && python -m venv /opt/build
COPY requirements.lock build.lock /src/
# Packages first: this layer stays cached while only the program changes.
RUN /opt/bot/bin/pip install --no-cache-dir --no-compile --require-hashes --only-binary=:all: -r /src/requirements.lock
# The build tools are locked too, and are not part of the final image.
RUN /opt/build/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /src/build.lock
COPY pyproject.toml README.md LICENSE questions.yaml /src/
COPY bot /src/bot
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /src/dist /src \
    && /opt/bot/bin/pip install --no-cache-dir --no-deps /src/dist/*.whl \
    && /opt/bot/bin/python -m compileall -q /opt/bot/lib

FROM python:3.12-slim
# A fixed user id, so that a folder of the host can be owned by it: chown 10001 FOLDER.
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 700 /data
COPY --from=build /opt/bot /opt/bot
COPY questions.yaml /etc/bot/questions.yaml
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BOT_BANK=/etc/bot/questions.yaml \
    BOT_DATABASE_URL=sqlite:////data/bot.sqlite3
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["bot"]
CMD ["run"]
