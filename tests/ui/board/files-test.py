# SPDX-License-Identifier: GPL-3.0-or-later
"""Files from another program, by a real pointer: dropped on a card, on a column and on the open card, and a version
dragged out again. files-test.py BATON BATONCTL."""
import os
import select
import subprocess
import sys

from drive import App, Tap, Workspace, put_window, wait, write_file, xdo

if sys.argv[1] in ('source', 'target'):
    import gi
    gi.require_version('Gtk', '4.0')
    from gi.repository import Gdk, Gio, GLib, Gtk

    # Another program: a window that offers files, or one that takes them and says which.
    def show(app):
        window = Gtk.ApplicationWindow(application=app, title='other ' + sys.argv[1])
        label = Gtk.Label(label=sys.argv[1], vexpand=True, hexpand=True)
        window.set_default_size(200, 150)
        window.set_child(label)
        if sys.argv[1] == 'source':
            lines = ''.join(GLib.filename_to_uri(path, None) + '\r\n' for path in sys.argv[2:]).encode()
            drag = Gtk.DragSource(actions=Gdk.DragAction.COPY)
            drag.connect('prepare', lambda *_: Gdk.ContentProvider.new_for_bytes('text/uri-list',
                                                                                   GLib.Bytes.new(lines)))
            label.add_controller(drag)
        else:
            def dropped(_target, files, _x, _y):
                for file in files.get_files():
                    print(file.get_path(), flush=True)
                return True
            drop = Gtk.DropTarget.new(Gdk.FileList, Gdk.DragAction.COPY)
            drop.connect('drop', dropped)
            label.add_controller(drop)
        window.present()

    program = Gtk.Application(application_id=None, flags=Gio.ApplicationFlags.NON_UNIQUE)
    program.connect('activate', show)
    program.run(None)
    sys.exit()

baton, batonctl = sys.argv[1:3]
tap = Tap()
folder = os.environ['UI_TMP']
workspace = Workspace(batonctl, f'{folder}/files', '-t', 'campaign', '-n', 'Spring')
FIRST, SECOND = list(workspace.stages())[:2]
workspace.run('card', 'add', 'Spring', 'Hero', '--stage', FIRST)
app = App(baton, workspace)
if not app.tells_places():
    tap.skip_all('this GTK does not tell where its widgets are')
OTHER = (1390, 300)  # the other program lies beside the window


def write(name, text):
    return write_file(f'{folder}/{name}', text)


def svg(name, colour):
    return write(name, f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" '
                       f'fill="{colour}"/></svg>')


class Other:
    """The other program, for the time of a with statement."""
    def __init__(self, role, *paths):
        self.role = role
        self.process = subprocess.Popen(['/usr/bin/python3', '-W', 'ignore', __file__, role, *paths],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __enter__(self):
        put_window(('--name', f'^other {self.role}$'), OTHER[0] - 100, OTHER[1] - 75)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def drop(accessible, *paths, until, what):
    """The other program stays until what it gave has arrived."""
    with Other('source', *paths):
        app.drag(OTHER, app.middle(accessible))
        return wait(until, what)


def assets(card='Hero'):
    return workspace.run('asset', 'list', card)


def on_card():
    found = drop(app.card('Hero'), svg('hero.svg', 'navy'), until=assets, what='the file to be on the card')
    assert [asset['name'] for asset in found] == ['hero'], found
    assert len(found[0]['versions']) == 1, found


def next_version():
    drop(app.card('Hero'), svg('hero.svg', 'teal'), until=lambda: len(assets()[0]['versions']) == 2,
         what='the second version')


def on_column():
    one, two = svg('banner.svg', 'gold'), write('teaser.md', '# Teaser\n')
    drop(app.column(SECOND), one, two, until=lambda: len(workspace.stages()[SECOND]) == 2, what='a card for each file')
    for title in workspace.stages()[SECOND]:
        wait(lambda title=title: len(assets(title)) == 1, f'the file of {title}')


def on_page():
    app.focus('Hero')
    xdo('key', 'Return')
    preview = wait(lambda: app.find(name='hero, version 2'), 'the preview')
    drop(preview, svg('hero.svg', 'crimson'), until=lambda: len(assets()[0]['versions']) == 3, what='the third version')
    wait(lambda: app.find(name='hero, version 3'), 'the page to show it')


def out_again():
    tile = wait(lambda: app.find(name='Version 3, current, Draft'), 'the tile of the newest version')
    with Other('target') as other:
        app.drag(app.middle(tile), OTHER)
        path = wait(lambda: select.select([other.process.stdout], [], [], 0)[0] and
                    other.process.stdout.readline().strip(), 'the file to arrive')
    with open(path, encoding='utf-8') as left, open(f'{folder}/hero.svg', encoding='utf-8') as came:
        assert left.read() == came.read()
    assert os.path.basename(path).endswith('.svg'), path


def quiet():
    workspace.verify()
    assert not app.complaints(), app.complaints()


tap.try_out('a file on a card becomes an asset of it', on_card)
tap.try_out('a second one of that name is its next version', next_version)
tap.try_out('files on a column become cards', on_column)
tap.try_out('a file on the open card', on_page)
tap.try_out('a version dragged out is a file', out_again)
tap.try_out('nothing was complained about', quiet)
app.close()
tap.end()
