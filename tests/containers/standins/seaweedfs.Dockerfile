ARG BASE
FROM ${BASE}
COPY weed /usr/bin/
COPY wget /usr/local/bin/
ENTRYPOINT ["/usr/bin/weed", "-logtostderr=true"]
