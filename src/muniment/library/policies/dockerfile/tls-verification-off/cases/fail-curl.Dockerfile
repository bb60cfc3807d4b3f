FROM alpine:3.20
# expect: fail
RUN echo start && curl -Lk https://example.com
