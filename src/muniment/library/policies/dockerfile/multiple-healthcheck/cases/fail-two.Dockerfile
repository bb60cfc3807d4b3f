FROM alpine:3.20
HEALTHCHECK CMD ["/app/healthy"]
# expect: fail
HEALTHCHECK NONE
