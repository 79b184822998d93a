# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx with TLS in front of a server, with the sample configuration that we install, for every test that needs one."""
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from tap import Skip, check  # noqa: E402

SAMPLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'server', 'nginx.conf')


def free_port():
    with socket.socket() as sock:
        sock.bind(('127.0.0.1', 0))
        return sock.getsockname()[1]


def make_certificate(folder):
    certificate, key = os.path.join(folder, 'cert.pem'), os.path.join(folder, 'key.pem')
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days',
                    '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key,
                    '-out', certificate], check=True, capture_output=True)
    return certificate, key, ssl.create_default_context(cafile=certificate)


class Nginx:
    """Our sample with other names, in a folder of its own."""

    def __init__(self, backend):
        for program in ('nginx', 'openssl'):
            if not shutil.which(program, path=os.environ['PATH'] + ':/usr/sbin'):
                raise Skip(f'{program} is not installed')
        self.folder = tempfile.mkdtemp(prefix='baton-nginx-')
        self.backend, self.port = backend, free_port()
        self.certificate, key, self.context = make_certificate(self.folder)
        with open(SAMPLE, encoding='utf-8') as file:
            sample = file.read()
        for old, new in (('127.0.0.1:8470', f'127.0.0.1:{backend}'), ('listen 443 ssl;', f'listen 127.0.0.1:{self.port} ssl;'),
                         ('    listen [::]:443 ssl;\n', ''), ('baton.example.org;', 'localhost;'),
                         ('/etc/letsencrypt/live/baton.example.org/fullchain.pem', self.certificate),
                         ('/etc/letsencrypt/live/baton.example.org/privkey.pem', key)):
            check(old in sample, f'the sample has no “{old}”')
            sample = sample.replace(old, new)
        temporary = ''.join(f'{kind}_temp_path {self.folder}/{kind};\n' for kind in
                            ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
        with open(os.path.join(self.folder, 'nginx.conf'), 'w', encoding='utf-8') as file:
            file.write(f'daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log;\n'
                       f'events {{ worker_connections 512; }}\nhttp {{ access_log off;\n{temporary}{sample}}}\n')

    def start(self):
        nginx = shutil.which('nginx', path=os.environ['PATH'] + ':/usr/sbin')
        self.process = subprocess.Popen([nginx, '-c', self.folder + '/nginx.conf', '-p', self.folder],
                                        stderr=subprocess.PIPE)
        for _ in range(100):
            try:
                socket.create_connection(('127.0.0.1', self.port), timeout=1).close()
                return
            except OSError:
                check(self.process.poll() is None, str(self.process.poll() is not None and self.process.stderr.read()))
                time.sleep(0.05)
        check(False, 'nginx did not start')

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stderr.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
