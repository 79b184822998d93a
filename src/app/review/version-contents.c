/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "version-contents.h"

#include "version-content.h"

/* Versions whose pictures are kept. */
#define KEPT_CONTENTS 6

struct _BatonVersionContents
{
  BatonWorkspace *workspace;
  GHashTable *contents; /* version → BatonContent */
  GQueue recent;        /* versions, the latest first */
};

BatonVersionContents *
baton_version_contents_new (void)
{
  BatonVersionContents *self = g_new0 (BatonVersionContents, 1);

  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_queue_init (&self->recent);
  return self;
}

void
baton_version_contents_set_workspace (BatonVersionContents *self, BatonWorkspace *workspace)
{
  g_hash_table_remove_all (self->contents);
  g_queue_clear_full (&self->recent, g_free);
  g_set_object (&self->workspace, workspace);
}

void
baton_version_contents_free (BatonVersionContents *self)
{
  baton_version_contents_set_workspace (self, NULL);
  g_hash_table_unref (self->contents);
  g_free (self);
}

BatonContent *
baton_version_contents_get (BatonVersionContents *self, const BatonRow *version, gboolean soon)
{
  BatonContent *content;

  if (version == NULL || self->workspace == NULL)
    return NULL;
  content = g_hash_table_lookup (self->contents, version->id);
  if (content == NULL)
    {
      content = baton_version_content_new (self->workspace, version, soon);
      g_hash_table_insert (self->contents, g_strdup (version->id), content);
    }
  else
    {
      GList *link = g_queue_find_custom (&self->recent, version->id, (GCompareFunc) g_strcmp0);

      g_free (link->data);
      g_queue_delete_link (&self->recent, link);
    }
  g_queue_push_head (&self->recent, g_strdup (version->id));
  while (g_queue_get_length (&self->recent) > KEPT_CONTENTS)
    {
      g_autofree char *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->contents, oldest);
    }
  return content;
}
