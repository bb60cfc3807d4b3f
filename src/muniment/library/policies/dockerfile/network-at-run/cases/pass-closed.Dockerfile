FROM golang:1.23
RUN go mod download
RUN --network=none go build -o /app ./cmd/app
