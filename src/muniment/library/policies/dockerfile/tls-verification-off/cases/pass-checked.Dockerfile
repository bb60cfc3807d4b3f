FROM node:22
ENV NODE_TLS_REJECT_UNAUTHORIZED=1
RUN curl -fsSL https://example.com && wget https://example.com; grep -- --no-check-certificate x
RUN npm config set strict-ssl true
