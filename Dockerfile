# Two stages: the build has the tools, the image that runs has only what it runs on.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY clients/typescript/package.json ./clients/typescript/
COPY console/package.json ./console/
RUN npm ci --no-audit --no-fund
COPY .swcrc tsconfig.json ./
COPY src ./src
COPY tests ./tests
COPY bench ./bench
COPY clients ./clients
COPY console ./console
COPY examples ./examples
RUN npm run build && rm -rf dist/tests dist/bench && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production \
    MITHAQ_HOST=0.0.0.0 \
    MITHAQ_STORE=/data/ledger.db \
    MITHAQ_VIEWS=/data/views.db
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# node_modules leads to it.
COPY --from=build /app/clients ./clients
COPY package.json LICENSE ./
COPY examples ./examples
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/cli/main.js", "serve"]
