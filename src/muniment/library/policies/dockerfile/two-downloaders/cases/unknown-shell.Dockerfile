FROM debian:12
SHELL ["/usr/bin/python3", "-c"]
RUN wget https://example.com/a
