FROM debian:12
# expect: fail
RUN chmod -R 777 /app
# expect: fail
RUN chmod a+rwx /data
# expect: fail
COPY --chmod=666 settings.toml /app/
