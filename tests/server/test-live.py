# SPDX-License-Identifier: GPL-3.0-or-later
"""The live channel: entries as they come, who looks at what, and an end that is told."""
import json
import time

from servertest import Client, Server, check, equal, main


def tail(live, head):
    """Entries until this sequence."""
    seqs = []
    while not seqs or seqs[-1] < head:
        message = live.message('tail')
        seqs += [entry['seq'] for entry in message['entries']]
        equal(message['head'], seqs[-1])
    return seqs


def test_entries_come_at_once():
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'viewer')
        live, own = bob.live(), ada.live()
        first = live.message('head')
        equal((first['epoch'], first['head']), (ada.epoch, 2))
        equal(own.message('head')['head'], 2)
        _, stages = ada.make_board()
        equal(tail(live, 6), [3, 4, 5, 6])
        equal(tail(own, 6), [3, 4, 5, 6], 'the sender gets it, too')
        times = []
        for _ in range(20):
            begin = time.monotonic()
            ada.make_card(stages[0])
            live.message('tail')
            times.append(time.monotonic() - begin)
        check(sorted(times)[10] < 0.5, f'median {sorted(times)[10]} s')


def test_large_tails_are_only_announced():
    with Server() as server:
        ada = server.join('Ada')
        live = ada.live()
        live.message('head')
        ops = [ada.op('board.add', rows=[ada.row('board', name='x' * 1000)]) for _ in range(200)]
        answer = ada.push(*ops)
        equal(len(answer['receipts']), 200)
        equal(live.message('head')['head'], answer['head'])
        equal(len(ada.pull(after=1)['entries']), 200)


def test_refused_operations_are_not_told():
    with Server() as server:
        ada = server.join('Ada')
        _, stages = ada.make_board()
        card = ada.make_card(stages[0])
        live = ada.live()
        live.message('head')
        made = ada.number
        equal(ada.push(ada.move(card, stages[1], stages[2]))['receipts'][0]['no'], 'stale')
        check('seq' in ada.push(ada.move(card, stages[0], stages[1]))['receipts'][0])
        told = []
        # What was done just before may be told again when somebody connects.
        while not told or told[-1] <= made:
            told += [entry['op']['n'] for entry in live.message('tail')['entries']]
        equal([number for number in told if number > made], [ada.number])


def people(live, wanted):
    """Waits until presence is this: (person, card) pairs."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        found = sorted((who['person'], who.get('card') or '') for who in live.message('presence')['people'])
        if found == sorted(wanted):
            return
    raise AssertionError(f'{found} instead of {wanted}')


def test_presence():
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'viewer')
        board, stages = ada.make_board()
        card = ada.make_card(stages[0])
        one = ada.live()
        people(one, [(ada.person, '')])
        two = bob.live()
        people(one, [(ada.person, ''), (bob.person, '')])
        two.send({'t': 'at', 'board': board, 'card': card})
        people(one, [(ada.person, ''), (bob.person, card)])
        two.send({'t': 'at', 'board': board})
        people(one, [(ada.person, ''), (bob.person, '')])
        begin, told = time.monotonic(), 0
        while time.monotonic() - begin < 2:
            two.send({'t': 'at', 'board': board, 'card': [card, None][told % 2]})
            told += 1
            time.sleep(0.02)
        two.send({'t': 'ping'})
        two.message('pong')
        two.close()
        people(one, [(ada.person, '')])


def test_presence_is_not_a_flood():
    """At most two messages a second, whatever people do."""
    with Server() as server:
        ada = server.join('Ada')
        board, stages = ada.make_board()
        cards = [ada.make_card(stages[0]) for _ in range(2)]
        one, two = ada.live(), ada.live()
        one.message('head')
        count, begin = 0, time.monotonic()
        one.sock.settimeout(0.05)
        for i in range(60):
            two.send({'t': 'at', 'board': board, 'card': cards[i % 2]})
            try:
                while True:
                    _, payload = one.frame()
                    count += json.loads(payload)['t'] == 'presence'
            except TimeoutError:
                pass
        took = time.monotonic() - begin
        check(1 <= count <= 2 * took + 2, f'{count} in {took} s')


def test_good_bye():
    with Server() as server:
        ada = server.join('Ada')
        lives = [ada.live() for _ in range(20)]
        for live in lives:
            live.message('head')
        server.stop()
        retries = set()
        for live in lives:
            bye = live.message('bye')
            equal(bye['why'], 'stopping')
            retries.add(bye['retry'])
            equal(live.close_code(), 1001)
        check(min(retries) >= 1 and max(retries) <= 30, str(retries))
        server.start()
        Client(server).sign_in('Ada')


def test_many_do_not_come_back_at_once():
    """Who is told good-bye together is told different times to come back."""
    with Server() as server:
        ada = server.join('Ada')
        lives = [ada.live() for _ in range(300)]
        for live in lives:
            live.message('head')
        server.stop()
        retries = [live.message('bye')['retry'] for live in lives]
        check(len(set(retries)) >= 3, str(sorted(set(retries))))
        for live in lives:
            live.close()


main([test_entries_come_at_once, test_large_tails_are_only_announced, test_refused_operations_are_not_told, test_presence,
      test_presence_is_not_a_flood, test_good_bye, test_many_do_not_come_back_at_once])
