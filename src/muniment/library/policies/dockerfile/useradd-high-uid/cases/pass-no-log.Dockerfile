FROM debian:12
RUN useradd -l -u 1000010001 app && useradd -u 10001 other
