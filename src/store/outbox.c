/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "defect.h"
#include "codec.h"
#include "log.h"
#include "tables.h"

#include <string.h>

void
baton_outgoing_free (BatonOutgoing *outgoing)
{
  g_free (outgoing->text);
  g_free (outgoing);
}

/* Numbers that were used and are not pending: what was refused under an earlier epoch. They are consumed
 * again, with nothing in them. */
static void
add_voids (GPtrArray *out, gint64 from, gint64 below, guint most)
{
  for (gint64 number = from; number < below && out->len < most && !BATON_DEFECT (NO_VOIDS); number++)
    {
      BatonOutgoing *outgoing = g_new0 (BatonOutgoing, 1);

      outgoing->number = number;
      g_ptr_array_add (out, outgoing);
    }
}

static BatonOutgoing *
make_outgoing (const BatonOp *op, gint64 first_of_boot)
{
  BatonOutgoing *outgoing = g_new0 (BatonOutgoing, 1);
  g_autoptr (GString) text = g_string_new (NULL);

  baton_op_write (op, text);
  outgoing->number = op->number;
  outgoing->text = g_string_free (g_steal_pointer (&text), FALSE);
  outgoing->boot = op->boot;
  outgoing->this_boot = first_of_boot > 0 && op->number >= first_of_boot && op->boot > 0;
  return outgoing;
}

static gint64
first_of_boot (BatonStore *store, const char *device)
{
  g_autofree char *boot = baton_meta_get (store->db, "boot.id");
  g_autofree char *first = baton_meta_get (store->db, "boot.first");

  if (boot == NULL || boot[0] == '\0' || first == NULL || !g_str_equal (device, store->device))
    return 0;
  return g_ascii_strtoll (first, NULL, 10);
}

typedef struct
{
  BatonStore *store;
  BatonDecidedFunc decided;
  gpointer data;
  guint most;
  gsize bytes;
  char *device;
  gint64 used; /* up to here no number has to be made void */
  gint64 boot;
  gsize size;
  GPtrArray *out;
} Outbox;

static void
begin (Outbox *box, const BatonOp *op, gint64 last)
{
  box->device = g_strdup (op->device);
  box->used = last >= 0 ? last : op->number - 1;
  box->boot = first_of_boot (box->store, op->device);
}

/* FALSE when the box is full. Operations of several devices are pending when this profile was once copied:
 * they go up in runs of one device each, so that the order in which they were made stays. */
static gboolean
put (Outbox *box, const BatonOp *op)
{
  gint64 last, confirmed;

  box->decided (op->device, &last, &confirmed, box->data);
  if (op->number <= confirmed || (BATON_DEFECT (DECIDED_BY_NUMBER) && op->number <= last))
    return TRUE;
  if (box->device == NULL)
    begin (box, op, last);
  if (!g_str_equal (box->device, op->device))
    return FALSE;
  add_voids (box->out, box->used + 1, op->number, box->most);
  box->used = MAX (box->used, op->number);
  if (box->out->len >= box->most)
    return FALSE;
  g_ptr_array_add (box->out, make_outgoing (op, box->boot));
  box->size += strlen (((BatonOutgoing *) g_ptr_array_index (box->out, box->out->len - 1))->text);
  return box->out->len < box->most && box->size < box->bytes;
}

static gboolean
collect (Outbox *box, sqlite3_stmt *statement, GError **error)
{
  gboolean more;
  gboolean room = TRUE;

  while (room)
    {
      g_autoptr (BatonOp) op = NULL;

      if (!baton_db_step (box->store->db, statement, &more, error))
        return FALSE;
      if (!more)
        return TRUE;
      op = baton_log_read (statement, 0, error);
      if (op == NULL)
        return FALSE;
      room = put (box, op);
    }
  return TRUE;
}

GPtrArray *
baton_store_outbox (BatonStore *store, BatonDecidedFunc decided, gpointer data, guint most, gsize bytes,
    char **device, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_outgoing_free);
  Outbox box = { store, decided, data, most, bytes, NULL, 0, 0, 0, out };
  sqlite3_stmt *statement = baton_db_prepare (store->db,
      "SELECT " BATON_LOG_COLUMNS " FROM log JOIN device ON device.id = log.device"
      " WHERE log.seq >= 1152921504606846976 ORDER BY log.seq",
      error);
  gboolean ok;

  *device = NULL;
  if (statement == NULL)
    return NULL;
  ok = collect (&box, statement, error);
  sqlite3_reset (statement);
  *device = box.device;
  return ok ? g_steal_pointer (&out) : NULL;
}

static void
add_rows (GHashTable *ids, const BatonOp *op, BatonEntity entity)
{
  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonRow *row = ((BatonNewRow *) g_ptr_array_index (op->rows, i))->row;

      if (row->entity == entity)
        g_hash_table_add (ids, g_strdup (row->id));
    }
}

GHashTable *
baton_reader_pending_rows (BatonReader *reader, BatonEntity entity, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  /* Whatever makes such a row has the entity's name in its values. */
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT " BATON_LOG_COLUMNS " FROM log JOIN device ON device.id = log.device"
      " WHERE log.seq >= 1152921504606846976 AND instr (log.body, ?) > 0",
      error);
  g_autofree char *named = g_strdup_printf ("\"%s\"", baton_entity_info (entity)->name);
  gboolean more;

  if (statement == NULL)
    return NULL;
  baton_bind_text (statement, 1, named);
  while (baton_db_step (reader, statement, &more, error))
    {
      g_autoptr (BatonOp) op = NULL;

      if (!more)
        return g_steal_pointer (&ids);
      op = baton_log_read (statement, 0, error);
      if (op == NULL)
        break;
      add_rows (ids, op, entity);
    }
  sqlite3_reset (statement);
  return NULL;
}
