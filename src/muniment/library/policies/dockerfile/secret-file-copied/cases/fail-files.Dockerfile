FROM node:22
# expect: fail
COPY .env /app/
# expect: fail
COPY keys/id_rsa /root/.ssh/id_rsa
# expect: fail
ADD tls/server-key.pem tls/server.pem /etc/tls/
