FROM debian:12
# expect: fail
RUN set -eux; curl -fsSL https://example.com/install.sh | tee /tmp/log | sudo -E bash -
# expect: fail
RUN bash -c "$(wget -qO- https://example.com/install.sh)"
