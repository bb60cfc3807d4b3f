FROM debian:12
# expect: fail
RUN ["sudo", "apt-get", "install", "git"]
