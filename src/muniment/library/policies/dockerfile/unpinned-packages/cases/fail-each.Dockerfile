FROM debian:12
# expect: fail
RUN apt-get update && apt-get install -y curl jq=1.6-2.1
# expect: fail
RUN apk add --no-cache curl
# expect: fail
RUN yum install -y nginx
# expect: fail
RUN dnf install -y nginx
# expect: fail
RUN zypper install -y vim
# expect: fail
RUN pip install 'flask>=3'
# expect: fail
RUN npm install -g typescript@latest
# expect: fail
RUN gem install rails
# expect: fail
RUN go install example.com/tool@latest
