FROM alpine:3.20
ENTRYPOINT ["/app/serve"]
CMD ["--port", "8080"]
