FROM alpine:3.20
ENV HOME=/home/app
WORKDIR ${HOME}/src
WORKDIR C:\\app
