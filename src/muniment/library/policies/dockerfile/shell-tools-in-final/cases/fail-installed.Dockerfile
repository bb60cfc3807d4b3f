FROM alpine:3.20
# expect: fail
RUN apk add --no-cache gdb strace
