FROM alpine:3.20
# expect: fail
ARG NPM_TOKEN=none
# expect: fail
ARG DEPLOY=ghp_0123456789abcdefghijABCDEFGHIJ0123456789
# expect: fail
ENV APP=web DB_PASSWORD=hunter2
# expect: fail
ENV DEPLOY=ghp_0123456789abcdefghijABCDEFGHIJ0123456789
# expect: fail
ARG DEPLOY="ghp_0123456789abcdefghijABCDEFGHIJ0123456789"
# expect: fail
ENV DEPLOY 'glpat-0123456789abcdefghij'
