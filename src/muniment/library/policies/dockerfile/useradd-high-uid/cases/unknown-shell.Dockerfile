FROM debian:12
SHELL ["/usr/bin/python3", "-c"]
RUN useradd -u 1000010001 app
