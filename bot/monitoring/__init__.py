"""Monitoring: counters, health checks, and reports to systemd, Prometheus and operators."""
