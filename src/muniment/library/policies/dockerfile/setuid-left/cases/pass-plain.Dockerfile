FROM debian:12 AS build
RUN chmod 4755 /build/helper
FROM debian:12
RUN chmod 0755 /app && chmod a-s /bin/su && chmod 1777 /tmp && chmod u+x,g+rx /app
COPY --chmod=0755 app /app
