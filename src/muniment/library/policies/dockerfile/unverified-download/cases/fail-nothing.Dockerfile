FROM debian:12
RUN sha256sum /etc/passwd
# expect: fail
ADD https://example.com/app.tgz /tmp/
# expect: fail
RUN curl -fsSLo /usr/local/bin/tool https://example.com/tool
# expect: fail
RUN wget https://example.com/tool
# expect: fail
RUN curl https://example.com/tool > /usr/local/bin/tool
