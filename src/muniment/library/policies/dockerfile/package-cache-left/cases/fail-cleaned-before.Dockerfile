FROM fedora:41
# expect: fail
RUN yum clean all && yum install -y curl
# expect: fail
RUN yum install -y jq && yum clean metadata
# expect: fail
RUN dnf install -y curl && dnf clean all && dnf in -y jq
# expect: fail
RUN tdnf install -y curl
# expect: fail
RUN zypper clean && zypper patch -y
# expect: fail
RUN rm -rf /var/cache/apk && apk add curl
RUN microdnf clean all
# expect: fail
RUN microdnf install -y curl
