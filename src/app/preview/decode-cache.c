/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "decode-cache.h"

typedef struct
{
  char *name;
  BatonDecoded *decoded;
} Entry;

struct _BatonDecodeCache
{
  GHashTable *links; /* name → link of order */
  GQueue order;      /* of Entry, the latest first */
  gsize bytes;
  gsize most_bytes;
};

static void
drop (BatonDecodeCache *self, GList *link)
{
  Entry *entry = link->data;

  g_hash_table_remove (self->links, entry->name);
  self->bytes -= baton_decoded_bytes (entry->decoded);
  g_queue_delete_link (&self->order, link);
  baton_decoded_unref (entry->decoded);
  g_free (entry->name);
  g_free (entry);
}

BatonDecodeCache *
baton_decode_cache_new (gsize most_bytes)
{
  BatonDecodeCache *self = g_new0 (BatonDecodeCache, 1);

  self->links = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->order);
  self->most_bytes = most_bytes;
  return self;
}

void
baton_decode_cache_free (BatonDecodeCache *self)
{
  while (self->order.head != NULL)
    drop (self, self->order.head);
  g_hash_table_unref (self->links);
  g_free (self);
}

BatonDecoded *
baton_decode_cache_get (BatonDecodeCache *self, const char *name)
{
  GList *link = g_hash_table_lookup (self->links, name);

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->order, link);
  g_queue_push_head_link (&self->order, link);
  return baton_decoded_ref (((Entry *) link->data)->decoded);
}

void
baton_decode_cache_put (BatonDecodeCache *self, const char *name, BatonDecoded *decoded)
{
  GList *link = g_hash_table_lookup (self->links, name);
  Entry *entry;

  if (link != NULL)
    drop (self, link);
  if (baton_decoded_bytes (decoded) > self->most_bytes)
    return;
  entry = g_new (Entry, 1);
  *entry = (Entry){ g_strdup (name), baton_decoded_ref (decoded) };
  g_queue_push_head (&self->order, entry);
  g_hash_table_insert (self->links, entry->name, self->order.head);
  self->bytes += baton_decoded_bytes (decoded);
  while (self->bytes > self->most_bytes)
    drop (self, self->order.tail);
}

gsize
baton_decode_cache_bytes (BatonDecodeCache *self)
{
  return self->bytes;
}
