# syntax=docker/dockerfile:1
# expect: fail
FROM scratch
