# syntax=docker/dockerfile:1
# expect: fail above
FROM scratch
