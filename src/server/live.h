/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "request.h"

G_BEGIN_DECLS

/* The live channel: who is connected, and what is told to all of them. Main thread only. */
typedef struct _BatonLive BatonLive;

BatonLive *baton_live_new (BatonServer *server);
void baton_live_free (BatonLive *live); /* says good-bye and closes */

/* A message for everybody. */
void baton_live_tell (BatonLive *live, GString *message);
void baton_live_blob (BatonLive *live, const char *hash);
void baton_live_role (BatonLive *live, BatonSession *session); /* it has another one */
void baton_live_end (BatonLive *live, BatonSession *session);  /* its token is void */
guint baton_live_count (BatonLive *live);

G_END_DECLS
