FROM alpine:3.20
# expect: fail
LABEL Team=web
# expect: fail
LABEL com.docker.owner=web
