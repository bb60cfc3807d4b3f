FROM alpine:3.20 AS build
USER app
# expect: fail
FROM alpine:3.20
COPY --from=build /x /x
