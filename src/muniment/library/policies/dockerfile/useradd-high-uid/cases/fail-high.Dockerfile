FROM debian:12
# expect: fail
RUN useradd -u 1000010001 app
