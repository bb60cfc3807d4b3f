FROM debian:12
# expect: fail
RUN sort list | uniq > out
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
