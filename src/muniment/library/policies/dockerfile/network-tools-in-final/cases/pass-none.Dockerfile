FROM debian:12 AS build
RUN apt-get update && apt-get install -y curl
FROM debian:12-slim
RUN apt-get update && apt-get install -y curl=7.88 && curl -fO https://example.com/a && apt-get purge -y curl
