/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "blob-refs.h"

#include "db.h"

#include <glib/gi18n-lib.h>
#include <string.h>

GHashTable *
baton_reader_blobs (BatonReader *reader, GError **error)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (BatonCachedStatement) statement =
      baton_db_prepare (reader, "SELECT DISTINCT blob FROM version WHERE blob IS NOT NULL", error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return g_steal_pointer (&hashes);
      g_hash_table_add (hashes, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
    }
  return NULL;
}

/* One version whose file is not sound, named as people know it. */
static void
report (GPtrArray *problems, sqlite3_stmt *statement, const GError *cause)
{
  const char *card = (const char *) sqlite3_column_text (statement, 3);
  const char *asset = (const char *) sqlite3_column_text (statement, 2);
  int number = sqlite3_column_int (statement, 1);
  const char *file = (const char *) sqlite3_column_text (statement, 4);
  gboolean missing = g_error_matches (cause, BATON_ERROR, BATON_ERROR_NOT_FOUND);

  g_ptr_array_add (problems,
      g_strdup_printf (
          missing ? _ ("“%s”: the file of “%s” v%d (%s) is missing. Adding the same file again brings it "
                       "back.")
                  : _ ("“%s”: the file of “%s” v%d (%s) is damaged. Adding the same file again heals it."),
          card != NULL ? card : "?", asset != NULL ? asset : "?", number, file != NULL ? file : "?"));
}

/* Rows come in the order of their files, so that each file is read once. */
static gboolean
check_row (sqlite3_stmt *statement, BatonBlobs *blobs, GCancellable *cancellable, GPtrArray *problems,
    char **last, GError **cause, gint64 *files)
{
  const char *hash = (const char *) sqlite3_column_text (statement, 0);

  if (g_strcmp0 (hash, *last) != 0)
    {
      g_clear_error (cause);
      g_free (*last);
      *last = g_strdup (hash);
      *files += 1;
      if (baton_blob_hash_is_valid (hash))
        baton_blobs_verify (blobs, hash, cancellable, cause);
    }
  if (*cause != NULL && g_error_matches (*cause, BATON_ERROR, BATON_ERROR_CANCELLED))
    return FALSE;
  if (*cause != NULL)
    report (problems, statement, *cause);
  return TRUE;
}

gboolean
baton_verify_blobs (BatonReader *reader, BatonBlobs *blobs, GCancellable *cancellable, GPtrArray *problems,
    gint64 *files, GError **error)
{
  g_autoptr (BatonCachedStatement) statement = baton_db_prepare (reader,
      "SELECT version.blob, version.number, asset.name, card.title, version.file FROM version"
      " LEFT JOIN asset ON asset.id = version.asset LEFT JOIN card ON card.id = version.card"
      " ORDER BY version.blob, version.created, version.id",
      error);
  g_autofree char *last = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean more;

  *files = 0;
  if (statement == NULL)
    return FALSE;
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return TRUE;
      if (check_row (statement, blobs, cancellable, problems, &last, &cause, files))
        continue;
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return FALSE;
}

typedef struct
{
  GHashTable *spoken_of;
  GPtrArray *found;
  gint64 before;
} Collection;

static gboolean
collect_one (const char *hash, gint64 size, gint64 modified, gpointer data)
{
  Collection *collection = data;

  if (modified < collection->before && !g_hash_table_contains (collection->spoken_of, hash))
    g_ptr_array_add (collection->found, g_strdup (hash));
  return TRUE;
}

guint
baton_blobs_collect (BatonBlobs *blobs, BatonReader *reader, gint64 age)
{
  g_autoptr (GHashTable) spoken_of = baton_reader_blobs (reader, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  Collection collection = { spoken_of, found, g_get_real_time () - age };
  guint removed = 0;

  /* Who cannot read what is spoken of must not take it for nothing. */
  if (spoken_of == NULL)
    return 0;
  baton_blobs_each (blobs, collect_one, &collection);
  for (guint i = 0; i < found->len; i++)
    removed += baton_blobs_delete (blobs, g_ptr_array_index (found, i));
  return removed;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

gboolean
baton_blobs_write_manifest (BatonReader *reader, const char *target, GError **error)
{
  g_autoptr (GHashTable) hashes = baton_reader_blobs (reader, error);
  g_autoptr (GList) keys = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local = NULL;

  if (hashes == NULL)
    return FALSE;
  keys = g_list_sort (g_hash_table_get_keys (hashes), compare_texts);
  for (GList *key = keys; key != NULL; key = key->next)
    {
      const char *hash = key->data;

      if (baton_blob_hash_is_valid (hash))
        g_string_append_printf (text, "%s  blobs/%.2s/%s\n", hash, hash, hash);
    }
  if (text->len == 0 || g_file_set_contents_full (target, text->str, (gssize) text->len,
                            G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local))
    return TRUE;
  return baton_db_fail_file (local, error);
}
