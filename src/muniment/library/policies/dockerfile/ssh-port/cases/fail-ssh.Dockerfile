FROM alpine:3.20
# expect: fail
EXPOSE 8080 22/tcp
