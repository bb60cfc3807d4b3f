# expect: fail
FROM --platform=${BUILDPLATFORM} alpine:3.20
