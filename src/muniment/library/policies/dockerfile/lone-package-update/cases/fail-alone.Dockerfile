FROM debian:12
# expect: fail
RUN apt-get update
RUN apt-get install -y curl
