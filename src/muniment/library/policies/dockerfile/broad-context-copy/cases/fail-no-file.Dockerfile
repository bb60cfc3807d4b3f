FROM alpine:3.20
# expect: fail
ADD ./ /app
