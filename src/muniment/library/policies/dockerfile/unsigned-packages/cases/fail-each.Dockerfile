FROM alpine:3.20
# expect: fail
RUN apk add --allow-untrusted ./tool.apk
# expect: fail
RUN apt-get install -y --force-yes tool
# expect: fail
RUN echo now && dnf --nogpgcheck install -y tool
# expect: fail
RUN rpm -i --nosignature tool.rpm
# expect: fail
RUN apt-get install --allow-unauthenticated tool
