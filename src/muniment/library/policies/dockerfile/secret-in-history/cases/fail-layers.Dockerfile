FROM debian:12
# expect: fail
COPY keys/id_rsa /root/.ssh/
RUN git fetch && rm -f /root/.ssh/id_rsa
# expect: fail
RUN git clone https://build:hunter2@example.com/app.git
# expect: fail
RUN curl -H "Authorization: Bearer 0123456789abcdef" https://example.com/app.tgz
