# The server with the bundled model, the distribution's ffmpeg and nothing else: docs/docker.md.

FROM node:20-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY dashboard dashboard
RUN npm run build

FROM node:20-bookworm-slim AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The ffmpeg that comes as a package is not needed beside the distribution's.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -rf node_modules/@ffmpeg-installer/linux-* node_modules/@ffprobe-installer/linux-*

FROM node:20-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg tini \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node -m 700 /data
WORKDIR /app
COPY package.json LICENSE NOTICE README.md ./
COPY docs docs
COPY models models
COPY samples samples
COPY --from=packages /build/node_modules node_modules
COPY --from=build /build/dist dist
ENV NODE_ENV=production \
  PALISTREAM_HOST=0.0.0.0 \
  PALISTREAM_PORT=8080 \
  PALISTREAM_DATA_DIR=/data \
  PALISTREAM_CACHE_DIR=/data/cache \
  PALISTREAM_LOG_FORMAT=json
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --start-interval=2s --retries=3 \
  CMD ["node", "/app/dist/cli.js", "health"]
ENTRYPOINT ["tini", "--", "node", "/app/dist/cli.js"]
CMD ["serve"]
