FROM debian:12
SHELL ["/usr/bin/python3", "-c"]
RUN curl https://example.com/install.sh | sh
