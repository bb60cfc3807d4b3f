FROM debian:12
# expect: fail
RUN apt-get update && apt-get install -y curl
# expect: fail
RUN apk add curl
# expect: fail
RUN yum install -y curl
# expect: fail
RUN dnf install -y curl
# expect: fail
RUN microdnf install -y curl
# expect: fail
RUN zypper in -y curl
# expect: fail
RUN pip install flask
