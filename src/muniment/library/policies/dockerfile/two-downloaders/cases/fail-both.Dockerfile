FROM debian:12
RUN curl -O https://example.com/b
# expect: fail
RUN wget https://example.com/a
