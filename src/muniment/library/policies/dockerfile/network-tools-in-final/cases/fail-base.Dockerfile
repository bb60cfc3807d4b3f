# expect: fail
FROM alpine:3.20
