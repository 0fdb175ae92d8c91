ARG BASE
FROM ${BASE}
RUN install -d -o rabbitmq -g rabbitmq /var/lib/rabbitmq /etc/rabbitmq/conf.d
ENV HOME=/var/lib/rabbitmq RABBITMQ_LOGS=- RUNNING_UNDER_SYSTEMD=1 LANG=C.UTF-8 \
    PATH=/usr/lib/rabbitmq/bin:/usr/sbin:/usr/bin:/sbin:/bin
USER rabbitmq
CMD ["/usr/lib/rabbitmq/bin/rabbitmq-server"]
