FROM alpine:3.20
# expect: fail
WORKDIR /proc/self
