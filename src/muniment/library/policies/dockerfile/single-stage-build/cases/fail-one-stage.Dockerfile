FROM golang:1.23
COPY . /src
# expect: fail
RUN go build -o /app ./cmd/app
