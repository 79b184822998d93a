/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "rebase.h"

#include "defect.h"
#include "codec.h"
#include "tables.h"

/* When a server was restored from a backup: entries that it has forgotten are taken back here, and those of
 * ours are offered again (src/client/PROTOCOL.md, section 8). */

/* Accepted operations above common, ours only; in order. */
static GArray *
ours_above (BatonRebase *rebase, gint64 common, GError **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = baton_db_prepare (rebase->store->db,
      "SELECT log.seq FROM log JOIN device ON device.id = log.device WHERE log.seq > ?"
      " AND log.seq < 1152921504606846976 AND device.mine ORDER BY log.seq",
      error);
  gboolean more;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, common);
  while (baton_db_step (rebase->store->db, statement, &more, error))
    {
      gint64 seq;

      if (!more)
        return g_steal_pointer (&seqs);
      seq = sqlite3_column_int64 (statement, 0);
      g_array_append_val (seqs, seq);
    }
  return NULL;
}

/* They stand before what is pending already, in the order that they had, as their maker wrote them. */
static gboolean
make_pending (BatonRebase *rebase, gint64 common, GError **error)
{
  g_autoptr (GArray) ours = ours_above (rebase, common, error);
  gint64 first = baton_db_int (rebase->store->db,
      "SELECT min (seq) FROM log WHERE seq >= 1152921504606846976", BATON_SEQ_FIRST_PENDING);

  if (ours == NULL)
    return FALSE;
  for (guint i = 0; i < ours->len && !BATON_DEFECT (OWN_NOT_OFFERED); i++)
    {
      if (!baton_rebase_run (rebase,
              "UPDATE log SET seq = ?2, at = coalesce (wall, at), wall = NULL, received = NULL, quality = 0,"
              " author = NULL WHERE seq = ?1",
              g_array_index (ours, gint64, i), first - ours->len + i, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_rebase_unaccept (BatonRebase *rebase, gint64 common, GError **error)
{
  return make_pending (rebase, common, error) &&
         baton_rebase_run (
             rebase, "DELETE FROM log WHERE seq > ? AND seq < ?", common, BATON_SEQ_PENDING, error);
}

gboolean
baton_rebase_set_epoch (BatonRebase *rebase, const char *epoch, const char *lineage, GError **error)
{
  BatonDb *db = rebase->store->db;

  return baton_meta_set (db, "sync.epoch", epoch, error) &&
         baton_meta_set (db, "sync.lineage", lineage, error);
}

static gboolean
rewind_to (BatonRebase *rebase, const char *epoch, const char *lineage, gint64 common, GError **error)
{
  if (common < rebase->store->cursor && (!baton_rebase_take_back (rebase, common + 1, error) ||
                                            !baton_rebase_unaccept (rebase, common, error) ||
                                            !baton_rebase_set_int (rebase, "sync.cursor", common, error) ||
                                            !baton_rebase_reapply (rebase, BATON_SEQ_PENDING, error)))
    return FALSE;
  return baton_rebase_set_epoch (rebase, epoch, lineage, error);
}

gboolean
baton_store_rewind (BatonStore *store, const char *epoch, const char *lineage, gint64 common, gint64 at,
    BatonFollowed *followed, GError **error)
{
  BatonRebase rebase;

  g_return_val_if_fail (store->epoch != NULL, FALSE);
  if (!baton_rebase_begin (&rebase, store, at, followed, error))
    return FALSE;
  return baton_rebase_end (&rebase, rewind_to (&rebase, epoch, lineage, common, error), error);
}

gboolean
baton_store_renumber (
    BatonStore *store, const char *device, gint64 from, BatonFollowed *followed, GError **error)
{
  BatonRebase rebase;

  g_return_val_if_fail (store->epoch != NULL, FALSE);
  if (!baton_rebase_begin (&rebase, store, 0, followed, error))
    return FALSE;
  return baton_rebase_end (&rebase,
      baton_rebase_take_back (&rebase, BATON_SEQ_PENDING, error) &&
          baton_rebase_renumber (&rebase, device, from, error) &&
          baton_rebase_reapply (&rebase, BATON_SEQ_PENDING, error),
      error);
}
