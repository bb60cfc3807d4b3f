FROM alpine:3.20
# expect: fail
EXPOSE 80000
# expect: fail
EXPOSE http
