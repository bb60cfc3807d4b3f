FROM debian:12-slim
# expect: fail
RUN apt-get update && apt-get install -y --no-install-recommends netcat-openbsd ca-certificates
