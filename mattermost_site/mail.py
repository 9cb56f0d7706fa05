"""The mail server of ``EmailSettings``, as Django's mail backend."""

from __future__ import annotations

import ssl
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property

from mattermost_site import config


class ConfiguredBackend(EmailBackend):
    """SMTP with the settings that hold when a mail is sent, not those of the process's start."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        settings = config.current().email
        signs_in = settings.enable_smtp_auth
        super().__init__(
            host=settings.smtp_server,
            port=int(settings.smtp_port or 0),
            username=settings.smtp_username if signs_in else "",
            password=settings.smtp_password if signs_in else "",
            use_tls=settings.connection_security == "STARTTLS",
            use_ssl=settings.connection_security == "TLS",
            timeout=settings.smtp_server_timeout or None,
            fail_silently=fail_silently,
        )

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """The context of an encrypted connection; unchecked with ``SkipServerCertificateVerification``."""
        context = ssl.create_default_context()
        if config.current().email.skip_server_certificate_verification:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def send(*, to: str, subject: str, text: str) -> None:
    """Send one plain mail from the site. Raises what the mail server makes fail, so that a job tries again."""
    settings = config.current().email
    name = settings.feedback_name.replace('"', "")
    sender = f'"{name}" <{settings.feedback_email}>' if name else settings.feedback_email
    reply_to = [settings.reply_to_address] if settings.reply_to_address else None
    EmailMessage(subject=subject, body=text, from_email=sender, to=[to], reply_to=reply_to).send()
