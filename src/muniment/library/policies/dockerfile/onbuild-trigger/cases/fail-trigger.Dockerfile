FROM alpine:3.20
# expect: fail
ONBUILD COPY . /app
