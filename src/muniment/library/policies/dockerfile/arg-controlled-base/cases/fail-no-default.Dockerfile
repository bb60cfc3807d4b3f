ARG BASE
ARG TAG
# expect: fail
FROM $BASE
# expect: fail
FROM alpine:${TAG}
