FROM scratch
RUN apk add --no-cache --virtual .fetch curl && apk del .fetch
