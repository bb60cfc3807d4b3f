FROM golang:1.23 AS build
FROM scratch
COPY --from=BUILD /app /app
COPY --from=registry.example.com/tools:1.2 /tools /tools
COPY app /app
