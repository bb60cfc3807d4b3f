FROM debian:12
RUN chmod 0755 /app && chmod 1777 /tmp && chmod -R g+w,o-w /data && chmod ug+rwx /data
COPY --chmod=644 settings.toml /app/
