FROM golang:1.23
# expect: fail
RUN CGO_ENABLED=0 go build -o /app ./cmd/app
# expect: fail
RUN --network=host make
