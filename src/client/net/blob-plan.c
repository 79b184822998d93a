/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-plan.h"

#include "sync.h"

#include <string.h>

/* Rows that a plan is made from, by their ids. */
typedef struct
{
  BatonReader *reader;
  GHashTable *cards;
  GHashTable *stages;
  GHashTable *assets;
  GHashTable *pending; /* ids of versions */
} Rows;

static void
need_free (gpointer data)
{
  BatonBlobNeed *need = data;

  g_free (need->hash);
  g_free (need->file);
  g_free (need->card);
  g_free (need->title);
  g_free (need->author);
  g_free (need);
}

void
baton_blob_plan_free (BatonBlobPlan *plan)
{
  g_hash_table_unref (plan->needs);
  g_hash_table_unref (plan->boards);
  g_free (plan->epoch);
  g_free (plan);
}

char *
baton_blob_keep_key (const char *board)
{
  return g_strconcat ("files.keep.", board, NULL);
}

static GHashTable *
read_rows (BatonReader *reader, BatonEntity entity, GError **error)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, TRUE, error);
  GHashTable *by_id;

  if (rows == NULL)
    return NULL;
  by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) baton_row_unref);
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (by_id, row->id, row);
    }
  return by_id;
}

static const BatonRow *
find (GHashTable *rows, const char *id)
{
  return id != NULL ? g_hash_table_lookup (rows, id) : NULL;
}

/* A card that somebody still works on. */
static gboolean
is_living (const BatonRow *card, const BatonRow *stage)
{
  return card != NULL && baton_row_int (card, BATON_CARD_REMOVED) == 0 &&
         baton_row_int (card, BATON_CARD_ARCHIVED) == 0 && stage != NULL &&
         g_strcmp0 (baton_row_text (stage, BATON_STAGE_KIND), "done") != 0;
}

static BatonBoardFiles *
board_files (BatonBlobPlan *plan, Rows *rows, const char *board)
{
  BatonBoardFiles *files = g_hash_table_lookup (plan->boards, board);

  if (files == NULL)
    {
      g_autofree char *key = baton_blob_keep_key (board);
      g_autofree char *keep = baton_reader_meta (rows->reader, key);

      files = g_new0 (BatonBoardFiles, 1);
      files->keep = keep != NULL;
      g_hash_table_insert (plan->boards, g_strdup (board), files);
    }
  return files;
}

static BatonBlobRank
rank_of (const BatonRow *version, gboolean here, gboolean living, gboolean current, const BatonRow *stage)
{
  const char *status = baton_row_text (version, BATON_VERSION_STATUS);

  if (here && status != NULL && g_str_has_prefix (status, "approved"))
    return BATON_BLOB_RANK_FIRST;
  if (!current || (!here && !living))
    return BATON_BLOB_RANK_REST;
  if (!here && g_strcmp0 (baton_row_text (stage, BATON_STAGE_KIND), "queue") == 0)
    return BATON_BLOB_RANK_FIRST;
  return BATON_BLOB_RANK_CURRENT;
}

static BatonBlobNeed *
new_need (BatonBlobs *blobs, const char *hash, const BatonRow *version, const BatonRow *card)
{
  BatonBlobNeed *need = g_new0 (BatonBlobNeed, 1);

  need->hash = g_strdup (hash);
  need->file = g_strdup (baton_row_text (version, BATON_VERSION_FILE));
  need->card = g_strdup (baton_row_text (version, BATON_VERSION_CARD));
  need->title = g_strdup (card != NULL ? baton_row_text (card, BATON_CARD_TITLE) : NULL);
  need->author = g_strdup (baton_row_text (version, BATON_VERSION_AUTHOR));
  need->size = baton_row_int (version, BATON_VERSION_SIZE);
  need->rank = BATON_BLOB_RANK_REST;
  need->here = baton_blobs_has (blobs, hash);
  need->damaged = !need->here && baton_blobs_is_damaged (blobs, hash);
  return need;
}

static void
count (BatonBoardFiles *files, const BatonBlobNeed *need)
{
  files->files++;
  files->here += need->here ? 1 : 0;
  files->missing += need->here ? 0 : need->size;
}

static void
add_version (BatonBlobPlan *plan, Rows *rows, BatonBlobs *blobs, GHashTable *counted, const BatonRow *version)
{
  const char *hash = baton_row_text (version, BATON_VERSION_BLOB);
  const BatonRow *card = find (rows->cards, baton_row_text (version, BATON_VERSION_CARD));
  const BatonRow *asset = find (rows->assets, baton_row_text (version, BATON_VERSION_ASSET));
  const BatonRow *stage = card != NULL ? find (rows->stages, baton_row_text (card, BATON_CARD_STAGE)) : NULL;
  const char *board = card != NULL ? baton_row_text (card, BATON_CARD_BOARD) : NULL;
  BatonBoardFiles *files = board != NULL ? board_files (plan, rows, board) : NULL;
  BatonBlobNeed *need = g_hash_table_lookup (plan->needs, hash);
  gboolean there = card != NULL && baton_row_int (card, BATON_CARD_REMOVED) == 0 && asset != NULL &&
                   baton_row_int (asset, BATON_ASSET_REMOVED) == 0;
  gboolean current =
      asset != NULL && g_strcmp0 (baton_row_text (asset, BATON_ASSET_CURRENT), version->id) == 0;

  if (need == NULL)
    {
      need = new_need (blobs, hash, version, card);
      g_hash_table_insert (plan->needs, need->hash, need);
    }
  need->unsent |= need->here && g_hash_table_contains (rows->pending, version->id);
  need->rank = MIN (need->rank, rank_of (version, need->here, is_living (card, stage), current, stage));
  need->unasked |= need->damaged || (there && files != NULL && files->keep) ||
                   (there && current && is_living (card, stage) && need->size <= BATON_BLOB_UNASKED);
  if (there && files != NULL)
    {
      g_autofree char *name = g_strconcat (board, hash, NULL);

      if (!g_hash_table_contains (counted, name))
        {
          count (files, need);
          g_hash_table_add (counted, g_steal_pointer (&name));
        }
    }
}

BatonBlobPlan *
baton_blob_plan_new (BatonReader *reader, BatonBlobs *blobs, GError **error)
{
  g_autoptr (GPtrArray) versions =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_FIELD_NONE, NULL, TRUE, error);
  g_autoptr (GHashTable) cards = versions != NULL ? read_rows (reader, BATON_ENTITY_CARD, error) : NULL;
  g_autoptr (GHashTable) stages = cards != NULL ? read_rows (reader, BATON_ENTITY_STAGE, error) : NULL;
  g_autoptr (GHashTable) assets = stages != NULL ? read_rows (reader, BATON_ENTITY_ASSET, error) : NULL;
  g_autoptr (GHashTable) counted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) pending =
      assets != NULL ? baton_reader_pending_rows (reader, BATON_ENTITY_VERSION, error) : NULL;
  Rows rows = { reader, cards, stages, assets, pending };
  BatonBlobPlan *plan;

  if (pending == NULL)
    return NULL;
  plan = g_new0 (BatonBlobPlan, 1);
  plan->needs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, need_free);
  plan->boards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  plan->epoch = baton_reader_meta (reader, "sync.epoch");
  for (guint i = 0; i < versions->len; i++)
    {
      const BatonRow *version = g_ptr_array_index (versions, i);
      const char *hash = baton_row_text (version, BATON_VERSION_BLOB);

      if (hash != NULL && baton_blob_hash_is_valid (hash) &&
          baton_row_int (version, BATON_VERSION_REMOVED) == 0)
        add_version (plan, &rows, blobs, counted, version);
    }
  return plan;
}

int
baton_blob_need_compare (const BatonBlobNeed *a, const BatonBlobNeed *b)
{
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->size != b->size)
    return a->size < b->size ? -1 : 1;
  return strcmp (a->hash, b->hash);
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return baton_blob_need_compare (*(const BatonBlobNeed *const *) a, *(const BatonBlobNeed *const *) b);
}

GPtrArray *
baton_blob_plan_list (BatonBlobPlan *plan, gboolean here)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer need;

  g_hash_table_iter_init (&iter, plan->needs);
  while (g_hash_table_iter_next (&iter, NULL, &need))
    {
      if (((BatonBlobNeed *) need)->here == here)
        g_ptr_array_add (list, need);
    }
  g_ptr_array_sort (list, compare_cb);
  return list;
}

GPtrArray *
baton_blob_wanted (BatonReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_FIELD_NONE, NULL, TRUE, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *hashes;

  if (rows == NULL)
    return NULL;
  hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      const char *hash = baton_row_text (row, BATON_VERSION_BLOB);

      if (hash == NULL || !baton_blob_hash_is_valid (hash) ||
          baton_row_int (row, BATON_VERSION_REMOVED) != 0 || g_hash_table_contains (seen, hash))
        continue;
      g_ptr_array_add (hashes, g_strdup (hash));
      g_hash_table_add (seen, g_ptr_array_index (hashes, hashes->len - 1));
    }
  return hashes;
}
