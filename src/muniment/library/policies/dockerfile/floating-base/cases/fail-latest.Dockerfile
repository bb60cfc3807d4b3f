# expect: fail
FROM alpine:latest
