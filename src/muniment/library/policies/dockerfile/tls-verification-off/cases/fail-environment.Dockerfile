FROM node:22
# expect: fail
ENV NODE_TLS_REJECT_UNAUTHORIZED=0
# expect: fail
ARG PIP_TRUSTED_HOST=pypi.example.com
# expect: fail
RUN export PYTHONHTTPSVERIFY=0 && python3 setup.py
# expect: fail
RUN npm config set strict-ssl false
