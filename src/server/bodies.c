/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "bodies.h"

struct _BatonBodies
{
  gsize small;
  gsize large;
  GHashTable *people; /* id → gsize of large ones; only those who have some */
};

BatonBodies *
baton_bodies_new (void)
{
  BatonBodies *bodies = g_new0 (BatonBodies, 1);

  bodies->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return bodies;
}

void
baton_bodies_free (BatonBodies *bodies)
{
  g_hash_table_unref (bodies->people);
  g_free (bodies);
}

static gsize
held_by (BatonBodies *bodies, const char *person)
{
  const gsize *held = g_hash_table_lookup (bodies->people, person);

  return held != NULL ? *held : 0;
}

static void
set_held (BatonBodies *bodies, const char *person, gsize held)
{
  if (held > 0)
    g_hash_table_replace (bodies->people, g_strdup (person), g_memdup2 (&held, sizeof held));
  else
    g_hash_table_remove (bodies->people, person);
}

gboolean
baton_bodies_take (BatonBodies *bodies, const char *person, gsize length)
{
  const char *who = person != NULL ? person : "";

  if (length <= BATON_SMALL_BODY)
    {
      if (bodies->small + length > BATON_BODIES_SMALL)
        return FALSE;
      bodies->small += length;
      return TRUE;
    }
  if (bodies->large + length > BATON_BODIES_LARGE || held_by (bodies, who) + length > BATON_BODIES_PERSON)
    return FALSE;
  bodies->large += length;
  set_held (bodies, who, held_by (bodies, who) + length);
  return TRUE;
}

void
baton_bodies_give_back (BatonBodies *bodies, const char *person, gsize length)
{
  const char *who = person != NULL ? person : "";

  if (length <= BATON_SMALL_BODY)
    {
      bodies->small -= length;
      return;
    }
  bodies->large -= length;
  set_held (bodies, who, held_by (bodies, who) - length);
}
