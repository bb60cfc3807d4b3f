FROM alpine:3.20
ARG VERSION=1.2.3
ARG MODE
ARG TOKEN_URL=https://example.com/token
ENV PASSWORD_FILE=/run/secrets/password PASSWORD= KEYBOARD=us
ENV PATH=/opt/app/bin:$PATH MODE=$MODE
RUN --mount=type=secret,id=token,env=TOKEN ./fetch
