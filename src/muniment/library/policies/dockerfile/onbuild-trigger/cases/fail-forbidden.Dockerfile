FROM alpine:3.20
# expect: fail
ONBUILD MAINTAINER somebody
