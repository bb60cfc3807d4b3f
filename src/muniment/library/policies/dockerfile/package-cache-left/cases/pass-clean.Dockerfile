FROM debian:12 AS build
RUN apt-get update && apt-get install -y curl
FROM debian:12
RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y jq
RUN apk add --no-cache curl && yum install -y curl && yum clean all && dnf install -y curl && dnf clean all
RUN microdnf install curl && microdnf clean all && zypper in -y curl && zypper clean && pip install --no-cache-dir flask
RUN apt-get update && apt-get install -y git && apt-get distclean
RUN tdnf install -y git && rm -rf /var/cache/*
RUN dnf clean all && dnf install -y git jq && dnf clean all
