/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "accounts.h"

G_BEGIN_DECLS

/* Whose a device is: the first who pushes with an id keeps it, so that nobody can use up the numbers of
 * somebody else's device. Main thread only. */
typedef struct _BatonDevices BatonDevices;

BatonDevices *baton_devices_new (BatonAccounts *accounts);
void baton_devices_free (BatonDevices *devices);

/* FALSE with BATON_ERROR_FORBIDDEN when it is another person's. */
gboolean baton_devices_claim (BatonDevices *devices, const char *device, const char *person, GError **error);

G_END_DECLS
