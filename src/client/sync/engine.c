/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "engine-private.h"

#include <glib/gi18n-lib.h>

#define MOST_WAIT (20 * G_USEC_PER_SEC)
#define FIRST_WAIT (2 * G_USEC_PER_SEC)
#define AFTER_A_DEFECT (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
clear_place (BatonPlace *place)
{
  g_free (place->epoch);
  g_free (place->device);
  g_free (place->lineage);
  *place = (BatonPlace){ 0 };
}

/* A random time in [0, most]. */
static gint64
random_below (BatonEngine *engine, gint64 most)
{
  return (gint64) ((double) engine->host.random (engine->host_data) / G_MAXUINT32 * (double) most);
}

static gint64
now (BatonEngine *engine)
{
  return engine->host.monotonic (engine->host_data);
}

BatonEngine *
baton_engine_new (const BatonEngineHost *host, gpointer host_data, BatonTransport *transport,
    const char *program, const char *device_boot)
{
  BatonEngine *engine = g_new0 (BatonEngine, 1);

  engine->host = *host;
  engine->host_data = host_data;
  engine->transport = transport;
  engine->program = g_strdup (program);
  engine->device_boot = g_strdup (device_boot);
  engine->most = BATON_ENGINE_MOST_OPS;
  engine->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  engine->confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  engine->arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_arrival_free);
  engine->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_refusal_free);
  engine->place.history_from = 1;
  return engine;
}

/* Store work that is on its way holds the engine; what it brings is ignored. */
static void
really_free (BatonEngine *engine)
{
  clear_place (&engine->place);
  g_hash_table_unref (engine->last);
  g_hash_table_unref (engine->confirmed);
  g_ptr_array_unref (engine->arrivals);
  g_ptr_array_unref (engine->refusals);
  g_free (engine->program);
  g_free (engine->device_boot);
  g_free (engine->board);
  g_free (engine->message);
  g_free (engine->snapshot_id);
  g_free (engine->snapshot_epoch);
  g_free (engine->snapshot_lineage);
  g_free (engine->pushed);
  g_free (engine);
}

void
baton_engine_free (BatonEngine *engine)
{
  baton_engine_stop (engine);
  g_clear_pointer (&engine->transport, baton_transport_free);
  if (!engine->busy)
    really_free (engine);
}

void
baton_engine_set_state (BatonEngine *engine, BatonSyncState state, const char *message)
{
  if (engine->message != message)
    {
      g_free (engine->message);
      engine->message = g_strdup (message);
    }
  engine->state = state;
  engine->host.status (engine->host_data);
}

/* What was on its way is not of this connection any more. */
void
baton_engine_forget_connection (BatonEngine *engine)
{
  engine->greeted = FALSE;
  g_hash_table_remove_all (engine->last);
  g_hash_table_remove_all (engine->confirmed);
  g_ptr_array_set_size (engine->arrivals, 0);
  engine->fetched = 0;
}

static void
set_alarm (BatonEngine *engine, gint64 at)
{
  engine->host.alarm (at, engine->host_data);
}

void
baton_engine_fail (BatonEngine *engine, const char *message, int retry_after)
{
  gint64 cap = MIN (MOST_WAIT, G_USEC_PER_SEC << MIN (engine->failures, 10));
  gint64 asked = retry_after * G_USEC_PER_SEC;

  engine->failures++;
  baton_engine_forget_connection (engine);
  engine->not_before = now (engine) + MAX (random_below (engine, cap),
                                          asked > 0 ? asked + random_below (engine, asked / 2) : 0);
  set_alarm (engine, engine->not_before);
  baton_engine_set_state (engine, BATON_SYNC_OFFLINE, message);
}

/* Store work. */

BatonWork *
baton_work_new (BatonEngine *engine, BatonWorkFunc func, void (*then) (BatonEngine *, BatonWork *))
{
  BatonWork *work = g_new0 (BatonWork, 1);

  work->engine = engine;
  work->generation = engine->generation;
  work->func = func;
  work->then = then;
  work->at = engine->host.wall (engine->host_data);
  return work;
}

static void
work_free (BatonWork *work)
{
  clear_place (&work->place);
  baton_followed_clear (&work->followed);
  g_clear_error (&work->error);
  g_clear_pointer (&work->arrivals, g_ptr_array_unref);
  g_clear_pointer (&work->refusals, g_ptr_array_unref);
  g_clear_pointer (&work->last, g_hash_table_unref);
  g_clear_pointer (&work->confirmed, g_hash_table_unref);
  g_clear_pointer (&work->outgoing, g_ptr_array_unref);
  g_free (work->epoch);
  g_free (work->lineage);
  g_free (work->text);
  g_free (work->device);
  g_free (work);
}

static void
look (BatonStore *store, BatonPlace *place)
{
  BatonReader *reader = baton_store_reader (store);

  place->pending = baton_store_is_shared (store) ? baton_store_count_pending (store) : 0;
  place->attention = baton_reader_count_attention (reader, BATON_ATTENTION_REFUSED);
  place->replaced = baton_reader_count_attention (reader, BATON_ATTENTION_REPLACED);
  place->cursor = baton_store_cursor (store);
  place->history_from = baton_store_history_from (store);
  place->epoch = g_strdup (baton_store_epoch (store));
  place->device = g_strdup (baton_store_device (store));
  place->lineage = baton_store_lineage (store);
  place->empty = baton_reader_last_seq (reader) == 0;
  place->behind = baton_store_is_behind (store);
}

static void
work_run (BatonStore *store, gpointer data)
{
  BatonWork *work = data;

  if (work->func != NULL)
    work->func (store, work);
  look (store, &work->place);
}

static void
take_place (BatonEngine *engine, BatonWork *work)
{
  gint64 held = engine->place.held;
  gboolean moved =
      engine->place.cursor != work->place.cursor || engine->place.pending != work->place.pending ||
      engine->place.attention != work->place.attention || engine->place.replaced != work->place.replaced;

  clear_place (&engine->place);
  engine->place = work->place;
  engine->place.held = work->followed.arrived > 0 ? work->followed.held : MIN (held, work->place.pending);
  work->place = (BatonPlace){ 0 };
  if (engine->fetched < engine->place.cursor)
    engine->fetched = engine->place.cursor;
  if (moved && engine->alive)
    engine->host.status (engine->host_data);
}

static void
work_done (gpointer data)
{
  BatonWork *work = data;
  BatonEngine *engine = work->engine;

  engine->busy = FALSE;
  if (engine->transport == NULL)
    {
      really_free (engine);
      work_free (work);
      return;
    }
  if (work->error == NULL)
    {
      take_place (engine, work);
      /* What was stored is told, whatever became of the engine meanwhile. */
      if (work->followed.effect != NULL || work->followed.reload || work->followed.copied ||
          work->followed.refused > 0 || work->followed.replaced > 0)
        engine->host.followed (&work->followed, engine->host_data);
    }
  if (work->generation == engine->generation && engine->alive)
    {
      if (work->error != NULL)
        baton_engine_fail (engine, work->error->message, 10);
      else if (work->then != NULL)
        work->then (engine, work);
    }
  work_free (work);
  baton_engine_advance (engine);
}

void
baton_work_run (BatonWork *work)
{
  BatonEngine *engine = work->engine;

  g_return_if_fail (!engine->busy);
  engine->busy = TRUE;
  engine->uncounted = FALSE;
  engine->host.run (work_run, work_done, work, engine->host_data);
}

/* What is next. */

static void live_cb (const char *text, gsize length, gpointer data);

/* As soon as the server has answered, also when there is nothing to ask it. */
static void
listen_to_server (BatonEngine *engine)
{
  if (!engine->greeted || engine->live || engine->transport->listen == NULL)
    return;
  engine->live = TRUE;
  engine->transport->listen (engine->transport, live_cb, engine);
}

static void
rest (BatonEngine *engine)
{
  gint64 at = now (engine);

  listen_to_server (engine);
  if (engine->poll_at <= at)
    engine->poll_at = at + BATON_ENGINE_POLL;
  set_alarm (engine, engine->poll_at);
  if (engine->state != BATON_SYNC_IN_STEP)
    baton_engine_set_state (engine, BATON_SYNC_IN_STEP, NULL);
}

static gboolean
waits_for_people (BatonEngine *engine)
{
  return engine->state == BATON_SYNC_SIGN_IN || engine->state == BATON_SYNC_VERSION;
}

static void
act (BatonEngine *engine)
{
  gboolean due = now (engine) >= engine->poll_at;

  if (!engine->greeted)
    baton_engine_say_hello (engine);
  else if (baton_engine_wants_snapshot (engine))
    baton_engine_next_of_snapshot (engine);
  else if (engine->refusals->len > 0 ||
           engine->arrivals->len >= MAX (BATON_ENGINE_MOST_ENTRIES, MIN (4 * engine->place.pending, 20000)))
    baton_engine_apply (engine);
  else if (engine->nudged)
    baton_engine_look_outbox (engine);
  else if (engine->fetched < engine->head || due)
    baton_engine_pull (engine);
  else if (engine->arrivals->len > 0)
    baton_engine_apply (engine);
  else if (engine->place.history_from > 1)
    baton_engine_fill_history (engine);
  else
    rest (engine);
}

void
baton_engine_advance (BatonEngine *engine)
{
  gboolean waits = waits_for_people (engine) || now (engine) < engine->not_before;

  if (!engine->alive || engine->busy)
    return;
  /* Who waits for the server is told what waits with them. */
  if (waits && engine->uncounted)
    {
      baton_work_run (baton_work_new (engine, NULL, NULL));
      return;
    }
  if (waits_for_people (engine))
    return;
  if (waits)
    {
      set_alarm (engine, engine->not_before);
      return;
    }
  act (engine);
}

static void
note_boot (BatonStore *store, BatonWork *work)
{
  baton_store_note_boot (store, work->text, &work->error);
}

static void
live_cb (const char *text, gsize length, gpointer data)
{
  baton_engine_hear (data, text, length);
}

void
baton_engine_start (BatonEngine *engine, gboolean prompt)
{
  BatonWork *work;

  g_return_if_fail (!engine->alive);
  engine->alive = TRUE;
  engine->nudged = TRUE;
  engine->not_before = prompt ? 0 : now (engine) + random_below (engine, FIRST_WAIT);
  baton_engine_forget_connection (engine);
  baton_engine_set_state (engine, BATON_SYNC_WORKING, NULL);
  if (engine->busy)
    return;
  work = baton_work_new (engine, note_boot, NULL);
  work->text = g_strdup (engine->device_boot);
  baton_work_run (work);
}

void
baton_engine_stop (BatonEngine *engine)
{
  if (!engine->alive)
    return;
  engine->alive = FALSE;
  engine->generation++;
  if (engine->calling)
    {
      engine->transport->cancel (engine->transport);
      g_clear_pointer (&engine->calling, g_free);
      engine->busy = FALSE;
    }
  if (engine->live && engine->transport->listen != NULL)
    engine->transport->listen (engine->transport, NULL, NULL);
  engine->live = FALSE;
  baton_engine_forget_connection (engine);
  baton_engine_set_state (engine, BATON_SYNC_OFF, NULL);
}

void
baton_engine_wake (BatonEngine *engine)
{
  if (engine->state == BATON_SYNC_OFFLINE && engine->alive && now (engine) >= engine->not_before)
    engine->state = BATON_SYNC_WORKING;
  baton_engine_advance (engine);
}

void
baton_engine_doubt (BatonEngine *engine)
{
  engine->poll_at = now (engine) + random_below (engine, FIRST_WAIT);
  if (!engine->busy && engine->state == BATON_SYNC_IN_STEP)
    set_alarm (engine, engine->poll_at);
}

void
baton_engine_nudge (BatonEngine *engine)
{
  engine->nudged = TRUE;
  engine->uncounted = TRUE;
  baton_engine_advance (engine);
}

void
baton_engine_resume (BatonEngine *engine)
{
  if (!engine->alive)
    return;
  engine->failures = 0;
  engine->not_before = MIN (engine->not_before, now (engine) + random_below (engine, FIRST_WAIT));
  if (engine->state != BATON_SYNC_IN_STEP)
    baton_engine_set_state (engine, BATON_SYNC_WORKING, NULL);
  engine->poll_at = 0;
  baton_engine_advance (engine);
}

void
baton_engine_status (BatonEngine *engine, BatonSyncStatus *status)
{
  *status = (BatonSyncStatus){ .state = engine->state,
    .pending = engine->place.pending,
    .held = engine->place.held,
    .attention = engine->place.attention,
    .replaced = engine->place.replaced,
    .cursor = engine->place.cursor,
    .head = engine->head,
    .backup = engine->backup,
    .offset = engine->offset,
    .next_try = engine->not_before,
    .parts = engine->parts,
    .parts_here = engine->next_part,
    .history_from = engine->place.history_from,
    .message = engine->message };
}

void
baton_engine_set_board (BatonEngine *engine, const char *board)
{
  g_free (engine->board);
  engine->board = g_strdup (board);
}

/* Calls. */

typedef struct
{
  BatonEngine *engine;
  BatonReplyFunc reply;
} Calling;

static void
stop_for (BatonEngine *engine, BatonSyncState state, const char *message)
{
  baton_engine_forget_connection (engine);
  engine->not_before = now (engine) + AFTER_A_DEFECT;
  set_alarm (engine, engine->not_before);
  baton_engine_set_state (engine, state, message);
}

static void
take_gap (BatonEngine *engine, json_t *root)
{
  /* The next push begins where the server says; should that not help, it is no more than a passing error. */
  if (engine->gaps++ > 3)
    baton_engine_fail (engine, _ ("The server and this device count differently."), 30);
  else
    {
      g_hash_table_insert (engine->last, g_strdup (engine->pushed),
          g_memdup2 (&(gint64){ baton_wire_int (root, "last", 0) }, sizeof (gint64)));
      engine->nudged = TRUE;
    }
}

static void
take_repair (BatonEngine *engine, const char *code, json_t *root, const char *message)
{
  if (g_strcmp0 (code, "epoch") == 0 || g_strcmp0 (code, "ahead") == 0)
    baton_engine_follow_epoch (engine, root);
  else if (g_strcmp0 (code, "copied") == 0)
    baton_engine_renumber (engine, baton_wire_int (root, "number", 1));
  else if (g_strcmp0 (code, "gap") == 0)
    take_gap (engine, root);
  else
    baton_engine_fail (engine, message, 0);
}

/* An answer that is none of Baton's: a web server in front of it speaks. */
static const char *
words_of_proxy (guint status)
{
  return status >= 502 && status <= 504
             ? _ ("The server is not running just now; only the web server in front of it answers. "
                  "Everything stays here.")
             : _ ("The server has a problem.");
}

static void
take_error (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  const char *code = baton_wire_text (root, "error");
  const char *message = baton_wire_text (root, "message");
  int retry = MAX (answer->retry_after, (int) baton_wire_int (root, "retry", 0));

  if (answer->status == 401)
    stop_for (engine, BATON_SYNC_SIGN_IN, message);
  else if (answer->status == 426)
    stop_for (engine, BATON_SYNC_VERSION, message);
  else if (answer->status == 409)
    take_repair (engine, code, root, message);
  else if (answer->status == 410)
    g_clear_pointer (&engine->snapshot_id, g_free);
  else if (answer->status == 413 && engine->most > 1)
    engine->most /= 2;
  else if (answer->status == 0)
    baton_engine_fail (engine, answer->text, 0);
  else if (answer->status >= 400 && answer->status < 500 && answer->status != 429)
    stop_for (engine, BATON_SYNC_FAILED, message);
  else
    baton_engine_fail (engine, message != NULL ? message : words_of_proxy (answer->status), retry);
}

static void
answered_cb (const BatonAnswer *answer, gpointer data)
{
  Calling *calling = data;
  BatonEngine *engine = calling->engine;
  g_autoptr (json_t) root = NULL;

  engine->calling = NULL;
  engine->busy = FALSE;
  if (answer->status != 0)
    root = baton_wire_parse (answer->text, answer->length);
  if (answer->status == 200 && root != NULL)
    {
      engine->failures = 0;
      calling->reply (engine, root, answer);
    }
  else if (answer->status == 200)
    baton_engine_fail (engine, _ ("The server’s answer cannot be read."), 0);
  else
    take_error (engine, root, answer);
  g_free (calling);
  baton_engine_advance (engine);
}

void
baton_engine_call (BatonEngine *engine, BatonCall *call, BatonReplyFunc reply)
{
  Calling *calling = g_new0 (Calling, 1);

  g_return_if_fail (!engine->busy);
  calling->engine = engine;
  calling->reply = reply;
  engine->busy = TRUE;
  engine->calling = calling;
  if (engine->state == BATON_SYNC_OFFLINE || engine->state == BATON_SYNC_FAILED)
    baton_engine_set_state (engine, BATON_SYNC_WORKING, NULL);
  engine->transport->call (engine->transport, call, answered_cb, calling);
  listen_to_server (engine);
}
