FROM debian:12
RUN apt-get update && apt-get install -y curl=7.88.1-10+deb12u8 jq=1.6-2.1
RUN apk add --no-cache curl=8.9.1-r2 && yum install -y nginx-1.24.0 && dnf install -y git-2.43.0
RUN zypper install -y vim=9.0 && gem install rails:7.1.0 && go install example.com/tool@v1.2.3
RUN pip install flask==3.0.3 && pip install --require-hashes -r requirements.txt && npm ci && npm i -g yarn@1.22.22
