FROM alpine:3.20
# expect: fail
ADD git@github.com:example/app.git#v1.2.3 /src
# expect: fail
RUN git clone --depth 1 --branch v1.2.3 https://github.com/example/app.git /src
