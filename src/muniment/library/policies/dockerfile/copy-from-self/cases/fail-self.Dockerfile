FROM alpine:3.20 AS build
# expect: fail
COPY --from=build /app /app
# expect: fail
COPY --from=0 /app /app
