FROM debian:12 AS pack
ARG SOURCE_DATE_EPOCH
RUN tar -cf /out/app.tar app && date > /built
FROM debian:12 AS epoch
ENV SOURCE_DATE_EPOCH=1700000000
RUN date > /built
FROM debian:12
RUN date -d @1700000000 > /built && tar -cf app.tar --mtime=@0 app && tar -xzf in.tgz
