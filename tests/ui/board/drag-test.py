# SPDX-License-Identifier: GPL-3.0-or-later
"""Real pointer drags in the real program: drag-test.py BATON BATONCTL. What a drop did is read from the database."""
import os
import sys

from drive import App, Tap, Workspace, holds, wait, xdo

baton, batonctl = sys.argv[1:3]
tap = Tap()


def make(name):
    workspace = Workspace(batonctl, f"{os.environ['UI_TMP']}/{name}", '-t', 'blank', '-n', 'Spring')
    for stage in list(workspace.stages()):
        workspace.run('stage', 'set', 'Spring', stage, '--name', f'Old {stage}')
    for stage, kind in (('Ideas', 'queue'), ('Making', 'active'), ('Review', 'review')):
        workspace.run('stage', 'add', 'Spring', stage, '--kind', kind)
    for stage in list(workspace.stages()):
        if stage.startswith('Old '):
            workspace.run('stage', 'remove', 'Spring', stage)
    for n in range(1, 7):
        workspace.run('card', 'add', 'Spring', f'Card {n}', '--stage', 'Ideas')
    return workspace


def settled(workspace, expected, what):
    try:
        wait(lambda: workspace.stages() == expected, what)
    except AssertionError as problem:
        raise AssertionError(f'{problem}: {workspace.stages()}') from None


def below(app, title):
    """A point in the lower half of a card: a drop there lands after it."""
    x, y, width, height = app.box(app.card(title))
    return x + width // 2, y + height - 8


def inside(app, title, x, y):
    left, top, width, height = app.box(app.card(title))
    return left <= x < left + width and top <= y < top + height


def seen(app, stage, titles):
    """The column shows these cards, too."""
    column = app.column(stage)
    for title in titles:
        wait(lambda: app.find(name=title, inside=column), f'{title} to be seen in {stage}')


def to_empty_column(app, workspace):
    app.drag(app.middle(app.card('Card 1')), app.middle(app.column('Making')))
    settled(workspace, {'Ideas': ['Card 2', 'Card 3', 'Card 4', 'Card 5', 'Card 6'], 'Making': ['Card 1'],
                        'Review': []}, 'Card 1 in Making')
    seen(app, 'Making', ['Card 1'])
    moves = workspace.history('card.move')
    assert len(moves) == 1 and moves[0]['to'] == 'Making' and moves[0]['from'] == 'Ideas', moves
    wait(lambda: app.focused() == 'Card 1', 'the focus on the moved card')
    wait(lambda: 'Making' in app.said(), 'the announcement')


def within_column(app, workspace):
    x, y = below(app, 'Card 4')
    app.drag(app.middle(app.card('Card 2')), (x, y))
    settled(workspace, {'Ideas': ['Card 3', 'Card 4', 'Card 2', 'Card 5', 'Card 6'], 'Making': ['Card 1'],
                        'Review': []}, 'Card 2 below Card 4')
    wait(lambda: inside(app, 'Card 2', x, y), 'Card 2 under the pointer that dropped it')


def beside_another(app, workspace):
    x, y, width, _ = app.box(app.card('Card 1'))
    app.drag(app.middle(app.card('Card 3')), (x + width // 2, y + 4))
    settled(workspace, {'Ideas': ['Card 4', 'Card 2', 'Card 5', 'Card 6'], 'Making': ['Card 3', 'Card 1'],
                        'Review': []}, 'Card 3 above Card 1')


def escape(app, workspace):
    before = workspace.stages()
    app.drag(app.middle(app.card('Card 4')), app.middle(app.column('Review')), release=False)
    xdo('key', 'Escape')
    wait(lambda: app.find(name='Card 4', inside=app.column('Ideas')), 'Card 4 back')
    xdo('mouseup', 1)
    assert holds(lambda: workspace.stages() == before), workspace.stages()


def outside(app, workspace):
    before = workspace.stages()
    app.drag(app.middle(app.card('Card 4')), (1000, 20))
    assert holds(lambda: workspace.stages() == before), workspace.stages()


def own_place(app, workspace):
    before = workspace.history('card.move')
    x, y = app.middle(app.card('Card 4'))
    app.drag((x, y), (x + 30, y + 10))
    assert holds(lambda: workspace.history('card.move') == before)


def several(app, workspace):
    app.focus('Card 2')
    app.click_with('ctrl', app.card('Card 5'))
    wait(lambda: app.find(name='2 cards selected'), 'two to be selected')
    before = len(workspace.history('card.move'))
    app.drag(app.middle(app.card('Card 5')), app.middle(app.column('Review')))
    settled(workspace, {'Ideas': ['Card 4', 'Card 6'], 'Making': ['Card 3', 'Card 1'],
                        'Review': ['Card 2', 'Card 5']}, 'both in Review')
    # One operation, so one undo. batonctl lists a line for each card that it moved.
    assert len({move['seq'] for move in workspace.history('card.move')[before:]}) == 1
    xdo('key', 'Escape')


def undo(app, workspace):
    app.focus('Card 4')
    xdo('key', 'ctrl+z')
    settled(workspace, {'Ideas': ['Card 4', 'Card 2', 'Card 5', 'Card 6'], 'Making': ['Card 3', 'Card 1'],
                        'Review': []}, 'both back')
    xdo('key', 'ctrl+shift+z')
    settled(workspace, {'Ideas': ['Card 4', 'Card 6'], 'Making': ['Card 3', 'Card 1'],
                        'Review': ['Card 2', 'Card 5']}, 'both there again')


def refused(app, workspace):
    workspace.run('stage', 'set', 'Spring', 'Review', '--wip-limit', '2', '--hard')
    before = workspace.stages()
    wait(lambda: app.find('label', '2 of 2'), 'the limit to be seen')
    app.drag(app.middle(app.card('Card 4')), app.middle(app.column('Review')))
    sentence = wait(lambda: 'full' in app.said() and app.said(), 'the reason to be said')
    assert 'Review' in sentence, sentence
    wait(lambda: app.find(name=sentence), 'the reason beside the pointer')
    assert workspace.stages() == before
    wait(lambda: app.find(name='Card 4', inside=app.column('Ideas')), 'Card 4 back in its column')
    workspace.run('stage', 'set', 'Spring', 'Review', '--wip-limit', '0', '--soft')
    xdo('mousemove', 900, 700, 'click', 1)


def collapsed(app, workspace):
    button = app.find(name='Menu of this stage', inside=app.header('Review'))
    app.choose(button, 'Fold')
    wait(lambda: app.box(app.header('Review'))[2] < 100, 'the column to fold')
    x, y, width, height = app.box(app.header('Review'))
    app.drag(app.middle(app.card('Card 4')), (x + width // 2, y + 300))
    settled(workspace, {'Ideas': ['Card 6'], 'Making': ['Card 3', 'Card 1'],
                        'Review': ['Card 2', 'Card 5', 'Card 4']}, 'Card 4 in the folded column')
    app.click(wait(lambda: app.find(('push button', 'button'), 'Unfold “Review”, 3 cards'), 'the button'))
    seen(app, 'Review', ['Card 4'])


def columns(app, workspace):
    x, y, _, height = app.box(app.header('Review'))
    left, top, _, _ = app.box(app.header('Ideas'))
    app.drag((x + 20, y + height // 2), (left + 10, top + height // 2))
    wait(lambda: list(workspace.stages()) == ['Review', 'Ideas', 'Making'], 'Review to be first')
    wait(lambda: app.box(app.header('Review'))[0] < app.box(app.header('Ideas'))[0], 'it to be seen')
    x, y, _, height = app.box(app.header('Review'))
    left, top, width, _ = app.box(app.header('Making'))
    app.drag((x + 20, y + height // 2), (left + width - 10, top + height // 2))
    wait(lambda: list(workspace.stages()) == ['Ideas', 'Making', 'Review'], 'Review to be last')


def killed(_, workspace):
    """Killed at once after the drop is seen, the card is where it was dropped."""
    app = App(baton, workspace)
    try:
        app.drag(app.middle(app.card('Card 6')), app.middle(app.column('Making')))
        wait(lambda: app.find(name='Card 6', inside=app.column('Making')), 'the drop to be seen')
        app.kill()
        wait(lambda: 'Card 6' in workspace.stages()['Making'], 'the card in the database', 1)
        workspace.verify()
    finally:
        app.kill()
    app = App(baton, workspace)
    try:
        seen(app, 'Making', ['Card 6', 'Card 3', 'Card 1'])
    finally:
        app.close()


def lanes(_, workspace):
    for channel in ('Instagram', 'Print'):
        workspace.run('channel', 'add', 'Spring', channel)
    for title in workspace.stages()['Making']:
        workspace.run('card', 'set', title, '--channel', 'Instagram')
    app = App(baton, workspace)
    try:
        app.choose('Swimlanes', 'Channel')
        lane = wait(lambda: app.find(('push button', 'button'), 'Print, 0 cards'), 'the lanes')
        x, y, _, height = app.box(lane)
        left, _, width, _ = app.box(app.header('Review'))
        before = workspace.run('history')[-1]['seq']
        app.drag(app.middle(app.card('Card 1')), (left + width // 2, y + height + 20))
        wait(lambda: 'Card 1' in workspace.stages()['Review'], 'Card 1 in Review')
        assert workspace.run('card', 'show', 'Card 1')['channel'] == 'Print'
        done = {entry['seq'] for entry in workspace.run('history') if entry['seq'] > before}
        assert len(done) == 1, done
        wait(lambda: app.find(('push button', 'button'), 'Print, 1 card'), 'the count of the lane')
    finally:
        app.close()


work = make('one')
one = App(baton, work)
if not one.tells_places():
    one.close()
    tap.skip_all('this GTK does not tell where its widgets are')
for test in (to_empty_column, within_column, beside_another, own_place, escape, outside, several, undo, refused,
             collapsed, columns):
    tap.try_out(test.__name__.replace('_', ' '), test, one, work)
one.close()
for test in (killed, lanes):
    tap.try_out(test.__name__.replace('_', ' '), test, None, work)
tap.try_out('the database is in order', work.verify)
tap.try_out('no complaints', lambda: [] == one.complaints().splitlines() or sys.exit(one.complaints()))
tap.end()
