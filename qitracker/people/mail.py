"""Outgoing mail by SMTP: invitations and password links. Nothing else in the product sends mail itself."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import structlog
from flask import current_app, request
from flask_security import MailUtil

from qitracker.foundation.config import Settings
from qitracker.foundation.errors import Refusal
from qitracker.foundation.words import say

SECONDS = 10


class MailNotSent(Refusal):
    """The mail server did not take the message; the log says why."""


def send(settings: Settings, *, to: str, subject: str, body: str) -> None:
    """Send one plain-text message.

    Raises:
        MailNotSent: no server is set, or it cannot be reached or refuses.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, to, " ".join(subject.split())
    message["Date"], message["Message-ID"] = (
        formatdate(),
        make_msgid(domain=settings.mail_from.rpartition("@")[2] or None),
    )
    message.set_content(body)
    if not settings.mail_server:
        raise MailNotSent(say("No mail server is set."))
    try:
        with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=SECONDS) as server:
            if settings.mail_starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password)
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as fault:
        structlog.get_logger("mail").warning("not sent", subject=subject, reason=f"{type(fault).__name__}: {fault}")
        raise MailNotSent(say("The mail server did not take the message.")) from fault


class SignInMail(MailUtil):
    """Sends what Flask-Security writes: links for forgotten passwords, and notices of changed ones."""

    def send_mail(self, template, subject, recipient, sender, body, html, **_context):  # type: ignore[no-untyped-def]
        """Send it; a failure is logged and not shown, since it would tell which addresses are known."""
        settings: Settings = current_app.extensions["settings"]
        if not settings.mail_server:
            return
        ours = settings.address + "/"  # the asker chooses the name of the host: no link may lead there
        try:
            send(settings, to=recipient, subject=str(subject), body=(body or "").replace(request.host_url, ours))
        except MailNotSent:
            structlog.get_logger("mail").warning("sign-in mail not sent", template=template)
