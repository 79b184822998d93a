# SPDX-License-Identifier: GPL-3.0-or-later
"""A team as it is: a server behind nginx with TLS, two programs with windows side by side, and batonctl. Pointers drag,
the network goes and comes back, the server is killed and put back to a backup; in the end everything is there.

  together-test.py BATON BATONCTL BATON_SERVER DRIVE_FOLDER NGINX_FOLDER
"""
import atexit
import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

baton, batonctl, baton_server, drive_folder, nginx_folder = sys.argv[1:6]

# A certificate that the whole system trusts is one in a file that only this process and its children see.
TRUSTED = '/etc/ssl/certs/ca-certificates.crt'
if 'BATON_TEST_MOUNTS' not in os.environ and os.geteuid() == 0 and shutil.which('unshare'):
    os.environ['BATON_TEST_MOUNTS'] = '1'
    if subprocess.run(['unshare', '--mount', 'true'], capture_output=True, check=False).returncode == 0:
        os.execvp('unshare', ['unshare', '--mount', sys.executable, '-W', 'ignore', *sys.argv])

sys.path[:0] = [drive_folder, nginx_folder]
from drive import GROUP, App, Tap, Workspace, put_window, wait, walk, write_file, xdo  # noqa: E402
from gi.repository import Atspi  # noqa: E402
import nginx  # noqa: E402
from tap import Skip  # noqa: E402

PASSWORD = 'a password of many words'
# The search for leaks dies of the library that does TLS.
ENV = {**os.environ}
if 'ASAN_OPTIONS' in ENV:
    ENV['ASAN_OPTIONS'] += ':detect_leaks=0'
FOLDER = tempfile.mkdtemp(dir=os.environ['UI_TMP'])
tap = Tap()


class Bus:
    """A session of one's own, so that a second program is not the first one's second window. Both are on one
    accessibility bus, where we look for them."""

    def __init__(self):
        self.process = subprocess.Popen(['dbus-daemon', '--session', '--nofork', '--nopidfile', '--print-address'],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        atexit.register(self.end)

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Server:
    def __init__(self):
        with socket.socket() as sock:
            sock.bind(('127.0.0.1', 0))
            self.port = sock.getsockname()[1]
        self.data = f'{FOLDER}/server'
        self.proxy = nginx.Nginx(self.port)
        self.public = f'https://localhost:{self.proxy.port}'
        self.start()
        self.proxy.start()
        atexit.register(self.end_all)

    def start(self):
        self.process = subprocess.Popen(
            [baton_server, '--data', self.data, '--listen', f'127.0.0.1:{self.port}', '--json', '--public-url',
             self.public], stdout=subprocess.PIPE)
        self.invitation = json.loads(self.process.stdout.readline()).get('invitation')

    def command(self, *words):
        done = subprocess.run([baton_server, *words, '--json', '--data', self.data], capture_output=True, check=True)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(20)
        self.process.stdout.close()

    def end_all(self):
        if self.process.poll() is None:
            self.end()
        if self.proxy.process.poll() is None:
            self.proxy.stop()
        shutil.rmtree(self.proxy.folder, ignore_errors=True)


def session(name):
    """The surroundings of one person's computer."""
    home = f'{FOLDER}/{name}'
    os.makedirs(home)
    bus = Bus()
    address = subprocess.run(['gdbus', 'call', '--session', '-d', 'org.a11y.Bus', '-o', '/org/a11y/bus', '-m',
                              'org.a11y.Bus.GetAddress'], capture_output=True, text=True, check=True).stdout
    return bus, {**ENV, 'DBUS_SESSION_BUS_ADDRESS': bus.address, 'HOME': home, 'BATON_KEYRING': 'no',
                 'XDG_DATA_HOME': f'{home}/data', 'XDG_CACHE_HOME': f'{home}/cache', 'XDG_CONFIG_HOME': f'{home}/config',
                 'XDG_STATE_HOME': f'{home}/state', 'AT_SPI_BUS_ADDRESS': address.split("'")[1]}


def fill(app, name, text):
    entry = wait(lambda: next(walk_texts(app, name), None), f'the entry {name}')
    assert Atspi.EditableText.set_text_contents(entry, text), name


def walk_texts(app, name):
    for found in walk(app.accessible):
        if found.get_role_name() in ('text', 'password text', 'entry') and found.get_name() == name and \
           found.get_state_set().contains(Atspi.StateType.VISIBLE):
            yield found


def press(app, name):
    """A button, as a screen reader presses it."""
    button = wait(lambda: app.find(('push button', 'button'), name), f'the button {name}')
    wait(lambda: button.get_state_set().contains(Atspi.StateType.SENSITIVE), f'{name} to be ready')
    Atspi.Action.do_action(button, 0)


def frames(app):
    """The windows of a program, by name."""
    return [found.get_name() for found in walk(app.accessible, 1) if found.get_role_name() in ('frame', 'dialog', 'window') and
            found.get_state_set().contains(Atspi.StateType.SHOWING)]


def alone(app):
    """Until no dialog is left, which would keep the pointer from what lies behind it."""
    try:
        wait(lambda: len(frames(app)) == 1, 'the dialog to be gone')
    except AssertionError as why:
        raise AssertionError(f'{why}; there are {frames(app)}') from None
    app.frame = wait(lambda: app.find(role='frame'), 'its window')


def place(app, left, width=950, height=900):
    """One half of the screen."""
    put_window(('--pid', app.pid, '--name', f'^{app.frame.get_name()}$'), left, 0, width, height)


def shot(name):
    folder = os.environ.get('BATON_TEST_SHOTS')
    if folder:
        subprocess.run(['import', '-window', 'root', f'{folder}/{name}.png'], check=False)


def words_of(app):
    """What the header says about the server, as a person reads it."""
    for found in walk(app.accessible):
        name = found.get_name() or ''
        if re.match(r'In step|Sending|Offline|Needs attention|Fetching|\d+ ', name) and \
           found.get_role_name() in ('push button', 'toggle button', 'button', 'label') and 'card' not in name:
            return name
    return ''


def says(app, *wanted):
    try:
        return wait(lambda: next((w for w in wanted if w in words_of(app)), None), f'the header to say {wanted}', 25)
    except AssertionError as why:
        raise AssertionError(f'{why}, it says “{words_of(app)}”') from None


ada_bus, ada_env = session('ada')
ben_bus, ben_env = session('ben')
try:
    server = Server()
except Skip as why:
    tap.skip_all(str(why))
TLS = 'BATON_TEST_MOUNTS' in os.environ
if TLS:
    both = f'{FOLDER}/trusted.crt'
    with open(both, 'wb') as out:
        for part in (TRUSTED, server.proxy.certificate):
            with open(part, 'rb') as file:
                out.write(file.read() + b'\n')
    TLS = subprocess.run(['mount', '--bind', both, TRUSTED], capture_output=True, check=False).returncode == 0
if not TLS:
    tap.skip_all('no certificate of our own can be made trusted here')

ada = Workspace(batonctl, f'{FOLDER}/ada/team', '-t', 'campaign', '-n', 'Spring', env=ada_env)
FIRST, SECOND, THIRD = list(ada.stages())[:3]
for title in ('Hero image', 'Teaser', 'Newsletter', 'Landing page'):
    ada.run('card', 'add', 'Spring', title, '--stage', FIRST)
ben = carl = app = other = None


def enter(program, name):
    fill(program, 'Name', name)
    fill(program, 'Password', PASSWORD)


def shown(program):
    """What a window shows: which cards are in which column."""
    return {column.get_name(): [card.get_name() for card in walk(column, 3) if card.get_role_name() in GROUP]
            for column in walk(program.accessible) if column.get_role_name() == 'list' and
            column.get_name() in (FIRST, SECOND, THIRD)}


def seen(program, title, stage):
    """A board that is read anew has other columns, so they are looked for each time."""
    def is_there():
        column = program.find('list', stage)
        return column and program.find(GROUP, title, inside=column)
    try:
        wait(is_there, f'{title} in {stage}', 30)
    except AssertionError as why:
        raise AssertionError(f'{why}; it says “{words_of(program)}” and shows {shown(program)}') from None


def dropped(program, who, title, stage):
    """By the pointer, from the middle of the card to the middle of the column; it is done once it is written."""
    program.drag(program.middle(program.card(title)), program.middle(program.column(stage)))
    try:
        wait(lambda: title in who.stages()[stage], f'the drop of {title} on {stage}')
    except AssertionError as why:
        shot('not-dropped')
        raise AssertionError(f'{why}; it is {who.stages()}, shown {shown(program)} in {frames(program)}, said “'
                             f'{program.said()}”') from None


def sharing():
    """Ada shares what she has, with the link that the server printed."""
    global app
    app = App(baton, ada, env=ada_env)
    if not app.tells_places():
        tap.skip_all('this GTK does not tell where its widgets are')
    place(app, 0)
    app.choose('Main menu (F10)', 'Share this workspace…')
    app.steady(2)
    wait(lambda: app.find(name='Invitation link'), 'the dialog')
    fill(app, 'Invitation link', server.invitation)
    enter(app, 'Ada')
    shot('share-dialog')
    press(app, 'Share')
    app.steady()
    says(app, 'In step')
    alone(app)


def joining():
    """Ben opens the link that he was sent; Carl has no screen."""
    global ben, carl, other
    other = App(baton, None, server.command('invite', '--role', 'member')['invitation'], env=ben_env)
    wait(lambda: other.find(name='Invitation link or server address'), 'the dialog')
    enter(other, 'Ben')
    shot('join-dialog')
    press(other, 'Join')
    other.steady(1)
    wait(lambda: glob.glob(f'{FOLDER}/ben/data/**/workspace.db', recursive=True), 'the workspace')
    alone(other)
    seen(other, 'Teaser', FIRST)
    found = glob.glob(f'{FOLDER}/ben/data/**/workspace.db', recursive=True)
    assert len(found) == 1, found
    ben = Workspace(batonctl, os.path.dirname(found[0]), env=ben_env)
    place(other, 950)
    says(other, 'In step')
    carl = Workspace(batonctl, f'{FOLDER}/carl/team', env={**ENV, 'BATON_KEYRING': 'no'})
    os.makedirs(f'{FOLDER}/carl')
    write('carl/pw', PASSWORD)
    carl.run('join', server.command('invite', '--role', 'member')['invitation'], '--name', 'Carl', '--password-file',
             f'{FOLDER}/carl/pw')
    assert carl.stages() == ada.stages()


def dragging():
    """What one drags moves on the other's screen."""
    dropped(app, ada, 'Teaser', SECOND)
    seen(other, 'Teaser', SECOND)
    dropped(other, ben, 'Newsletter', SECOND)
    seen(app, 'Newsletter', SECOND)
    carl.run('sync')
    assert carl.stages() == ada.stages() == ben.stages()
    carl.run('card', 'move', 'Landing page', SECOND)
    carl.run('sync')
    for program in (app, other):
        seen(program, 'Landing page', SECOND)


def present():
    """Who looks at a card is shown on it."""
    app.click(app.card('Hero image'))
    wait(lambda: 'Ada' in (other.card('Hero image').get_description() or ''), 'Ada on the card')
    shot('presence')
    xdo('key', 'Escape')
    wait(lambda: 'Ada' not in (other.card('Hero image').get_description() or ''), 'Ada to have gone')


TEXT = 'First line of the brief.\n\nSecond line of the brief.\n\nThird line of the brief.\n'


def write(name, text):
    return write_file(f'{FOLDER}/{name}', text)


def apart():
    """No network: both change the same card."""
    ada.run('card', 'set', 'Hero image', '--brief', TEXT)
    ada.run('asset', 'add', 'Hero image', write('hero.md', 'Version one.\n'), '--asset', 'Copy')
    wait(lambda: [a for a in ben.run('asset', 'list', 'Hero image') if a['name'] == 'Copy'], 'the first version')
    says(app, 'In step')
    server.proxy.stop()
    for program in (app, other):
        says(program, 'Offline')
    ada.run('card', 'set', 'Hero image', '--title', 'Hero by Ada')
    ben.run('card', 'set', 'Hero image', '--title', 'Hero by Ben')
    ada.run('card', 'set', 'Hero by Ada', '--brief', TEXT.replace('First', 'The first'))
    ben.run('card', 'set', 'Hero by Ben', '--brief', TEXT.replace('Third', 'The last'))
    ada.run('asset', 'add', 'Hero by Ada', write('hero-a.md', 'Version by Ada.\n'), '--asset', 'Copy', '--parent', '1')
    ben.run('asset', 'add', 'Hero by Ben', write('hero-b.md', 'Version by Ben.\n'), '--asset', 'Copy', '--parent', '1')
    dropped(app, ada, 'Hero by Ada', SECOND)
    other.act(other.card('Hero by Ben'), 'card.move-right')
    seen(other, 'Hero by Ben', SECOND)
    other.act(other.card('Hero by Ben'), 'card.move-right')
    seen(other, 'Hero by Ben', THIRD)
    says(app, 'Offline, 4 wait')
    shot('apart')


def together():
    """The network is back: both versions, one place, and what was refused waits."""
    if server.proxy.process.poll() is not None:
        server.proxy.start()
    said = {program: says(program, 'In step', 'Needs attention', 'needs attention') for program in (app, other)}
    print(f'# Ada: {said[app]}; Ben: {said[other]}')
    wait(lambda: ada.stages() == ben.stages(), 'both to be the same')
    shot('together')
    refused = {name: [e for e in who.run('attention', 'list') if e['kind'] == 'refused']
               for name, who in (('Ada', ada), ('Ben', ben))}
    assert sum(len(e) for e in refused.values()) >= 1, refused
    assert all(e['verb'] == 'card.move' and e['reason'] == 'stale' for entries in refused.values() for e in entries), refused
    # Whose title stands is a matter of who came back last; the other one is told.
    titles = [title for titles in ada.stages().values() for title in titles]
    card = ada.run('card', 'show', next(title for title in titles if title.startswith('Hero by ')))
    assert 'The first line' in card['brief'] and 'The last line' in card['brief'], card['brief']
    versions = [a for a in ada.run('asset', 'list', card['id']) if a['name'] == 'Copy'][0]['versions']
    assert sorted((v['parent'], v['author']) for v in versions if v['parent']) == [(1, 'Ada'), (1, 'Ben')], versions


def deciding():
    """Who was refused does it again, or lets it go, from the list."""
    for program, who in ((app, ada), (other, ben)):
        while [e for e in who.run('attention', 'list') if e['kind'] == 'refused']:
            before = len(who.run('attention', 'list'))
            if not program.find(name='Needs attention', role='frame'):
                program.choose('Main menu (F10)', 'Needs attention…')
                program.steady(2)
            wait(lambda: program.find(('push button', 'button'), 'Do it now'), 'what can be done')
            shot('attention-' + who.folder.split('/')[-2])
            press(program, 'Do it now')
            try:
                wait(lambda: len(who.run('attention', 'list')) < before, 'it to be done')
            except AssertionError:
                shot('attention-failed')
                raise
    xdo('key', 'Escape')
    says(app, 'In step')
    says(other, 'In step')
    wait(lambda: ada.stages() == ben.stages(), 'both to be the same')
    print(f'# {ada.stages()}')


def killed():
    """The server dies while both work, and comes back; nothing is lost."""
    made = []
    for n in range(12):
        ada.run('card', 'add', 'Spring', f'By Ada {n}', '--stage', FIRST)
        ben.run('card', 'add', 'Spring', f'By Ben {n}', '--stage', FIRST)
        made += [f'By Ada {n}', f'By Ben {n}']
        if n == 4:
            server.end(signal.SIGKILL)
        if n == 8:
            server.start()
    for program in (app, other):
        says(program, 'In step')
    wait(lambda: ada.stages() == ben.stages(), 'both to be the same')
    assert sorted(t for t in ada.stages()[FIRST] if t.startswith('By ')) == sorted(made)
    carl.run('sync')
    assert carl.stages() == ada.stages()


def restored():
    """A backup of yesterday is put in the server's place; everything that came since is offered again."""
    backup = server.command('backup')
    print(f'# {backup}')
    ada.run('card', 'add', 'Spring', 'Since the backup', '--stage', FIRST)
    ben.run('card', 'set', 'Teaser', '--title', 'Teaser of today')
    other.act(other.card('Teaser of today'), 'card.move-left')
    seen(app, 'Teaser of today', FIRST)
    ben.run('asset', 'add', 'Teaser of today', write('today.md', 'Made today.\n'), '--asset', 'Text')
    for program in (app, other):
        says(program, 'In step')
    carl.run('sync')
    before = (ada.stages(), ada.run('asset', 'list', 'Teaser of today'))
    server.end()
    server.command('restore')
    server.start()
    for program in (app, other):
        says(program, 'In step')
    wait(lambda: ada.stages() == ben.stages() == before[0], 'everything to be there again')

    def carl_has_it():
        # He is shown what the server has; what others offer again comes when they do.
        carl.run('sync')
        return carl.stages() == before[0] and [a['name'] for a in carl.run('asset', 'list', 'Teaser of today')]
    wait(carl_has_it, 'everything to be offered again')
    shown = carl.run('asset', 'list', 'Teaser of today')
    assert [a['name'] for a in shown] == [a['name'] for a in before[1]], shown
    dora = Workspace(batonctl, f'{FOLDER}/dora/team', env={**ENV, 'BATON_KEYRING': 'no'})
    os.makedirs(f'{FOLDER}/dora')
    dora.run('join', server.command('invite', '--role', 'viewer')['invitation'], '--name', 'Dora', '--password-file',
             f'{FOLDER}/carl/pw')
    dora.run('sync')
    assert dora.stages() == before[0], dora.stages()
    dora.run('asset', 'get', 'Teaser of today', '-o', f'{FOLDER}/fetched.md')
    with open(f'{FOLDER}/fetched.md', encoding='utf-8') as file:
        assert file.read() == 'Made today.\n'
    for who in (ada, ben, carl, dora):
        who.verify()
    assert server.command('verify', '--deep')['ok']
    shot('restored')


tap.try_out('shared from a window', sharing)
tap.try_out('joined by a link', joining)
tap.try_out('dragged in one, seen in the other', dragging)
tap.try_out('who looks at what', present)
tap.try_out('both change one card, apart', apart)
tap.try_out('together again', together)
tap.try_out('what was refused is decided', deciding)
tap.try_out('the server killed in the middle', killed)
tap.try_out('the server put back to a backup', restored)
for program in (app, other):
    if program and program.process.poll() is None:
        program.close()
if app and app.complaints():
    print('# ' + app.complaints().replace('\n', '\n# '))
tap.end()
