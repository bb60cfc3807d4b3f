FROM debian:12 AS first
RUN set -eux -o pipefail && sort list | uniq > out
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN sort list | uniq > out
FROM first
RUN sort list | uniq > out
FROM debian:12
RUN sort list > out || true
