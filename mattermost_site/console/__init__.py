"""The System Console, and the REST endpoints of configuration, jobs, logs and the system itself."""
