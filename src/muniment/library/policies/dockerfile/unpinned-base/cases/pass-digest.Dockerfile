FROM golang:1.23@sha256:ad5c126b5cf501a8caef751a243bb717ec204ab1aa56dc41dc11be089fafcb4f AS build
RUN --mount=type=cache,target=/root/.cache --mount=type=bind,from=busybox@sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7,target=/tools /tools/run
FROM build AS test
RUN --mount=type=bind,from=build,target=/src go test ./...
FROM scratch
COPY --from=build /app /app
COPY --from=0 /etc/ssl /etc/ssl
COPY --from=busybox@sha256:9ae97d36d26566ff84e8893c64a6dc4fe8ca6d1144bf5b87b2b85a32def253c7 /bin/true /bin/true
COPY notes.txt /notes.txt
