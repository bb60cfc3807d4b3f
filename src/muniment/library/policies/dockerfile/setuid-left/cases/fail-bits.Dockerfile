FROM debian:12
# expect: fail
RUN chmod 4755 /usr/local/bin/helper
# expect: fail
RUN chmod u+s /usr/local/bin/helper
# expect: fail
COPY --chmod=2755 helper /usr/local/bin/
