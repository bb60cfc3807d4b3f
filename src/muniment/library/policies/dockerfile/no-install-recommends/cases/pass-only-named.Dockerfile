FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends curl
RUN apt-get install -y -o APT::Install-Recommends=false jq && apt-get -oapt::install-recommends=0 install -y git
