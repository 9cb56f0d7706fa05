"""Tests, and the services and programs that run them."""
