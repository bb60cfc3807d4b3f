FROM alpine:3.20
SHELL ["/usr/bin/python3", "-c"]
RUN git clone https://github.com/example/app.git
