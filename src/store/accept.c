/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "defect.h"
#include "baton-error.h"
#include "codec.h"
#include "json.h"
#include "log.h"
#include "naming-template.h"
#include "rows.h"
#include "tables.h"
#include "undo-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The server's side: deciding operations, and giving out the log. */

gboolean
baton_store_begin (BatonStore *store, GError **error)
{
  return baton_store_check_writable (store, error) && baton_db_exec (store->db, "BEGIN IMMEDIATE", error);
}

gboolean
baton_store_end (BatonStore *store, GError **error)
{
  if (baton_store_commit (store, error))
    return TRUE;
  baton_store_roll_back (store);
  return FALSE;
}

void
baton_store_abort (BatonStore *store)
{
  baton_store_roll_back (store);
}

gint64
baton_reader_device_last (BatonReader *reader, const char *device)
{
  g_autofree char *text = baton_db_text (reader,
      "SELECT max (coalesce ((SELECT max (number) FROM log WHERE device = d.id), 0),"
      " coalesce ((SELECT max (number) FROM refused WHERE device = d.id), 0)) FROM device d WHERE d.name = ?",
      device);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* The person whose account used this device first; NULL when it is new. */
static char *
device_owner (BatonDb *db, const char *device)
{
  return baton_db_text (db,
      "SELECT coalesce (author, person) FROM log WHERE device = (SELECT id FROM device WHERE name = ?)"
      " ORDER BY number LIMIT 1",
      device);
}

static BatonDecided
decided_before (
    BatonStore *store, const BatonSubmission *submission, gint64 *seq, BatonRefusal **refusal, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (store->db,
      "SELECT log.seq, log.hash, refused.code, refused.why, refused.hash FROM device"
      " LEFT JOIN log ON log.device = device.id AND log.number = ?2"
      " LEFT JOIN refused ON refused.device = device.id AND refused.number = ?2 WHERE device.name = ?1",
      error);
  g_autoptr (BatonCachedStatement) held = statement;
  guint8 hash[BATON_HASH_BYTES];
  gboolean found;
  int column;

  if (statement == NULL)
    return BATON_DECIDED_FAILED;
  baton_bind_text (statement, 1, submission->device);
  sqlite3_bind_int64 (statement, 2, submission->number);
  if (!baton_db_step (store->db, statement, &found, error) || !found)
    return BATON_DECIDED_FAILED;
  column = sqlite3_column_type (statement, 0) != SQLITE_NULL ? 1 : 4;
  /* A void fits everything, and what was void fits everything: who sends one has its operation aside,
   * whatever another copy of the profile has done with the number. */
  if (submission->op != NULL && sqlite3_column_bytes (statement, column) == BATON_HASH_BYTES)
    {
      baton_log_hash_op (submission->op, hash);
      if (memcmp (hash, sqlite3_column_blob (statement, column), sizeof hash) != 0 &&
          !BATON_DEFECT (HASH_UNCHECKED))
        return BATON_DECIDED_COPIED;
    }
  if (column == 1)
    *seq = sqlite3_column_int64 (statement, 0);
  else
    *refusal = baton_refusal_new (submission->device, submission->number,
        (const char *) sqlite3_column_text (statement, 2), (const char *) sqlite3_column_text (statement, 3));
  return BATON_DECIDED_BEFORE;
}

static gboolean
note_refused (
    BatonStore *store, const BatonSubmission *submission, const BatonRefusal *refusal, GError **error)
{
  gint64 device = baton_log_device (store->db, submission->device, error);
  sqlite3_stmt *statement = baton_db_prepare (store->db,
      "INSERT INTO refused (device, number, hash, code, why, at) VALUES (?, ?, ?, ?, ?, ?)", error);
  guint8 hash[BATON_HASH_BYTES];

  if (device == 0 || statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, device);
  sqlite3_bind_int64 (statement, 2, submission->number);
  if (submission->op != NULL)
    {
      baton_log_hash_op (submission->op, hash);
      sqlite3_bind_blob (statement, 3, hash, sizeof hash, SQLITE_STATIC);
    }
  baton_bind_text (statement, 4, refusal->code);
  baton_bind_text (statement, 5, refusal->why);
  sqlite3_bind_int64 (statement, 6, submission->received);
  return baton_db_run (store->db, statement, error);
}

static BatonDecided
refuse (BatonStore *store, const BatonSubmission *submission, const char *code, const char *why,
    BatonRefusal **refusal, GError **error)
{
  g_autoptr (BatonRefusal) refused = baton_refusal_new (submission->device, submission->number, code, why);

  if (!BATON_DEFECT (REFUSAL_UNNOTED) && !note_refused (store, submission, refused, error))
    return BATON_DECIDED_FAILED;
  *refusal = g_steal_pointer (&refused);
  return BATON_DECIDED_REFUSED;
}

static BatonDecided
refuse_for (BatonStore *store, const BatonSubmission *submission, const GError *reason,
    BatonRefusal **refusal, GError **error)
{
  return refuse (store, submission, baton_error_name (reason->code), reason->message, refusal, error);
}

/* The latest time of an operation of this card. Times of one card never run backwards, so it is that of the
 * last one. */
static gint64
card_time (BatonDb *db, const char *card)
{
  g_autofree char *text =
      baton_db_text (db, "SELECT at FROM log WHERE seq = (SELECT max (seq) FROM touch WHERE card = ?)", card);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* The latest time of any card that this effect touches. */
static gint64
latest_time (BatonDb *db, const BatonEffect *effect)
{
  gint64 latest = 0;

  for (guint i = 0; i < effect->cards->len; i++)
    latest = MAX (latest, card_time (db, g_ptr_array_index (effect->cards, i)));
  return latest;
}

/* Tries the operation at the time that it is believed to have happened; when that is before something that
 * happened to one of its cards, at that one's time: no card's time runs backwards. */
static BatonEffect *
try_in_time (BatonStore *store, BatonOp *op, BatonQuality *quality, GError **refusal, GError **error)
{
  g_autoptr (BatonEffect) effect = baton_store_try (store->db, store->view, op, refusal, error);
  gint64 latest = effect != NULL ? latest_time (store->db, effect) : 0;

  if (latest <= op->at || BATON_DEFECT (TIME_BACKWARDS))
    return g_steal_pointer (&effect);
  op->at = latest;
  *quality = BATON_QUALITY_CLAMPED;
  if (!baton_sql_view_take_back (store->view, error))
    return NULL;
  return baton_store_try (store->db, store->view, op, refusal, error);
}

static BatonDecided
accept (
    BatonStore *store, const BatonSubmission *submission, gint64 *seq, BatonRefusal **refusal, GError **error)
{
  BatonOp *op = submission->op;
  gint64 wall = op->at;
  BatonQuality quality = submission->quality;
  g_autoptr (GError) reason = NULL;
  g_autoptr (BatonEffect) effect = NULL;
  BatonDecided decided = BATON_DECIDED_FAILED;

  if (!baton_naming_check (op, &reason))
    return refuse_for (store, submission, reason, refusal, error);
  if (!baton_undo_check (store->db, submission, &reason, error))
    return reason != NULL ? refuse_for (store, submission, reason, refusal, error) : BATON_DECIDED_FAILED;
  op->at = submission->happened;
  effect = try_in_time (store, op, &quality, &reason, error);
  if (effect != NULL)
    {
      const BatonLogPlace place = { .seq = store->last_seq + 1,
        .received = submission->received,
        .quality = quality,
        .wall = op->at != wall ? wall : 0,
        .author = g_strcmp0 (submission->author, op->person) != 0 ? submission->author : NULL };

      if (baton_log_derive (store->db, place.seq, op, effect, error) &&
          baton_log_append (store->db, op, &place, seq, error))
        {
          baton_sql_view_commit (store->view);
          store->last_seq = *seq;
          decided = BATON_DECIDED_ACCEPTED;
        }
    }
  op->at = wall;
  if (reason != NULL)
    decided = refuse_for (store, submission, reason, refusal, error);
  return decided;
}

BatonDecided
baton_store_decide (
    BatonStore *store, const BatonSubmission *submission, gint64 *seq, BatonRefusal **refusal, GError **error)
{
  gint64 last = baton_reader_device_last (store->db, submission->device);
  g_autofree char *owner = NULL;

  *seq = 0;
  *refusal = NULL;
  if (submission->number <= last)
    return decided_before (store, submission, seq, refusal, error);
  if (submission->number != last + 1)
    return BATON_DECIDED_GAP;
  if (submission->op == NULL)
    return refuse (store, submission, "void", NULL, refusal, error);
  owner = last > 0 ? device_owner (store->db, submission->device) : NULL;
  if (owner != NULL && submission->author != NULL && !g_str_equal (owner, submission->author))
    return refuse (
        store, submission, "forbidden", _ ("This device belongs to another account."), refusal, error);
  if (submission->forbidden != NULL)
    return refuse (store, submission, "forbidden", submission->forbidden, refusal, error);
  if (submission->op->verb == BATON_VERB_UNKNOWN)
    return refuse (store, submission, "unknown",
        _ ("The server does not know this kind of change yet. It has to be updated first."), refusal, error);
  return accept (store, submission, seq, refusal, error);
}

/* The log's columns as an operation's JSON object: the envelope before the values that are kept as text. */
static void
write_op (BatonJson *json, sqlite3_stmt *statement)
{
  const char *body = (const char *) sqlite3_column_text (statement, 9);
  const char *optional;
  GString *out = json->text;

  /* What this Baton does not know is kept whole. */
  if (strstr (body, "\"verb\":") != NULL)
    {
      g_string_append (out, "\"op\":");
      g_string_append (out, body);
      return;
    }
  baton_json_begin_object (json, "op");
  baton_json_int (json, "v", BATON_OP_VERSION);
  baton_json_string (json, "dev", (const char *) sqlite3_column_text (statement, 1));
  baton_json_int (json, "n", sqlite3_column_int64 (statement, 2));
  baton_json_string (json, "verb", (const char *) sqlite3_column_text (statement, 3));
  if ((optional = (const char *) sqlite3_column_text (statement, 4)) != NULL)
    baton_json_string (json, "person", optional);
  baton_json_int (json, "at", sqlite3_column_int64 (statement, 5));
  if (sqlite3_column_int64 (statement, 6) != 0)
    baton_json_int (json, "boot", sqlite3_column_int64 (statement, 6));
  baton_json_int (json, "base", sqlite3_column_int64 (statement, 7));
  if ((optional = (const char *) sqlite3_column_text (statement, 8)) != NULL)
    baton_json_string (json, "batch", optional);
  if (body[0] == '{' && body[1] != '}')
    {
      g_string_append_c (out, ',');
      g_string_append (out, body + 1);
      json->comma = TRUE;
    }
  else
    baton_json_end_object (json);
}

static void
write_history (BatonJson *json, BatonReader *reader, sqlite3_stmt *statement)
{
  sqlite3_stmt *cards = baton_db_prepare (reader, "SELECT card FROM touch WHERE seq = ? ORDER BY card", NULL);
  const char *effect = (const char *) sqlite3_column_text (statement, 15);
  const char *board = (const char *) sqlite3_column_text (statement, 16);

  if (effect == NULL)
    return;
  g_string_append (json->text, ",\"effect\":");
  g_string_append (json->text, effect);
  if (board != NULL)
    baton_json_string (json, "board", board);
  baton_json_begin_array (json, "cards");
  sqlite3_bind_int64 (cards, 1, sqlite3_column_int64 (statement, 0));
  while (sqlite3_step (cards) == SQLITE_ROW)
    baton_json_string (json, NULL, (const char *) sqlite3_column_text (cards, 0));
  sqlite3_reset (cards);
  baton_json_end_array (json);
}

static void
write_entry (GString *out, BatonReader *reader, sqlite3_stmt *statement, gboolean history)
{
  const char *author = (const char *) sqlite3_column_text (statement, 12);
  BatonJson json;

  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  baton_json_int (&json, "seq", sqlite3_column_int64 (statement, 0));
  g_string_append_c (out, ',');
  json.comma = FALSE;
  write_op (&json, statement);
  json.comma = TRUE;
  baton_json_int (&json, "received", sqlite3_column_int64 (statement, 10));
  if (sqlite3_column_int64 (statement, 13) != sqlite3_column_int64 (statement, 5))
    baton_json_int (&json, "at", sqlite3_column_int64 (statement, 13));
  baton_json_string (&json, "q", baton_quality_name (sqlite3_column_int (statement, 11)));
  if (author != NULL)
    baton_json_string (&json, "author", author);
  if (history)
    write_history (&json, reader, statement);
  baton_json_end_object (&json);
}

#define ENTRY_COLUMNS                                                                               \
  "SELECT log.seq, device.name, number, verb, person, coalesce (wall, log.at), boot, base, batch, " \
  "log.body, received, quality, author, log.at, log.hash"

/* A page that was damaged on the disk may still look like a page; what it says is not passed on. */
static gboolean
check_entry (sqlite3_stmt *statement, gboolean history, GError **error)
{
  const char *effect = history ? (const char *) sqlite3_column_text (statement, 15) : NULL;
  guint8 hash[BATON_HASH_BYTES];

  if (effect != NULL &&
      sqlite3_column_int64 (statement, 17) !=
          baton_rows_effect_sum ((const char *) sqlite3_column_text (statement, 16), effect))
    return baton_rows_fail_sum ("effect", (const char *) sqlite3_column_text (statement, 0), error);
  if (baton_log_hash_row (statement, 1, hash) && sqlite3_column_bytes (statement, 14) == BATON_HASH_BYTES &&
      memcmp (sqlite3_column_blob (statement, 14), hash, BATON_HASH_BYTES) == 0)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("Operation %ld in the log is damaged."),
      (long) sqlite3_column_int64 (statement, 0));
  return FALSE;
}

gboolean
baton_reader_entries (BatonReader *reader, gint64 after, guint most, gsize bytes, gboolean history,
    GString *out, guint *n, gint64 *last, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      history ? ENTRY_COLUMNS
          ", effect.body, effect.board, effect.sum FROM log JOIN device ON device.id = log.device"
          " LEFT JOIN effect ON effect.seq = log.seq WHERE log.seq < ?"
          " ORDER BY log.seq DESC LIMIT ?"
              : ENTRY_COLUMNS " FROM log JOIN device ON device.id = log.device"
                              " WHERE log.seq > ? AND log.seq < 1152921504606846976 ORDER BY log.seq LIMIT ?",
      error);
  gsize begin = out->len;
  gboolean more = FALSE;
  gboolean ok = TRUE;

  *n = 0;
  *last = after;
  if (statement == NULL)
    return FALSE;
  if (BATON_DEFECT (ENTRY_LEFT_OUT) && !history && after % 16 == 3)
    after++;
  sqlite3_bind_int64 (statement, 1, after);
  sqlite3_bind_int64 (statement, 2, most);
  while (out->len - begin < bytes && (ok = baton_db_step (reader, statement, &more, error)) && more)
    {
      ok = check_entry (statement, history, error);
      if (!ok)
        break;
      if (*n > 0)
        g_string_append_c (out, ',');
      write_entry (out, reader, statement, history);
      *last = sqlite3_column_int64 (statement, 0);
      *n += 1;
    }
  sqlite3_reset (statement);
  return ok;
}

static gboolean
set_epoch (BatonStore *store, const char *epoch, const char *lineage, GError **error)
{
  return baton_meta_set (store->db, "server.lineage", lineage, error) &&
         baton_meta_set (store->db, "server.epoch", epoch, error);
}

gboolean
baton_store_new_epoch (BatonStore *store, GError **error)
{
  g_autofree char *epoch = baton_store_new_id ();
  g_autofree char *before = baton_meta_get (store->db, "server.lineage");
  g_autofree char *lineage = NULL;

  /* "[[…],[…]]" gets one more member. */
  if (before != NULL)
    before[strlen (before) - 1] = ',';
  lineage = g_strdup_printf (
      "%s[\"%s\",%" G_GINT64_FORMAT "]]", before != NULL ? before : "[", epoch, store->last_seq + 1);
  if (!baton_store_begin (store, error))
    return FALSE;
  if (set_epoch (store, epoch, lineage, error) && baton_store_end (store, error))
    return TRUE;
  baton_store_abort (store);
  return FALSE;
}

char *
baton_store_server_epoch (BatonStore *store, GError **error)
{
  char *epoch = baton_meta_get (store->db, "server.epoch");

  if (epoch != NULL)
    return epoch;
  /* A log without an epoch is no new workspace, but a damaged one. */
  if (baton_reader_last_seq (store->db) > 0)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_CORRUPT, _ ("The database is damaged (%s)."), "epoch");
      return NULL;
    }
  return baton_store_new_epoch (store, error) ? baton_meta_get (store->db, "server.epoch") : NULL;
}

char *
baton_reader_server_lineage (BatonReader *reader)
{
  return baton_meta_get (reader, "server.lineage");
}
