# expect: fail
FROM golang:1.23.4 AS build
# expect: fail
RUN --mount=type=bind,from=alpine:3.20,target=/tools /tools/run
FROM scratch
# expect: fail
COPY --from=busybox:1.36 /bin/true /bin/true
