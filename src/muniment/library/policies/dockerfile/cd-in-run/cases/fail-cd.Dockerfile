FROM debian:12
# expect: fail
RUN cd /src && make
