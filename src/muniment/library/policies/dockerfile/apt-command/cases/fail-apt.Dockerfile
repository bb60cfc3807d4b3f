FROM debian:12
RUN apt-get update && \
# expect: fail
    apt install -y curl
