FROM alpine:3.20
# expect: fail
MAINTAINER team@example.com
