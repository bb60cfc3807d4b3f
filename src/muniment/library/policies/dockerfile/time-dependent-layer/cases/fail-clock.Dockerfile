FROM debian:12 AS pack
ARG SOURCE_DATE_EPOCH
FROM debian:12
# expect: fail
RUN echo "$(date -u +%s)" > /built
# expect: fail
RUN tar czf app.tgz app
