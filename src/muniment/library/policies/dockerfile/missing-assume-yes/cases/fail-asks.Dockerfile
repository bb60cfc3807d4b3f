FROM debian:12
# expect: fail
RUN apt-get update && apt-get install curl
# expect: fail
RUN yum install curl
# expect: fail
RUN zypper in curl
# expect: fail
RUN dnf install curl
# expect: fail
RUN tdnf install curl
