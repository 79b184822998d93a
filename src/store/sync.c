/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "baton-error.h"
#include "log.h"
#include "tables.h"

static const char *const qualities[] = { "", "exact", "corrected", "recorded", "clamped" };

const char *
baton_quality_name (BatonQuality quality)
{
  g_return_val_if_fail (quality < G_N_ELEMENTS (qualities), "");
  return qualities[quality];
}

BatonQuality
baton_quality_by_name (const char *name)
{
  for (guint i = 1; i < G_N_ELEMENTS (qualities); i++)
    {
      if (g_strcmp0 (qualities[i], name) == 0)
        return i;
    }
  return BATON_QUALITY_NONE;
}

BatonArrival *
baton_arrival_new (gint64 seq, BatonOp *op)
{
  BatonArrival *arrival = g_new0 (BatonArrival, 1);

  arrival->seq = seq;
  arrival->op = op;
  arrival->at = op->at;
  return arrival;
}

void
baton_arrival_free (BatonArrival *arrival)
{
  baton_op_free (arrival->op);
  g_free (arrival->author);
  g_free (arrival->effect);
  g_free (arrival->board);
  g_clear_pointer (&arrival->cards, g_ptr_array_unref);
  g_free (arrival);
}

BatonRefusal *
baton_refusal_new (const char *device, gint64 number, const char *code, const char *why)
{
  BatonRefusal *refusal = g_new0 (BatonRefusal, 1);

  refusal->device = g_strdup (device);
  refusal->number = number;
  refusal->code = g_strdup (code);
  refusal->why = g_strdup (why);
  return refusal;
}

void
baton_refusal_free (BatonRefusal *refusal)
{
  g_free (refusal->device);
  g_free (refusal->code);
  g_free (refusal->why);
  g_free (refusal);
}

void
baton_followed_clear (BatonFollowed *followed)
{
  g_clear_pointer (&followed->effect, baton_effect_unref);
}

gboolean
baton_store_is_shared (BatonStore *store)
{
  return store->epoch != NULL;
}

const char *
baton_store_epoch (BatonStore *store)
{
  return store->epoch;
}

gint64
baton_store_cursor (BatonStore *store)
{
  return store->cursor;
}

gint64
baton_store_last_number (BatonStore *store)
{
  return store->last_number;
}

gboolean
baton_store_is_behind (BatonStore *store)
{
  g_autofree char *behind = baton_meta_get (store->db, "sync.behind");

  return behind != NULL;
}

char *
baton_store_lineage (BatonStore *store)
{
  return baton_meta_get (store->db, "sync.lineage");
}

gint64
baton_reader_count_pending (BatonReader *reader)
{
  return baton_db_int (reader, "SELECT count (*) FROM log WHERE seq >= 1152921504606846976", 0);
}

gint64
baton_store_count_pending (BatonStore *store)
{
  return baton_reader_count_pending (store->db);
}

static gboolean
shift (BatonStore *store, const char *table, GError **error)
{
  /* SQL-SAFE: the tables are named below. */
  g_autofree char *sql = g_strdup_printf (
      "UPDATE %s SET seq = seq + %" G_GINT64_FORMAT, table, (gint64) (BATON_SEQ_FIRST_PENDING - 1));

  return baton_db_exec (store->db, sql, error);
}

/* The order stays; only the numbers say now that nobody else has it yet. */
static gboolean
make_pending (BatonStore *store, GError **error)
{
  g_autofree char *undone =
      g_strdup_printf ("UPDATE undone SET seq = seq + %1$" G_GINT64_FORMAT ", by = by + %1$" G_GINT64_FORMAT,
          (gint64) (BATON_SEQ_FIRST_PENDING - 1));

  return shift (store, "log", error) && shift (store, "effect", error) && shift (store, "touch", error) &&
         baton_db_exec (store->db, undone, error) &&
         baton_db_exec (store->db, "UPDATE device SET mine = 1", error);
}

static gboolean
begin_sharing (BatonStore *store, const char *epoch, const char *lineage, GError **error)
{
  return make_pending (store, error) && baton_meta_set (store->db, "sync.epoch", epoch, error) &&
         baton_meta_set (store->db, "sync.lineage", lineage, error) &&
         baton_meta_set (store->db, "sync.cursor", "0", error) &&
         baton_meta_set (store->db, "sync.first", "1", error);
}

gboolean
baton_store_share (BatonStore *store, const char *epoch, const char *lineage, GError **error)
{
  g_return_val_if_fail (store->epoch == NULL, FALSE);
  if (!baton_store_check_writable (store, error) || !baton_db_exec (store->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (begin_sharing (store, epoch, lineage, error) && baton_store_commit (store, error))
    {
      baton_store_load_position (store);
      return TRUE;
    }
  baton_store_roll_back (store);
  return FALSE;
}

gboolean
baton_store_note_boot (BatonStore *store, const char *boot, GError **error)
{
  g_autofree char *known = baton_meta_get (store->db, "boot.id");
  g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, store->last_number + 1);

  if (!baton_store_check_writable (store, error))
    return FALSE;
  if (g_strcmp0 (known, boot) == 0)
    return TRUE;
  return baton_meta_set (store->db, "boot.first", first, error) &&
         baton_meta_set (store->db, "boot.id", boot, error);
}
