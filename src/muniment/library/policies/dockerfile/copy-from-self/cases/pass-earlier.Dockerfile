FROM alpine:3.20 AS build
FROM alpine:3.20 AS run
COPY --from=build /app /app
COPY --from=0 /lib /lib
