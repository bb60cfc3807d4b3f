FROM alpine:3.20
ADD https://github.com/example/app.git#8f3c1d2a7be9405f6a1c0d9e8b7a6f5e4d3c2b1a /src
ADD --checksum=8f3c1d2a7be9405f6a1c0d9e8b7a6f5e4d3c2b1a https://github.com/example/app.git#v1 /src
RUN git clone https://github.com/example/app.git /src && git -C /src checkout 8f3c1d2a7be9405f6a1c0d9e8b7a6f5e4d3c2b1a
