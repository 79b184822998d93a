/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sharing.h"

G_BEGIN_DECLS

/* Private to net: where this device's person is, said to the server no more often than it wants to hear it,
 * and again when a new connection has made it forget. Main thread. */
typedef struct _BatonSharingWhere BatonSharingWhere;

/* say: hands it to the live channel. */
typedef void (*BatonSayWhere) (BatonSharing *sharing, const char *board, const char *card);

BatonSharingWhere *baton_sharing_where_new (BatonSharing *sharing, const char *device, BatonSayWhere say);
void baton_sharing_where_free (BatonSharingWhere *self);

void baton_sharing_where_set (BatonSharingWhere *self, const char *board, const char *card);
/* The server has said who is where. */
void baton_sharing_where_told (BatonSharingWhere *self, const char *presence);

G_END_DECLS
