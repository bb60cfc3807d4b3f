FROM alpine:3.20
ENTRYPOINT ["/app/serve"]
# expect: fail
ENTRYPOINT ["true"]
