/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "engine-private.h"

#include "defect.h"
#include <glib/gi18n-lib.h>

static void
note_number (GHashTable *table, const char *device, gint64 number)
{
  g_hash_table_insert (table, g_strdup (device), g_memdup2 (&number, sizeof number));
}

/* Everything up to the last receipt has been decided, and is what this device meant. */
static void
note_confirmed (BatonEngine *engine, json_t *receipts)
{
  size_t n = json_array_size (receipts);

  if (n > 0)
    note_number (engine->confirmed, engine->pushed,
        baton_wire_int (json_array_get (receipts, n - 1), "n", 0) +
            (BATON_DEFECT (CONFIRMED_TOO_MUCH) ? 2 : 0));
}

static void
note_position (BatonEngine *engine, json_t *root)
{
  engine->head = baton_wire_int (root, "head", engine->head);
  engine->backup = baton_wire_int (root, "backup", engine->backup);
  /* With every answer, so that a clock that was put right is not held against it. */
  if (baton_wire_int (root, "time", 0) > 0)
    engine->offset = baton_wire_int (root, "time", 0) - engine->host.wall (engine->host_data);
}

/* hello */

static void
hello_reply (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  const char *epoch = baton_wire_text (root, "epoch");

  if (epoch == NULL)
    {
      baton_engine_set_state (engine, BATON_SYNC_SIGN_IN, _ ("Sign in to go on."));
      return;
    }
  engine->protocol = (int) baton_wire_int (root, "protocol", 1);
  note_position (engine, root);
  if (engine->place.epoch == NULL)
    {
      engine->greeted = TRUE;
      baton_engine_begin_sharing (engine, root);
      return;
    }
  if (!g_str_equal (engine->place.epoch, epoch))
    {
      baton_engine_follow_epoch (engine, root);
      return;
    }
  engine->greeted = TRUE;
  engine->nudged = TRUE;
  engine->poll_at = engine->host.monotonic (engine->host_data) + BATON_ENGINE_POLL;
  engine->fetched = engine->place.cursor;
  note_number (engine->last, engine->place.device, baton_wire_int (root, "last", 0));
}

void
baton_engine_say_hello (BatonEngine *engine)
{
  BatonCall *call;

  /* The first thing of all is to know where this workspace stands. */
  if (engine->place.device == NULL)
    {
      baton_work_run (baton_work_new (engine, NULL, NULL));
      return;
    }
  call = baton_call_new (BATON_CALL_HELLO);
  call->body =
      baton_wire_hello (engine->program, engine->place.device, engine->place.epoch, engine->place.cursor);
  baton_engine_call (engine, call, hello_reply);
}

/* Entries and refusals. */

static gboolean
take_entries (BatonEngine *engine, json_t *root)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = baton_wire_entries (json_object_get (root, "entries"), FALSE, &error);

  if (entries == NULL)
    {
      baton_engine_fail (engine, error->message, 30);
      return FALSE;
    }
  for (guint i = 0; i < entries->len; i++)
    {
      BatonArrival *arrival = g_ptr_array_index (entries, i);

      if (arrival->seq != engine->fetched + 1)
        continue;
      g_ptr_array_add (engine->arrivals, arrival);
      g_ptr_array_index (entries, i) = NULL;
      engine->fetched = arrival->seq;
    }
  g_ptr_array_set_free_func (entries, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      if (g_ptr_array_index (entries, i) != NULL)
        baton_arrival_free (g_ptr_array_index (entries, i));
    }
  return TRUE;
}

static void
apply (BatonStore *store, BatonWork *work)
{
  /* A workspace that was restored from its own backup meanwhile has another cursor: then nothing is in line.
   */
  baton_store_follow (store, work->arrivals, work->refusals, work->at, &work->followed, &work->error);
}

static void
note_broken (BatonEngine *engine)
{
  gint64 now = engine->host.monotonic (engine->host_data);

  if (engine->resnapped_at == 0 || now - engine->resnapped_at > BATON_ENGINE_RESNAP)
    engine->resnap = TRUE;
  else
    baton_engine_fail (
        engine, _ ("This workspace does not follow its server rightly. Your work is kept."), 60);
}

static void
applied (BatonEngine *engine, BatonWork *work)
{
  if (work->followed.copied)
    {
      baton_engine_forget_connection (engine);
      return;
    }
  engine->fetched = engine->place.cursor;
  if (engine->arrivals->len > 0)
    engine->fetched = ((BatonArrival *) g_ptr_array_index (engine->arrivals, engine->arrivals->len - 1))->seq;
  /* What the rules refuse here although everything before it is known: this replica is broken. */
  if (work->followed.unapplied > 0 && !engine->place.behind)
    note_broken (engine);
  engine->nudged = engine->nudged || engine->place.pending > 0;
}

void
baton_engine_apply (BatonEngine *engine)
{
  BatonWork *work = baton_work_new (engine, apply, applied);

  work->arrivals = g_steal_pointer (&engine->arrivals);
  work->refusals = g_steal_pointer (&engine->refusals);
  engine->arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_arrival_free);
  engine->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_refusal_free);
  baton_work_run (work);
}

/* pull */

static void
pull_reply (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  note_position (engine, root);
  engine->poll_at = engine->host.monotonic (engine->host_data) + BATON_ENGINE_POLL;
  if (json_object_get (root, "last") != NULL)
    note_number (engine->last, engine->place.device, baton_wire_int (root, "last", 0));
  take_entries (engine, root);
}

void
baton_engine_pull (BatonEngine *engine)
{
  BatonCall *call = baton_call_new (BATON_CALL_PULL);

  call->epoch = g_strdup (engine->place.epoch);
  call->device = g_strdup (engine->place.device);
  call->number = engine->fetched;
  call->most = BATON_ENGINE_MOST_ENTRIES;
  baton_engine_call (engine, call, pull_reply);
}

/* push */

/* What was accepted before the moment of the snapshot that this workspace began with: it is here already, and
 * history brings its entry. */
static void
add_seen (BatonEngine *engine, json_t *receipts, GPtrArray *refusals)
{
  size_t i;
  json_t *receipt;

  json_array_foreach (receipts, i, receipt)
    {
      gint64 seq = baton_wire_int (receipt, "seq", G_MAXINT64);

      if (seq <= engine->place.cursor && seq < engine->place.history_from)
        g_ptr_array_add (refusals,
            baton_refusal_new (engine->pushed, baton_wire_int (receipt, "n", 0), BATON_REFUSAL_SEEN, NULL));
    }
}

static void
push_reply (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  GPtrArray *refusals = baton_wire_refusals (json_object_get (root, "receipts"), engine->pushed);

  add_seen (engine, json_object_get (root, "receipts"), refusals);
  note_position (engine, root);
  note_number (engine->last, engine->pushed, baton_wire_int (root, "last", 0));
  engine->gaps = 0;
  note_confirmed (engine, json_object_get (root, "receipts"));
  engine->nudged = TRUE; /* there may be more than one push takes */
  if (BATON_DEFECT (REFUSALS_LOST))
    g_ptr_array_set_size (refusals, 0);
  g_ptr_array_extend_and_steal (engine->refusals, refusals);
  if (take_entries (engine, root) && baton_wire_int (root, "retry", 0) > 0)
    baton_engine_fail (engine, _ ("The server asks to wait."), (int) baton_wire_int (root, "retry", 0));
}

static void
decided (const char *device, gint64 *last, gint64 *confirmed, gpointer data)
{
  BatonWork *work = data;
  const gint64 *number = g_hash_table_lookup (work->last, device);

  *last = number != NULL ? *number : -1;
  number = g_hash_table_lookup (work->confirmed, device);
  *confirmed = number != NULL ? *number : 0;
}

static void
look_outbox (BatonStore *store, BatonWork *work)
{
  work->outgoing = baton_store_outbox (
      store, decided, work, work->most, BATON_ENGINE_MOST_BYTES, &work->device, &work->error);
}

static void
push (BatonEngine *engine, BatonWork *work)
{
  gboolean together = engine->protocol >= 2 && engine->arrivals->len == 0;
  BatonCall *call;

  if (work->outgoing->len == 0)
    return;
  call = baton_call_new (BATON_CALL_PUSH);
  g_free (engine->pushed);
  engine->pushed = g_strdup (work->device);
  call->device = g_strdup (work->device);
  call->body = baton_wire_push (work->device, engine->place.epoch, engine->host.wall (engine->host_data),
      engine->host.boot (engine->host_data), work->outgoing, engine->place.cursor,
      together ? BATON_ENGINE_MOST_ENTRIES : 0);
  baton_engine_call (engine, call, push_reply);
}

static GHashTable *
copy_numbers (GHashTable *numbers)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer device, last;

  g_hash_table_iter_init (&iter, numbers);
  while (g_hash_table_iter_next (&iter, &device, &last))
    g_hash_table_insert (copy, g_strdup (device), g_memdup2 (last, sizeof (gint64)));
  return copy;
}

void
baton_engine_look_outbox (BatonEngine *engine)
{
  BatonWork *work = baton_work_new (engine, look_outbox, push);

  engine->nudged = FALSE;
  work->last = copy_numbers (engine->last);
  work->confirmed = copy_numbers (engine->confirmed);
  work->most = engine->most;
  baton_work_run (work);
}

/* The live channel. */

static void
take_tail (BatonEngine *engine, json_t *root)
{
  gint64 head = baton_wire_int (root, "head", 0);

  /* Another epoch is found out by asking. */
  if (g_strcmp0 (baton_wire_text (root, "epoch"), engine->place.epoch) != 0)
    {
      engine->poll_at = 0;
      return;
    }
  engine->head = MAX (engine->head, head);
  if (!engine->calling)
    take_entries (engine, root);
}

void
baton_engine_hear (BatonEngine *engine, const char *text, gsize length)
{
  g_autoptr (json_t) root = NULL;
  const char *what;

  if (text == NULL || length == 0)
    {
      if (engine->alive && text != NULL)
        baton_engine_doubt (engine);
      return;
    }
  if (!baton_wire_is_sound (text, length))
    {
      /* Changed on its way: the truth is asked for. */
      engine->poll_at = 0;
      baton_engine_advance (engine);
      return;
    }
  root = baton_wire_parse (text, length);
  what = baton_wire_text (root, "t");
  if (!engine->alive || !engine->greeted || what == NULL)
    return;
  if (g_str_equal (what, "head") || g_str_equal (what, "tail"))
    take_tail (engine, root);
  else if (engine->host.live != NULL)
    engine->host.live (text, length, engine->host_data);
  baton_engine_advance (engine);
}

void
baton_engine_say_where (BatonEngine *engine, const char *board, const char *card)
{
  g_autoptr (json_t) root = json_object ();
  g_autofree char *text = NULL;

  if (engine->transport->say == NULL)
    return;
  json_object_set_new (root, "t", json_string ("at"));
  if (board != NULL)
    json_object_set_new (root, "board", json_string (board));
  if (card != NULL)
    json_object_set_new (root, "card", json_string (card));
  text = baton_wire_dump (root);
  engine->transport->say (engine->transport, text);
}
