FROM debian:12
WORKDIR /src
RUN make -C sub && echo cd
