FROM golang:1.23 AS build
# expect: fail
FROM alpine:3.20 AS Build
