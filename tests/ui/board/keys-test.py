# SPDX-License-Identifier: GPL-3.0-or-later
"""The same without a pointer: by keys, and by what a screen reader can call. keys-test.py BATON BATONCTL."""
import os
import sys

from drive import App, Atspi, GROUP, Tap, Workspace, holds, wait, walk, xdo

baton, batonctl = sys.argv[1:3]
tap = Tap()
workspace = Workspace(batonctl, f"{os.environ['UI_TMP']}/keys", '-t', 'campaign', '-n', 'Spring')
FIRST, SECOND, THIRD = list(workspace.stages())[:3]
for n in range(1, 5):
    workspace.run('card', 'add', 'Spring', f'Card {n}', '--stage', FIRST)
app = App(baton, workspace)


def stage_has(stage, *titles):
    try:
        wait(lambda: workspace.stages()[stage] == list(titles), f'{titles} in {stage}')
    except AssertionError as problem:
        raise AssertionError(f'{problem}: {workspace.stages()[stage]}') from None


def across():
    app.focus('Card 2')
    xdo('key', 'ctrl+Right')
    stage_has(SECOND, 'Card 2')
    wait(lambda: app.focused() == 'Card 2', 'the focus to go along')
    said = wait(lambda: 'Card 2' in app.said() and app.said(), 'the announcement')
    assert SECOND in said and '1 of 1' in said, said
    xdo('key', 'ctrl+Right')
    stage_has(THIRD, 'Card 2')
    xdo('key', 'ctrl+Left')
    stage_has(SECOND, 'Card 2')


def along():
    app.focus('Card 4')
    xdo('key', 'ctrl+Up')
    stage_has(FIRST, 'Card 1', 'Card 4', 'Card 3')
    wait(lambda: app.focused() == 'Card 4', 'the focus to go along')
    xdo('key', 'ctrl+Home')
    stage_has(FIRST, 'Card 4', 'Card 1', 'Card 3')
    xdo('key', 'ctrl+End')
    stage_has(FIRST, 'Card 1', 'Card 3', 'Card 4')
    xdo('key', 'ctrl+Down')  # it is the last one: nothing happens, and nothing is said to have happened
    assert holds(lambda: workspace.stages()[FIRST] == ['Card 1', 'Card 3', 'Card 4'])


def walking():
    app.focus('Card 1')
    for key, title in (('Down', 'Card 3'), ('Down', 'Card 4'), ('Home', 'Card 1'), ('Right', 'Card 2'),
                       ('Left', 'Card 1'), ('End', 'Card 4')):
        xdo('key', key)
        wait(lambda title=title: app.focused() == title, f'{key} to reach {title}')


def from_column_to_column():
    """Tab leads past the cards of a column, whose way is that of the arrows, and back to the one that it left."""
    app.focus('Card 3')
    seen = []
    for _ in range(6):
        xdo('key', 'Tab')
        seen.append(wait(lambda: app.focused() not in (None, '', *seen[-1:], 'Card 3') and app.focused(), 'the next stop'))
        if seen[-1] == 'Card 2':
            break
    assert seen[-1] == 'Card 2' and not {'Card 1', 'Card 4'} & set(seen), seen
    for _ in seen:
        before = app.focused()
        xdo('key', 'shift+Tab')
        wait(lambda before=before: app.focused() not in (None, '', before), 'the stop before')
    assert app.focused() == 'Card 3', app.focused()


def chooser():
    app.focus('Card 3')
    xdo('key', 'm')
    # GTK 4.18 tells of a menu's items without their names.
    wait(lambda: app.find(name=THIRD, role=('menu item', 'push button', 'button')) or app.find(role='menu item', name=''),
         'the stages')
    xdo('sleep', 0.3, 'key', 'Escape')
    wait(lambda: app.focused() == 'Card 3', 'the focus to come back')
    xdo('key', 'm', 'sleep', 0.3, 'key', 'Down', 'key', 'Down', 'key', 'Return')
    wait(lambda: 'Card 3' not in workspace.stages()[FIRST], 'Card 3 to go')
    xdo('key', 'ctrl+z')
    wait(lambda: 'Card 3' in workspace.stages()[FIRST], 'Card 3 to come back')


def selecting():
    app.focus('Card 1')
    xdo('key', 'shift+Down')
    wait(lambda: app.find(name='2 cards selected'), 'two to be selected')
    xdo('key', 'ctrl+Right')
    stage_has(SECOND, 'Card 1', 'Card 3', 'Card 2')
    xdo('key', 'Escape')
    wait(app.none_selected, 'none to be selected')
    xdo('key', 'ctrl+z')
    stage_has(FIRST, 'Card 1', 'Card 3', 'Card 4')


def adding():
    app.focus('Card 1')
    xdo('key', 'n')
    wait(lambda: (app.focused() or '').startswith('Title of a new card'), 'the entry')
    xdo('type', '--delay', 20, 'New one')
    xdo('key', 'Return')
    stage_has(FIRST, 'Card 1', 'Card 3', 'Card 4', 'New one')
    xdo('key', 'Escape')
    wait(lambda: not (app.focused() or '').startswith('Title'), 'the entry to go')


def binning():
    app.focus('New one')
    xdo('key', 'Delete')
    stage_has(FIRST, 'Card 1', 'Card 3', 'Card 4')
    wait(lambda: app.focused() in ('Card 4', 'Card 3', 'Card 1'), 'the focus on a neighbour')
    xdo('key', 'ctrl+z')
    stage_has(FIRST, 'Card 1', 'Card 3', 'Card 4', 'New one')
    wait(lambda: app.focused() == 'New one', 'the focus on what came back')


def by_screen_reader():
    app.act(app.card('Card 1'), 'card.move-right')
    wait(lambda: 'Card 1' in workspace.stages()[SECOND], 'Card 1 to go')
    wait(lambda: SECOND in app.said(), 'the announcement')
    app.act(app.card('Card 1'), 'card.move-left')
    wait(lambda: 'Card 1' in workspace.stages()[FIRST], 'Card 1 to come back')
    app.act(app.card('Card 4'), 'card.move-up')
    wait(lambda: workspace.stages()[FIRST].index('Card 4') < workspace.stages()[FIRST].index('New one'), 'Card 4 above')


def pane_width():
    """It is not there for a moment while it gets another place."""
    return app.box(wait(lambda: app.find(GROUP, 'Card'), 'the card'))[2]


def shrinking():
    """Escape leads back in the steps that led there: from the whole window beside the board, then to the board."""
    app.focus('Card 1')
    xdo('key', 'Return')
    wait(lambda: app.focused() == 'Title, Enter to edit', 'the focus in the card')
    names()
    xdo('key', 'F6')
    wait(lambda: app.focused() == 'Card 1', 'the board')
    xdo('key', 'F6')
    wait(lambda: app.focused() == 'Title, Enter to edit', 'the card again')
    expand = app.find(('push button', 'toggle button'), 'Full size')
    before = pane_width()
    Atspi.Action.do_action(expand, 0)
    wait(lambda: pane_width() > before, 'the whole window')
    xdo('key', 'Escape')
    wait(lambda: pane_width() == before, 'the card beside the board')
    assert app.focused() == 'Title, Enter to edit', app.focused()
    xdo('key', 'Escape')
    wait(lambda: app.focused() == 'Card 1', 'the board')


def searching():
    xdo('key', 'ctrl+f')
    wait(lambda: app.focused() == 'Find cards', 'the entry')
    xdo('type', '--delay', 20, 'new')
    wait(lambda: not app.find(GROUP, 'Card 1') and app.find(GROUP, 'New one'), 'only what was found')
    xdo('key', 'Escape')
    wait(lambda: app.find(GROUP, 'Card 1'), 'everything again')


def tab_to(begin):
    for _ in range(40):
        xdo('key', 'Tab')
        if (wait(app.focused, 'a focus') or '').startswith(begin):
            return
    raise AssertionError(f'no {begin} after forty times Tab')


def on_the_card():
    """A label is ticked with the space bar; a block is set and lifted, and the focus goes to what can be done next."""
    def card():
        return workspace.run('card', 'show', 'Card 1')
    app.focus('Card 1')
    xdo('key', 'Return')
    wait(lambda: app.focused() == 'Title, Enter to edit', 'the focus in the card')
    tab_to('Labels')
    xdo('key', 'Return')
    wait(lambda: app.focused() == 'Labels', 'the list of labels')
    xdo('key', 'Down', 'key', 'space')
    wait(lambda: card()['labels'], 'a label')
    xdo('key', 'Escape')
    wait(lambda: (app.focused() or '').startswith('Labels: '), 'the focus on the button')
    tab_to('Block with a reason')
    xdo('key', 'Return')
    wait(lambda: app.focused() == 'Reason for the block', 'the entry')
    xdo('type', '--delay', 20, 'No paper')
    xdo('key', 'Return')
    wait(lambda: app.focused() == 'Unblock', 'the focus on the way back')
    assert card()['blocked_reason'] == 'No paper', card()
    xdo('key', 'Return')
    wait(lambda: app.focused() == 'Block with a reason…', 'the focus on what can be done next')
    assert not card()['blocked_reason'], card()
    xdo('key', 'Escape')
    wait(lambda: app.focused() == 'Card 1', 'the board')


def is_inside(accessible, *names):
    while accessible is not None:
        if accessible.get_name() in names:
            return True
        accessible = accessible.get_parent()
    return False


def chain(accessible):
    """Where it is, for the message."""
    out = []
    while accessible is not None:
        out.append(accessible.get_name())
        accessible = accessible.get_parent()
    return ' < '.join(out)


def names(*but):
    """Nothing that can be pressed is called after its class, but in a toast, which libadwaita makes, and in the pane of a
    card when that is not shown."""
    wanted = (Atspi.StateType.VISIBLE, Atspi.StateType.FOCUSABLE)
    nameless = [chain(a) for a in walk(app.accessible)
                if a.get_role_name() in ('push button', 'button', 'toggle button', 'entry', 'text') and
                all(a.get_state_set().contains(state) for state in wanted) and
                (not a.get_name() or a.get_name().startswith(('Gtk', 'Adw', 'Baton'))) and not is_inside(a, 'AdwToastWidget', *but)]
    assert not nameless, nameless


for test in (across, along, walking, from_column_to_column, chooser, selecting, adding, binning, by_screen_reader, shrinking, on_the_card, searching):
    tap.try_out(test.__name__.replace('_', ' '), test)
tap.try_out('names', names, 'Card')
app.close()
tap.try_out('the database is in order', workspace.verify)
tap.try_out('no complaints', lambda: [] == app.complaints().splitlines() or sys.exit(app.complaints()))
tap.end()
