FROM alpine:3.20
RUN apk add --no-cache tool && rpm -i tool.rpm && apt-get install -y tool
