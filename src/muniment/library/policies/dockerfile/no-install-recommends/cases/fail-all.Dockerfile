FROM debian:12
# expect: fail
RUN apt-get update && apt-get install -y curl
