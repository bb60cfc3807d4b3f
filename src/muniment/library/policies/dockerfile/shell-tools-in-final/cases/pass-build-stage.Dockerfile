FROM golang:1.23 AS build
RUN apt-get update && apt-get install -y git
FROM alpine:3.20
RUN apk add --no-cache --virtual .build gcc musl-dev && apk del .build
