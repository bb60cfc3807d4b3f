FROM debian:12
# expect: fail
RUN apt-get update && echo "app:secret" | chpasswd
