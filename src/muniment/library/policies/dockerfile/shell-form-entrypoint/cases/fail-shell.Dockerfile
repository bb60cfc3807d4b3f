FROM alpine:3.20
# expect: fail
ENTRYPOINT /app/serve
# expect: fail
CMD --port 8080
