FROM scratch AS base
FROM alpine:3.20 AS runtime
RUN apk add --no-cache tzdata
# expect: fail
FROM runtime
