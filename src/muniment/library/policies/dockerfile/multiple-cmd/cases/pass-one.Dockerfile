FROM alpine:3.20 AS build
CMD ["true"]
FROM alpine:3.20
CMD ["/app/serve"]
