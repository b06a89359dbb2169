"""What an application server imports: `gunicorn qitracker.wsgi:app`."""

from qitracker.cli import application

app = application()
