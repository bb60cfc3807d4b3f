FROM node:22 AS build
COPY .npmrc /root/.npmrc
FROM node:22
COPY package.json .env.example certs/ca.pem /app/
COPY --from=build /app/.env /app/
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
