/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "devices.h"

#define MOST_KNOWN 10000

struct _BatonDevices
{
  BatonAccounts *accounts;
  GHashTable *known; /* device → person, of those that were asked for */
};

BatonDevices *
baton_devices_new (BatonAccounts *accounts)
{
  BatonDevices *devices = g_new0 (BatonDevices, 1);

  devices->accounts = accounts;
  devices->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return devices;
}

void
baton_devices_free (BatonDevices *devices)
{
  g_hash_table_unref (devices->known);
  g_free (devices);
}

gboolean
baton_devices_claim (BatonDevices *devices, const char *device, const char *person, GError **error)
{
  const char *owner = g_hash_table_lookup (devices->known, device);

  if (g_strcmp0 (owner, person) == 0)
    return TRUE;
  if (!baton_accounts_claim_device (devices->accounts, device, person, error))
    return FALSE;
  if (g_hash_table_size (devices->known) >= MOST_KNOWN)
    g_hash_table_remove_all (devices->known);
  g_hash_table_insert (devices->known, g_strdup (device), g_strdup (person));
  return TRUE;
}
