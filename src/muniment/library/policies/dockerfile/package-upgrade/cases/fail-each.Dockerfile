FROM debian:12
# expect: fail
RUN apt-get dist-upgrade -y
# expect: fail
RUN apk -U upgrade
# expect: fail
RUN yum -y update
# expect: fail
RUN zypper --non-interactive up
# expect: fail
RUN apt-get update && apt-get -y upgrade
