ARG VERSION=3.20
FROM --platform=$BUILDPLATFORM alpine:${VERSION} AS base
FROM base
FROM alpine@sha256:d34db33fd34db33fd34db33fd34db33fd34db33fd34db33fd34db33fd34db33f
FROM scratch
FROM alpine:latest@sha256:d34db33fd34db33fd34db33fd34db33fd34db33fd34db33fd34db33fd34db33f
