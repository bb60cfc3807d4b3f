FROM scratch
COPY --from=$STAGE /app /app
