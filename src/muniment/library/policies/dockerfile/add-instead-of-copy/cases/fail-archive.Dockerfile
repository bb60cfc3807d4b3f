FROM alpine:3.20
# expect: fail
ADD rootfs.tar.xz /
# expect: fail
ADD https://example.com/tool.zip git@git.example.com:team/tool.git /opt/
