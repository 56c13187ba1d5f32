FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# What tests and benches are built into stays out: crash points are armed from there.
RUN npm run build && rm -rf dist/test dist/bench dist/scripts && npm prune --omit=dev --ignore-scripts

FROM node:22-slim
WORKDIR /app
ENV NODE_ENV=production PEYK_HOST=0.0.0.0
COPY --from=build --chown=node:node /app/package.json ./
COPY --from=build --chown=node:node /app/bin ./bin
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
COPY --from=build --chown=node:node /app/migrations ./migrations
COPY --from=build --chown=node:node /app/journeys ./journeys
COPY --from=build --chown=node:node /app/templates ./templates
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=64", "bin/peyk.js", "serve"]
