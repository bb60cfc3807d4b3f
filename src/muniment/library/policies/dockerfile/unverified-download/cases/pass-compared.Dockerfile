FROM debian:12
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/app.tgz /tmp/
RUN curl -fsSL https://example.com/tool -o /usr/local/bin/tool && echo "$SUM /usr/local/bin/tool" | sha256sum -c -
RUN wget https://example.com/key.asc
RUN gpg --verify key.asc
RUN wget -qO- https://example.com/status && curl -f https://example.com/status
