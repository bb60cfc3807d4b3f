FROM debian:12
RUN curl -fsSL https://example.com/list | grep app > /tmp/list && sh /tmp/install.sh
RUN echo 'echo ready' | sh; bash -c 'echo $(date)'
