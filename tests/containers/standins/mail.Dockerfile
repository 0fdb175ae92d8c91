ARG BASE
FROM ${BASE}
COPY aiosmtpd /usr/lib/python3/dist-packages/aiosmtpd
COPY public /usr/lib/python3/dist-packages/public
COPY attr /usr/lib/python3/dist-packages/attr
COPY mailpit /
STOPSIGNAL SIGINT
ENTRYPOINT ["/mailpit"]
