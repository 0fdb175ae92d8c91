"""The platform in containers. Start at `docker-compose.yml`, and docs/howto/containers.md."""
