FROM debian:12
RUN apt-get update && apt-get install -y curl && apt-get -qq install jq && apt-get --yes remove git
RUN apt-get -q=2 install curl && tdnf install -y curl
RUN yum install -y curl && zypper -n install curl && dnf -y install curl
