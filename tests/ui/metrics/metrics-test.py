# SPDX-License-Identifier: GPL-3.0-or-later
"""A project manager without a pointer, and one with a screen reader: from the board to the cards behind a mark and
back, in the real program. metrics-test.py BATON BATONCTL."""
import datetime
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'board'))
from drive import App, Atspi, Tap, Workspace, holds, wait, walk, xdo  # noqa: E402

baton, batonctl = sys.argv[1:3]
tap = Tap()
workspace = Workspace(batonctl, f"{os.environ['UI_TMP']}/metrics", '-t', 'campaign', '-n', 'Spring')


def log(path):
    """Sixteen cards that somebody makes and somebody else approves after a day or more, the last two still under way."""
    begin = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.timezone.utc)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('case,activity,time,person\n')
        for n in range(16):
            at = begin + datetime.timedelta(days=n)
            steps = (('Design', 'Ada', 2), ('Ready', 'Ada', 30 + 3 * n), ('Approve', 'Ben', 4), ('Done', 'Ben', 0))
            for activity, person, hours in steps[:2 if n > 13 else 4]:
                file.write(f'Card {n},{activity},{at.isoformat()},{person}\n')
                at += datetime.timedelta(hours=hours)


events = f"{os.environ['UI_TMP']}/log.csv"
log(events)
workspace.run('import', 'events', events, '--board', 'Past', '--map', 'case=case,activity=activity,time=time,person=person',
              '--kinds', 'Design=active,Ready=queue,Approve=review,Done=done')
app = App(baton, workspace)


def look(match, what):
    return wait(lambda: next((a for a in walk(app.accessible) if match(a) and
                              a.get_state_set().contains(Atspi.StateType.VISIBLE)), None), what)


def chart(begin):
    return look(lambda a: a.get_role_name() in ('image', 'icon') and a.get_name().startswith(begin), f'a chart: {begin}')


def said():
    """What a screen reader says of what has the focus."""
    for accessible in walk(app.accessible):
        if accessible.get_state_set().contains(Atspi.StateType.FOCUSED):
            return f'{accessible.get_name()} | {accessible.get_description()}'
    return ''


def tab_to(begin):
    """Tab leads from control to control until something has the focus whose name begins so."""
    for _ in range(60):
        here = said()
        if here.startswith(begin):
            return
        xdo('key', 'Tab')
        wait(lambda here=here: said() != here, f'Tab to lead on from {here}', 5)
    raise AssertionError(f'no {begin} after sixty times Tab: ' + said())


def opening():
    app.choose_board = look(lambda a: a.get_role_name() == 'list item' and a.get_name().startswith('Past'), 'the board')
    app.click(app.choose_board)
    xdo('key', 'ctrl+3')
    chart('Half of the cards are done in')


def to_a_chart():
    # The same words stand at a glance, on a button.
    tab_to('Half of the cards are done in 2.2 days, 85 % in 2.9 days. | Cycle time, first')


def along_the_marks():
    for key, card in (('Right', 'Card 0'), ('Right', 'Card 1'), ('End', 'Card 13'), ('Left', 'Card 12'), ('Home', 'Card 0')):
        xdo('key', key)
        wait(lambda card=card: f'| {card} took ' in said(), f'{key} to lead to {card}: {said()}')
    assert 'done on' in said(), said()


def into_a_card_and_back():
    xdo('key', 'End', 'key', 'Return')
    wait(lambda: app.find(name='Card 13 · Past') or look(lambda a: a.get_name() == 'Card 13', 'the card'), 'the card')
    wait(lambda: not said().startswith('Half of the cards'), 'the focus in the card', 5)
    xdo('key', 'Escape')
    wait(lambda: 'Card 13 took' in said(), f'the mark that led there: {said()}')


def into_a_list_and_back():
    """From the histogram: several cards are a list, Escape closes it."""
    tab_to('Expect 85')
    xdo('key', 'End', 'key', 'Left', 'key', 'Return')
    look(lambda a: a.get_name() == 'Cards behind the mark', 'the list')
    xdo('key', 'Escape')
    wait(lambda: said().startswith('Expect 85'), f'the histogram: {said()}')


def every_chart():
    """Each has a name that answers a question, and none is called after its class."""
    charts = [a for a in walk(app.accessible) if a.get_role_name() in ('image', 'icon') and a.get_description()]
    assert len(charts) >= 12, [a.get_name() for a in charts]
    odd = [a.get_name() for a in charts if len(a.get_name()) < 12 or a.get_name().startswith('Baton')]
    assert not odd, odd


def live():
    """A card that somebody else moves, by a script, is on the page at once."""
    under_way = look(lambda a: a.get_role_name() == 'label' and ' in progress · ' in a.get_name(), 'the counts').get_name()
    assert under_way.startswith('14 finished · 2 in progress'), under_way
    workspace.run('card', 'move', 'Card 15', 'Done')
    look(lambda a: a.get_role_name() == 'label' and a.get_name().startswith('15 finished · 1 in progress'), 'the new counts')


def the_wheel_moves_the_page():
    """… and not the number over which the pointer happens to be."""
    spin = look(lambda a: a.get_role_name() == 'spin button' and a.get_name() == 'Days ahead', 'the number')
    app.click(look(lambda a: a.get_role_name() in ('list item', 'push button', 'button') and a.get_name() == 'Forecast', 'the way there'))
    wait(lambda: 200 < app.middle(spin)[1] < 780, 'the number in sight')
    assert Atspi.Value.get_current_value(spin) == 30
    x, y = app.middle(spin)
    xdo('mousemove', x - 2, y, 'sleep', 0.05, 'mousemove', x, y, 'sleep', 0.05, 'click', 5)
    wait(lambda: app.middle(spin)[1] < y, 'the page to scroll')
    assert Atspi.Value.get_current_value(spin) == 30


for test in (opening, to_a_chart, along_the_marks, into_a_card_and_back, into_a_list_and_back, every_chart, the_wheel_moves_the_page, live):
    tap.try_out(test.__name__.replace('_', ' '), test)
app.close()
tap.try_out('the database is in order', workspace.verify)
tap.try_out('no complaints', lambda: [] == app.complaints().splitlines() or sys.exit(app.complaints()))
tap.end()
