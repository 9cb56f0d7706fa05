"""E-mail and push notifications."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, one_of, port_text, web_address


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """Sign-up by e-mail, the mail server, notifications by e-mail and push."""

    enable_sign_up_with_email: bool = setting("EnableSignUpWithEmail", default=True)
    enable_sign_in_with_email: bool = setting("EnableSignInWithEmail", default=True)
    enable_sign_in_with_username: bool = setting("EnableSignInWithUsername", default=True)
    send_email_notifications: bool = setting("SendEmailNotifications", default=True)
    use_channel_in_email_notifications: bool = setting("UseChannelInEmailNotifications", default=False)
    require_email_verification: bool = setting("RequireEmailVerification", default=False)
    feedback_name: str = setting("FeedbackName", default="")
    feedback_email: str = setting("FeedbackEmail", default="test@example.com")
    reply_to_address: str = setting("ReplyToAddress", default="test@example.com")
    feedback_organization: str = setting("FeedbackOrganization", default="")
    enable_smtp_auth: bool = setting("EnableSMTPAuth", default=False)
    smtp_username: str = setting("SMTPUsername", default="")
    smtp_password: str = setting("SMTPPassword", default="", secret=True)
    smtp_server: str = setting("SMTPServer", default="localhost")
    smtp_port: str = setting("SMTPPort", default="10025", rule=port_text("smtp_port"))
    smtp_server_timeout: int = setting("SMTPServerTimeout", default=10, rule=at_least(0, "smtp_server_timeout"))
    connection_security: str = setting(
        "ConnectionSecurity", default="", rule=one_of("", "PLAIN", "TLS", "STARTTLS", error="email_security")
    )
    send_push_notifications: bool = setting("SendPushNotifications", default=False)
    push_notification_server: str = setting(
        "PushNotificationServer", default="", rule=web_address("push_notification_server")
    )
    push_notification_contents: str = setting(
        "PushNotificationContents",
        default="full",
        rule=one_of("full", "generic", "generic_no_channel", "id_loaded", error="push_notification_contents"),
    )
    push_notification_buffer: int = setting(
        "PushNotificationBuffer", default=1000, rule=at_least(1, "push_notification_buffer")
    )
    enable_email_batching: bool = setting("EnableEmailBatching", default=False)
    email_batching_buffer_size: int = setting(
        "EmailBatchingBufferSize", default=256, rule=at_least(0, "email_batching_buffer_size")
    )
    email_batching_interval: int = setting(
        "EmailBatchingInterval", default=30, rule=at_least(30, "email_batching_interval")
    )
    enable_preview_mode_banner: bool = setting("EnablePreviewModeBanner", default=True)
    skip_server_certificate_verification: bool = setting("SkipServerCertificateVerification", default=False)
    email_notification_contents_type: str = setting(
        "EmailNotificationContentsType",
        default="full",
        rule=one_of("full", "generic", error="email_notification_contents_type"),
    )
    login_button_color: str = setting("LoginButtonColor", default="#0000")
    login_button_border_color: str = setting("LoginButtonBorderColor", default="#2389D7")
    login_button_text_color: str = setting("LoginButtonTextColor", default="#2389D7")
