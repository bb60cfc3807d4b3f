FROM debian:12
RUN apt-get update && apt-get install -y curl && apk add --no-cache curl
RUN yum update -y openssl && zypper --non-interactive update openssl
