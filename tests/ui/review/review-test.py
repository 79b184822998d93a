# SPDX-License-Identifier: GPL-3.0-or-later
"""A reviewer's day in the real program, with real keys and a real pointer: the whole queue, a mark that is drawn, a
request that is sent. review-test.py BATON BATONCTL REVIEW-MAKER."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'board'))
from drive import App, Atspi, Tap, Workspace, holds, wait, xdo  # noqa: E402

baton, batonctl, maker = sys.argv[1:4]
tap = Tap()
folder = f"{os.environ['UI_TMP']}/review"
subprocess.run([maker, folder], check=True)
workspace = Workspace(batonctl, folder)
app = App(baton, workspace)


def said(verb):
    return len(workspace.history(verb))


def text(words):
    return wait(lambda: app.find(name=words), words)


def opening():
    """By its row in the sidebar; the most urgent one is there at once."""
    app.click(wait(lambda: app.find(name='Review queue', role=('list item',)), 'the row'))
    text('Print ad A4')
    text('Your review')
    text('1 of 3 · J next, K previous')


def criteria():
    xdo('key', '1')
    text('Brand colours correct: complete')
    xdo('key', '1')
    text('Brand colours correct: not applicable')
    xdo('key', '2')
    text('Safe area for 4:5 and 1:1: complete')
    assert said('review.answer') == 3


def approving():
    xdo('key', 'a')
    wait(lambda: said('review.decide') == 1, 'the decision')
    text('Landing page copy')
    text('1 of 2 · J next, K previous')
    wait(lambda: 'Print ad A4' in workspace.stages('Spring Launch')['Approved'], 'the card to move')


def walking():
    xdo('key', 'j')
    text('Hero image')
    xdo('key', 'k')
    text('Landing page copy')
    xdo('key', 'j')
    text('Hero image')


def comparing():
    """Every mode by its key; the line of the wipe by the arrow keys."""
    for key in ('o', 'd', 't', 't', 's', 'i'):
        xdo('key', key)
    handle = wait(lambda: app.find('slider', 'Line between the versions'), 'the line')
    before = app.box(handle)[0]
    xdo('key', 'shift+Right', 'key', 'shift+Right')
    wait(lambda: app.box(handle)[0] > before + 20, 'the line to move')
    x, y = app.middle(handle)
    app.drag((x, y), (x - 120, y))
    wait(lambda: app.box(handle)[0] < before, 'the line to be dragged')
    xdo('key', 's')


def drawing():
    """A rectangle by the pointer, with words."""
    xdo('key', 'r')
    marks = wait(lambda: app.find(name='Marks on the picture'), 'the marks')
    x, y, width, height = app.box(marks)
    app.drag((x + width // 3, y + height // 3), (x + width // 2, y + height // 2))
    wait(lambda: app.focused() == 'New comment', 'the place for words')
    xdo('type', '--delay', 15, 'More air here')
    xdo('key', 'ctrl+Return')
    wait(lambda: said('comment.add') == 6, 'the comment')
    text('Comment 3 by Rui Keller, on v4, rectangle')


def failing():
    """Failed wants words, and takes approving away."""
    xdo('key', 'Escape', 'key', 'shift+3')
    wait(lambda: app.focused() == 'What is wrong with it', 'the place for words')
    xdo('type', '--delay', 15, 'missing')
    xdo('key', 'Return')
    text('Alt text present: failed')
    text('A failed criterion cannot be approved')
    before = said('review.decide')
    xdo('key', 'a')
    assert holds(lambda: said('review.decide') == before)


def changes():
    xdo('key', 'c')
    wait(lambda: app.focused() == 'What must change', 'the place for words')
    xdo('type', '--delay', 15, 'Crop and alt text')
    xdo('key', 'ctrl+Return')
    wait(lambda: said('review.decide') == 2, 'the decision')
    wait(lambda: 'Hero image' in workspace.stages('Spring Launch')['In design'], 'the card to move')
    text('Landing page copy')


def last():
    xdo('key', 'a')
    wait(lambda: said('review.decide') == 3, 'the decision')
    text('Nothing waits for you')


def undo():
    """A decision in haste can be taken back, and waits again."""
    xdo('key', 'ctrl+z')
    wait(lambda: said('op.undo') == 1, 'the undo')
    text('Your review')
    xdo('key', 'a')
    wait(lambda: said('review.decide') == 4, 'the decision')
    text('Nothing waits for you')


def from_card():
    """Comparing from a card gives it the room of the card, and the keys."""
    board = wait(lambda: app.find(('push button', 'button', 'toggle button', 'radio button'), 'Board'), 'the board')
    assert Atspi.Action.do_action(board, 0)
    app.focus('Hero image')
    xdo('key', 'Return')
    compare = wait(lambda: app.find(('push button', 'button'), 'Compare…'), 'the button')
    assert Atspi.Action.do_action(compare, 0)
    text('Versions and comments')
    wait(lambda: not app.find(name='Next version…'), 'the card to give way')
    xdo('key', 'o')
    wait(lambda: app.find('slider', 'Opacity of the older version'), 'the overlay')


def complaints():
    """GTK 4.8 may draw the slider of a scrollbar once before it has its place, when the machine is busy."""
    return [line for line in app.complaints().splitlines() if 'GtkGizmo' not in line]


for test in (opening, criteria, approving, walking, comparing, drawing, failing, changes, last, undo, from_card):
    tap.try_out(test.__name__, test)
app.close()
tap.try_out('the database is in order', workspace.verify)
tap.try_out('no complaints', lambda: [] == complaints() or sys.exit('\n'.join(complaints())))
tap.end()
