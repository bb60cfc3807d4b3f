FROM golang:1.23 AS build
FROM scratch
# expect: fail
COPY --from=builder /app /app
