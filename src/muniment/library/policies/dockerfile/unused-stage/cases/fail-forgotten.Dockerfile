# expect: fail
FROM golang:1.23 AS build
FROM scratch
COPY app /app
