/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "accounts.h"
#include "bodies.h"
#include "counters.h"
#include "devices.h"
#include "listener.h"
#include "passwords.h"
#include "server.h"
#include "sessions.h"
#include "slow.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _BatonLive BatonLive;
typedef struct _BatonServed BatonServed;
typedef struct _BatonTransfers BatonTransfers;
typedef struct _BatonAdmin BatonAdmin;

struct _BatonServer
{
  BatonServerOptions *options;
  char *url;
  char *public_url;
  SoupServer *soup;
  BatonListener *listener;
  BatonAccounts *accounts;
  BatonSessions *sessions;
  BatonDevices *devices;
  BatonPasswords *passwords;
  BatonSlow *slow_names;
  BatonSlow *slow_hosts;
  BatonSlow *rude_hosts; /* that send what is no request */
  BatonServed *served;
  BatonLive *live;
  BatonTransfers *transfers;
  BatonAdmin *admin;
  BatonCounters counters;
  BatonBodies *bodies; /* that are being read */
  guint answers;       /* that are being written beside libsoup */
  guint seen_timer;
  guint backup_timer;
  gboolean backing_up;
  gboolean stopping;
};

G_END_DECLS
