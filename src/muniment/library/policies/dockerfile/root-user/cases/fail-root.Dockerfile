FROM alpine:3.20
USER app
# expect: fail
USER root
