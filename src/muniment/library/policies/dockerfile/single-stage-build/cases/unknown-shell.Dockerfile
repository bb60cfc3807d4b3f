FROM golang:1.23
SHELL ["/usr/bin/python3", "-c"]
RUN go build
