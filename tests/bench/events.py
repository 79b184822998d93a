# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints an event log of 100,000 cards and about 1,000,000 events, the same every time."""
import datetime
import random

CARDS = 100000
chance = random.Random(1)
begin = datetime.datetime(2022, 1, 1)

CHANNELS = ('Web', 'E-mail', 'Print', 'Blog', 'Instagram', 'In-store')
print('case,activity,time,person,channel')
for card in range(CARDS):
    at = begin + datetime.timedelta(minutes=14 * card)
    path = ['To do', 'Ready', 'Design', 'Ready for review', 'Review']
    while chance.random() < 0.5:
        path += ['Design', 'Ready for review', 'Review']
    for activity in path + ['Publish', 'Published']:
        print(f'{card},{activity},{at.isoformat()}Z,person {chance.randrange(12)},{CHANNELS[card % 6]}')
        at += datetime.timedelta(hours=chance.expovariate(1 / 9))
