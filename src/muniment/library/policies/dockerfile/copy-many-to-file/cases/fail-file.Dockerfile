FROM alpine:3.20
# expect: fail
COPY a b "/app"
