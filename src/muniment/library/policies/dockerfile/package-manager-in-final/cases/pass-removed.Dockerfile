FROM alpine:3.20
RUN apk add --no-cache tzdata && apk del --purge apk-tools
