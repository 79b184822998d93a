# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may come in, and what they may do: invitations, passwords, devices, and every route for every role."""
import base64
import hashlib
import time

from servertest import (PASSWORD, Client, Live, Server, blob_hash, check, equal, main, new_id, talk)

ROLES = ('owner', 'manager', 'member', 'reviewer', 'viewer')

# Every route, what it is asked with, and for whom it works: one letter a role, in the order of ROLES, then for nobody
# (no token). Y: it is done; N: forbidden or, for nobody, asked to sign in. Written anew here, not read from the server.
ROUTES = (
    ('GET', '/health', None, 'YYYYYY'),
    ('GET', '/join', None, 'YYYYYY'),
    ('GET', '/metrics', None, 'YYYYYY'),
    ('POST', '/v1/hello', {'protocols': [2]}, 'YYYYYY'),
    ('GET', '/v1/me', None, 'YYYYYN'),
    ('GET', '/v1/members', None, 'YYYYYN'),
    ('GET', '/v1/devices', None, 'YYYYYN'),
    ('GET', '/v1/devices?person={ada}', None, 'YYNNNN'),
    ('GET', '/v1/invitations', None, 'YYNNNN'),
    ('POST', '/v1/invitations', {'role': 'member'}, 'YYNNNN'),
    ('POST', '/v1/invitations', {'role': 'owner'}, 'YNNNNN'),
    ('DELETE', '/v1/invitations/{open}', None, 'YYNNNN'),
    ('POST', '/v1/members/{guest}', {'role': 'viewer'}, 'YYNNNN'),
    ('POST', '/v1/members/{guest}', {'role': 'owner'}, 'YNNNNN'),
    ('POST', '/v1/members/{other_owner}', {'role': 'viewer'}, 'YNNNNN'),
    ('DELETE', '/v1/members/{guest}', None, 'YYNNNN'),
    ('DELETE', '/v1/members/{other_owner}', None, 'YNNNNN'),
    ('DELETE', '/v1/devices/{guest_device}', None, 'YYNNNN'),
    ('GET', '/v1/pull?epoch={epoch}&after=0&most=1', None, 'YYYYYN'),
    ('GET', '/v1/history?epoch={epoch}&before=1&most=1', None, 'YYYYYN'),
    ('GET', '/v1/snapshot', None, 'YYYYYN'),
    ('GET', '/v1/snapshot/{snapshot}/0', None, 'YYYYYN'),
    ('POST', '/v1/push', {'device': '{device}', 'epoch': '{epoch}', 'ops': []}, 'YYYYYN'),
    ('POST', '/v1/blobs/missing', {'hashes': []}, 'YYYYYN'),
    ('POST', '/v1/blobs/{new_blob}', {'size': 3}, 'YYYNNN'),
    ('PUT', '/v1/blobs/{begun}?off=0', b'abc', 'YYYNNN'),
    ('GET', '/v1/blobs/{blob}', None, 'YYYYYN'),
    ('HEAD', '/v1/blobs/{blob}', None, 'YYYYYN'),
    ('POST', '/v1/password', {'old': PASSWORD, 'new': PASSWORD}, 'YYYYYN'),
    ('POST', '/v1/sign-out', None, 'YYYYYN'),
)


def fill(value, names):
    if isinstance(value, str):
        for name, text in names.items():
            value = value.replace('{%s}' % name, text)
        return value
    if isinstance(value, dict):
        return {key: fill(item, names) for key, item in value.items()}
    return value


def test_every_route_for_every_role():
    with Server() as server:
        ada = server.join('Ada')
        people = {role: server.join(role, role) for role in ROLES}
        blob = ada.upload(b'abc')
        count = 0
        for method, path, body, wanted in ROUTES:
            for role, letter in zip((*ROLES, None), wanted):
                count += 1
                guest, third = server.join(f'guest {count}', 'member'), server.join(f'third {count}', 'owner')
                who = Client(server) if role is None else Client(server)
                who.token = None
                if role:
                    who.sign_in(role)
                invitation = ada.ok('POST', '/v1/invitations', {'role': 'member'})
                data = b'abc' + str(count).encode()
                ada.begin_upload(data)
                snapshot = ada.ok('GET', '/v1/snapshot')['id']
                names = {'ada': ada.person, 'open': invitation['id'], 'guest': guest.person, 'other_owner': third.person,
                         'guest_device': guest.device, 'epoch': ada.epoch, 'device': who.device, 'blob': blob,
                         'new_blob': blob_hash(b'new' + data), 'begun': blob_hash(data), 'snapshot': snapshot}
                headers = {}
                sent = fill(body, names)
                if method == 'PUT':
                    sent = data
                    headers['Baton-Chunk'] = blob_hash(data)
                status = who.request(method, fill(path, names), sent, headers=headers, raw=True)[0]
                if letter == 'Y':
                    ok = status in (200, 201, 204)
                elif role is None:
                    ok = status == 401
                else:
                    ok = status in (403, 404)
                check(ok, f'{method} {path} as {role}: {status}')
                if role:
                    who.request('POST', '/v1/sign-out')
        for role in people:
            socket = Live(Client(server).sign_in(role))
            check(' 101 ' in socket.head, f'live as {role}')
            socket.close()


def test_every_role_at_the_board():
    """The table of verbs itself is tested in core; this is that it stands between a push and the log."""
    with Server() as server:
        ada = server.join('Ada')
        board, stages = ada.make_board()
        card = ada.make_card(stages[0])
        comment = ada.row('comment', card=card, author=ada.person, text='Mine')
        check('seq' in ada.do('comment.add', rows=[comment]))
        wanted = {'manager': 'YYYYN', 'member': 'NYYNN', 'reviewer': 'NNYNN'}
        for role, letters in wanted.items():
            who = server.join(role, role)
            own = who.row('comment', card=card, author=who.person, text='Hm')
            tries = (('stage.set', {'ids': [stages[0]], 'set': {'name': role}}),
                     ('card.set', {'ids': [card], 'set': {'title': role}}),
                     ('comment.add', {'rows': [own]}),
                     ('comment.set', {'ids': [comment['id']], 'set': {'text': 'Not mine'}}),
                     ('comment.frobnicate', {'ids': [card]}))
            for (verb, values), letter in zip(tries, letters):
                receipt = who.do(verb, **values)
                if letter == 'Y':
                    check('seq' in receipt, f'{role} {verb}: {receipt}')
                else:
                    equal(receipt.get('no'), 'unknown' if 'frob' in verb else 'forbidden', f'{role} {verb}')
            check('seq' in who.do('comment.set', ids=[own['id']], set={'text': 'Better'}), f'{role}: own comment')
            forged = who.op('comment.add', rows=[who.row('comment', card=card, author=ada.person, text='I, Ada')])
            if role != 'manager':
                equal(who.push(forged)['receipts'][0].get('no'), 'forbidden', 'another author')
            else:
                who.push(forged)
            other = who.op('card.set', ids=[card], set={'title': 'x'})
            other['person'] = ada.person
            equal(who.push(other)['receipts'][0].get('no'), 'forbidden', f'{role}: in another’s name')
            recorded = who.op('card.set', ids=[card], set={'title': 'x'})
            recorded['person'] = ada.person
            del recorded['boot']
            equal(who.push(recorded)['receipts'][0].get('no'), 'forbidden', f'{role}: as a record of the past')
        viewer = server.join('viewer', 'viewer')
        own = viewer.row('comment', card=card, author=viewer.person, text='Hm')
        for verb, values in (('stage.set', {'ids': [stages[0]], 'set': {'name': 'x'}}), ('comment.add', {'rows': [own]}),
                             ('card.set', {'ids': [card], 'set': {'title': 'x'}}),
                             ('card.move', {'ids': [card], 'from': [stages[0]], 'to': stages[1]}),
                             ('op.undo', {'targets': [f'{ada.device}:1'], 'changes': []})):
            equal(viewer.do(verb, **values).get('no'), 'forbidden', f'viewer {verb}')


def test_devices_belong_to_people():
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')
        ada.make_board()
        before = ada.hello()['last']
        for body in ({'device': ada.device, 'epoch': ada.epoch, 'ops': [{'void': before + 1}]},
                     {'epoch': ada.epoch, 'ops': [], 'device': ada.device}):
            bob.fails((403, 'forbidden'), 'POST', '/v1/push', body)
        for text in ('{"d\\u0065vice":"%s","epoch":"%s","ops":[]}' % (ada.device, ada.epoch),
                     '{"device":"%s","d\\u0065vice":"%s","epoch":"%s","ops":[{"void":%d}]}'
                     % (bob.device, ada.device, ada.epoch, before + 1),
                     '{"x":{"device":"%s"},"epoch":"%s","ops":[]}' % (bob.device, ada.epoch)):
            equal(bob.request('POST', '/v1/push', text.encode())[0], 400, text)
        equal(ada.hello()['last'], before)
        ada.device = bob.device
        ada.fails((403, 'forbidden'), 'POST', '/v1/sign-in', {'name': 'Ada', 'password': PASSWORD, 'device': bob.device})


def test_joining():
    with Server() as server:
        link = server.invitation
        ada = server.join('Ada')
        check(ada.role == 'owner')
        secret = link.split('invitation=')[1]
        stranger = Client(server)
        again = {'invitation': secret, 'name': 'Eve', 'password': PASSWORD, 'device': stranger.device}
        stranger.fails((403, 'forbidden'), 'POST', '/v1/join', again)
        stranger.fails((403, 'forbidden'), 'POST', '/v1/join', {**again, 'invitation': 'x' * 43})
        invited = server.invite('reviewer').split('invitation=')[1]
        good = {**again, 'invitation': invited}
        for change in ({'name': ''}, {'name': 'a\nb'}, {'name': 'x' * 201}, {'name': 7}, {'password': 'short'},
                       {'password': 'x' * 1001}, {'password': None}, {'device': 'mine'}, {'device': None}, {'person': 'me'}):
            equal(stranger.request('POST', '/v1/join', {**good, **change})[0], 400, str(change))
        stranger.fails((409, 'exists'), 'POST', '/v1/join', {**good, 'name': ' ADA '})
        stranger.fails((403, 'forbidden'), 'POST', '/v1/join', {**good, 'person': new_id()})
        answer = stranger.ok('POST', '/v1/join', good)
        equal(answer['role'], 'reviewer')
        added = [entry for entry in ada.pull()['entries'] if entry['op']['verb'] == 'person.add']
        people = [entry['op']['rows'][0]['set']['name'] for entry in added]
        check(all(entry['received'] > 0 and entry['q'] == 'exact' for entry in added), 'the server says when it made its own')
        equal(people, ['Ada', 'Eve'], 'rows of people')
        server.stop()
        server.start()
        equal(server.invitation, None, 'an owner is there')


def test_sharing_brings_its_person():
    with Server() as server:
        person = new_id()
        ada = server.join('Ada', person=person)
        equal((ada.person, ada.hello()['head']), (person, 0))
        row = ada.row('person', id=person, name='Ada')
        check('seq' in ada.do('person.add', rows=[row]))
        Client(server).sign_in('Ada')
        equal(ada.hello()['head'], 1, 'no second row')
        check('seq' in ada.do('workspace.set', ids=['00000000-0000-7000-8000-000000000000'], set={'name': 'Team'}))
        for _ in range(50):
            answer = Client(server).ok('POST', '/v1/sign-in', {'name': 'Ada', 'password': PASSWORD, 'device': new_id()})
            if answer['workspace_name'] == 'Team':
                break
        equal(answer['workspace_name'], 'Team')
        bob = server.invite('owner').split('invitation=')[1]
        Client(server).fails((403, 'forbidden'), 'POST', '/v1/join', {
            'invitation': bob, 'name': 'Bob', 'password': PASSWORD, 'device': new_id(), 'person': new_id()})


def test_unknown_and_known_names_look_the_same():
    with Server() as server:
        server.join('Ada')
        took = {'Ada': [], 'Nobody': []}
        answers = set()
        stranger = Client(server)
        for i in range(4):
            for name, times in took.items():
                begin = time.monotonic()
                status, answer = stranger.request('POST', '/v1/sign-in', {
                    'name': name, 'password': f'wrong again {i}', 'device': stranger.device})
                times.append(time.monotonic() - begin)
                answers.add((status, answer['error'], answer['message']))
        equal(len(answers), 1, str(answers))
        # The quickest of each: what else the machine does only adds to it.
        known, unknown = min(took['Ada']), min(took['Nobody'])
        check(min(known, unknown) > 0.01 and max(known, unknown) < 2 * min(known, unknown), f'{known} s, {unknown} s')


def test_failures_are_slowed():
    with Server() as server:
        server.join('Ada')
        for name in ('Ada', 'Nobody'):
            stranger = Client(server)
            body = {'name': name, 'password': 'wrong password', 'device': stranger.device}
            found = [stranger.request('POST', '/v1/sign-in', body, raw=True) for _ in range(8)]
            statuses = [status for status, *_ in found]
            equal(statuses, [401] * 6 + [429] * 2, name)
            check(1 <= int(found[-1][2]['Retry-After']) <= 2, str(found[-1]))
            # The right password has to wait as well, or one could tell it from the wrong ones.
            body['password'] = PASSWORD
            equal(stranger.request('POST', '/v1/sign-in', body)[0], 429)
        # Another account from the same address does not, yet.
        server.join('Bob', 'member')
        time.sleep(2.1)
        Client(server).sign_in('Ada')


def test_passwords():
    with Server() as server:
        ada = server.join('Ada')
        phone = Client(server).sign_in('Ada')
        ada.fails((403, 'forbidden'), 'POST', '/v1/password', {'old': 'not the old one', 'new': 'another good one'})
        equal(ada.request('POST', '/v1/password', {'old': PASSWORD, 'new': 'short'})[0], 400)
        ada.ok('POST', '/v1/password', {'old': PASSWORD, 'new': 'another good one'})
        equal(ada.request('GET', '/v1/me')[0], 200)
        equal(phone.request('GET', '/v1/me')[0], 401, 'other devices are signed out')
        equal(Client(server).request('POST', '/v1/sign-in', {'name': 'Ada', 'password': PASSWORD, 'device': new_id()})[0], 401)
        Client(server).sign_in('Ada', 'another good one')
        server.command('user', 'password', 'Ada', stdin='from the console\n')
        equal(ada.request('GET', '/v1/me')[0], 401)
        Client(server).sign_in('Ada', 'from the console')


def closes_with(live, why):
    begin = time.monotonic()
    equal(live.message('bye')['why'], why)
    live.close_code()
    check(time.monotonic() - begin < 3, 'not within seconds')


def test_revoked_devices_are_shut_out():
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')
        phone = Client(server).sign_in('Bob')
        live = phone.live()
        live.message('head')
        devices = bob.ok('GET', '/v1/devices')['devices']
        equal(sorted(device['here'] for device in devices), [False, True])
        ada.fails((404, 'not-found'), 'DELETE', f'/v1/devices/{new_id()}')
        bob.fails((404, 'not-found'), 'DELETE', f'/v1/devices/{ada.device}')
        bob.ok('DELETE', f'/v1/devices/{phone.device}')
        closes_with(live, 'revoked')
        equal(phone.request('GET', '/v1/me')[0], 401)
        equal(bob.request('GET', '/v1/me')[0], 200)
        live = bob.live()
        live.message('head')
        equal(server.command_json('revoke', 'Bob')['revoked'], 1)
        closes_with(live, 'revoked')
        bob.sign_in('Bob')
        live = bob.live()
        live.message('head')
        ada.ok('DELETE', f'/v1/members/{bob.person}')
        closes_with(live, 'revoked')
        equal(Client(server).request('POST', '/v1/sign-in', {'name': 'Bob', 'password': PASSWORD, 'device': new_id()})[0], 401)
        ada.ok('POST', '/v1/sign-out')
        equal(ada.request('GET', '/v1/me')[0], 401)


def test_roles_change_at_once():
    with Server() as server:
        ada, bob = server.join('Ada'), server.join('Bob', 'member')
        board, stages = ada.make_board()
        bob.make_card(stages[0])
        live = bob.live()
        live.message('head')
        ada.ok('POST', f'/v1/members/{bob.person}', {'role': 'viewer'})
        equal(live.message('role')['role'], 'viewer')
        equal(bob.do('stage.set', ids=[stages[0]], set={'name': 'Bob’s'}).get('no'), 'forbidden')
        server.command('role', 'Bob', 'manager')
        check('seq' in bob.do('stage.set', ids=[stages[0]], set={'name': 'Bob’s'}))
        ada.fails((403, 'forbidden'), 'POST', f'/v1/members/{ada.person}', {'role': 'member'})
        ada.fails((403, 'forbidden'), 'DELETE', f'/v1/members/{ada.person}')
        server.command('role', 'Ada', 'member', status=1)
        server.command('user', 'remove', 'Ada', status=1)


def test_a_browser_gets_a_page():
    """It says what to do; the secret stays behind the “#”, and nothing but its own script runs."""
    with Server() as server:
        status, page, headers = Client(server).request('GET', '/join', raw=True)
        equal((status, headers['Content-Type']), (200, 'text/html; charset=utf-8'))
        policy = headers['Content-Security-Policy']
        check("default-src 'none'" in policy and 'unsafe' not in policy, policy)
        text = page.decode()
        for tag in ('script', 'style'):
            code = text.split(f'<{tag}>')[1].split(f'</{tag}>')[0]
            wanted = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            check(f"{tag}-src 'sha256-{wanted}'" in policy, f'{tag} would not run')


def test_metrics_are_for_this_machine():
    with Server() as server:
        got = talk(server, b'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
        check(b'baton_head 0' in got, str(got))
        for header in (b'X-Forwarded-For: 203.0.113.9', b'Forwarded: for=203.0.113.9'):
            got = talk(server, b'GET /metrics HTTP/1.1\r\nHost: x\r\n' + header + b'\r\nConnection: close\r\n\r\n')
            check(b' 403 ' in got, str(got))


def test_addresses_behind_a_proxy_are_told_apart():
    """One address that fails again and again waits; the same proxy’s other clients do not."""
    with Server() as server:
        server.join('Ada')
        stranger = Client(server)

        def attempt(i, address):
            return stranger.request('POST', '/v1/sign-in', {'name': f'name {i}', 'password': 'wrong password',
                                                            'device': stranger.device},
                                    headers={'X-Forwarded-For': f'1.2.3.4, {address}'})[0]
        statuses = [attempt(i, '203.0.113.9') for i in range(24)]
        check(429 in statuses and statuses[:20] == [401] * 20, str(statuses))
        equal(attempt(99, '203.0.113.10'), 401)


main([test_every_route_for_every_role, test_every_role_at_the_board, test_devices_belong_to_people, test_joining,
      test_sharing_brings_its_person, test_unknown_and_known_names_look_the_same, test_failures_are_slowed,
      test_passwords, test_revoked_devices_are_shut_out, test_roles_change_at_once, test_a_browser_gets_a_page, test_metrics_are_for_this_machine,
      test_addresses_behind_a_proxy_are_told_apart])
