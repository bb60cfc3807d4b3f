FROM alpine:3.20
# expect: fail
USER 0:0
