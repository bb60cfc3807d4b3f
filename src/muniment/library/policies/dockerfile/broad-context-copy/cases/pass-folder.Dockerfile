FROM alpine:3.20 AS build
COPY src/ /src/
FROM alpine:3.20
COPY --from=build . /app
