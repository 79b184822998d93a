/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "hub.h"

#include "defect.h"
#include "apply.h"
#include "baton-error.h"
#include "codec-json.h"
#include "hub-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <gio/gio.h>

/* A wall clock this near to the boot-time clock is believed: it says more exactly when something happened
 * than the way of a message does. */
#define NEAR (2 * G_USEC_PER_SEC)
#define LAST_TIME (G_GINT64_CONSTANT (253402300799) * G_USEC_PER_SEC) /* the end of the year 9999 */

struct _BatonHub
{
  BatonStore *store;
  char *folder;
  char *epoch;
  BatonHubAllow allow;
  gpointer allow_data;
};

static char *
restored_mark (const char *folder)
{
  return g_build_filename (folder, "restored", NULL);
}

/* A restored workspace has another future than the one that clients have seen. */
static gboolean
begin_epoch (BatonHub *hub, GError **error)
{
  g_autofree char *mark = restored_mark (hub->folder);
  gboolean restored = g_file_test (mark, G_FILE_TEST_EXISTS);

  if (restored && !BATON_DEFECT (EPOCH_KEPT) && !baton_store_new_epoch (hub->store, error))
    return FALSE;
  hub->epoch = baton_store_server_epoch (hub->store, error);
  if (hub->epoch != NULL && restored)
    g_unlink (mark);
  return hub->epoch != NULL;
}

BatonHub *
baton_hub_open (const char *folder, GError **error)
{
  g_autoptr (BatonHub) hub = g_new0 (BatonHub, 1);

  hub->folder = g_strdup (folder);
  hub->store = baton_store_open (folder, BATON_STORE_CREATE, error);
  if (hub->store == NULL)
    return NULL;
  if (baton_store_read_only_reason (hub->store) != NULL)
    {
      g_set_error_literal (
          error, BATON_ERROR, BATON_ERROR_READ_ONLY, baton_store_read_only_reason (hub->store));
      return NULL;
    }
  return begin_epoch (hub, error) ? g_steal_pointer (&hub) : NULL;
}

void
baton_hub_close (BatonHub *hub)
{
  g_clear_pointer (&hub->store, baton_store_close);
  g_free (hub->folder);
  g_free (hub->epoch);
  g_free (hub);
}

BatonStore *
baton_hub_store (BatonHub *hub)
{
  return hub->store;
}

const char *
baton_hub_database (BatonHub *hub)
{
  return baton_store_database (hub->store);
}

const char *
baton_hub_epoch (BatonHub *hub)
{
  return hub->epoch;
}

gint64
baton_hub_head (BatonHub *hub)
{
  return baton_reader_last_seq (baton_store_reader (hub->store));
}

void
baton_hub_set_allow (BatonHub *hub, BatonHubAllow allow, gpointer data)
{
  hub->allow = allow;
  hub->allow_data = data;
}

/* What a client says of a time is only a number: one outside the calendar would overflow what is reckoned. */
static gint64
time_within (gint64 at)
{
  return CLAMP (at, 0, LAST_TIME);
}

/* When an operation happened: by its age where the boot-time clock tells it, else by its maker's wall clock
 * and what that is off by now. Nothing happens later than it is received. */
static void
estimate (BatonSubmission *submission, json_t *item, gint64 wall)
{
  const BatonOp *op = submission->op;
  json_t *age = json_object_get (item, "age");
  gint64 at = time_within (op->at);
  gint64 off = wall != 0 ? submission->received - time_within (wall) : 0;

  if (json_is_integer (age) && json_integer_value (age) >= 0)
    {
      submission->happened = submission->received - time_within (json_integer_value (age));
      submission->quality = BATON_QUALITY_EXACT;
      if (ABS (submission->happened - at) <= NEAR)
        submission->happened = at;
    }
  else if (op->boot != 0)
    {
      submission->happened = ABS (off) > NEAR ? at + off : at;
      submission->quality = BATON_QUALITY_CORRECTED;
    }
  else
    {
      submission->happened = at;
      submission->quality = BATON_QUALITY_RECORDED;
    }
  if (!BATON_DEFECT (TIME_AHEAD))
    submission->happened = CLAMP (submission->happened, 1, submission->received);
}

typedef struct
{
  BatonHub *hub;
  BatonHubPush *push;
  json_t *root;
  const char *device;
  gint64 last; /* number decided last */
  GString *receipts;
  gint64 copied; /* the number that is, or 0 */
  gboolean gap;
  GError *error;
} Deciding;

static void
write_receipt (Deciding *deciding, gint64 number, gint64 seq, const BatonRefusal *refusal)
{
  BatonJson json;

  baton_json_init (&json, deciding->receipts);
  json.comma = deciding->receipts->len > 0;
  baton_json_begin_object (&json, NULL);
  baton_json_int (&json, "n", number);
  if (refusal == NULL)
    baton_json_int (&json, "seq", seq);
  else
    {
      baton_json_string (&json, "no", refusal->code);
      if (refusal->why != NULL)
        baton_json_string (&json, "why", refusal->why);
    }
  baton_json_end_object (&json);
}

static const char *
forbidden (Deciding *deciding, const BatonOp *op)
{
  const BatonHubCaller *caller = &deciding->push->caller;

  /* An import tells what others did; everything else is done by who asks. */
  if (caller->person != NULL && op->batch == NULL && op->boot != 0 && op->person != NULL &&
      !g_str_equal (op->person, caller->person))
    return _ ("This was made by somebody else.");
  return deciding->hub->allow != NULL ? deciding->hub->allow (op, caller, deciding->hub->allow_data) : NULL;
}

static gboolean
decide (Deciding *deciding, json_t *item, BatonSubmission *submission)
{
  BatonRefusal *refusal = NULL;
  gint64 seq = 0;
  BatonDecided decided =
      baton_store_decide (deciding->hub->store, submission, &seq, &refusal, &deciding->error);

  if (decided == BATON_DECIDED_COPIED)
    deciding->copied = submission->number;
  deciding->gap = decided == BATON_DECIDED_GAP;
  if (decided == BATON_DECIDED_FAILED || decided == BATON_DECIDED_COPIED || decided == BATON_DECIDED_GAP)
    return FALSE;
  write_receipt (deciding, submission->number, seq, refusal);
  g_clear_pointer (&refusal, baton_refusal_free);
  return TRUE;
}

/* FALSE ends the push; TRUE goes on with its next operation. */
static gboolean
decide_item (Deciding *deciding, json_t *item)
{
  json_t *nothing = json_object_get (item, "void");
  json_t *object = json_object_get (item, "op");
  g_autoptr (BatonOp) op = NULL;
  BatonSubmission submission = { .device = deciding->device,
    .author = deciding->push->caller.person,
    .received = deciding->push->caller.now };

  if (json_is_integer (nothing))
    {
      submission.number = json_integer_value (nothing);
      return decide (deciding, item, &submission);
    }
  op = json_is_object (object) ? baton_op_read_json (object, &deciding->error) : NULL;
  if (op == NULL || op->device == NULL || !g_str_equal (op->device, deciding->device))
    {
      if (deciding->error == NULL)
        g_set_error_literal (&deciding->error, BATON_ERROR, BATON_ERROR_CODEC,
            _ ("An operation in this push is not one of its device."));
      return FALSE;
    }
  submission.number = op->number;
  submission.op = op;
  submission.forbidden = forbidden (deciding, op);
  estimate (&submission, item, json_integer_value (json_object_get (deciding->root, "wall")));
  return decide (deciding, item, &submission);
}

static void
decide_all (Deciding *deciding)
{
  json_t *ops = json_object_get (deciding->root, "ops");
  size_t i;
  json_t *item;

  json_array_foreach (ops, i, item)
    {
      if (!decide_item (deciding, item))
        return;
    }
}

static gboolean
is_transient (const GError *error)
{
  return !g_error_matches (error, BATON_ERROR, BATON_ERROR_CODEC);
}

/* What was asked is well-formed and of this epoch; else the push is answered here. */
static gboolean
check_push (Deciding *deciding, GError **error)
{
  BatonHubPush *push = deciding->push;
  const char *epoch;

  deciding->root = baton_hub_parse (push->body, push->length);
  deciding->device = json_string_value (json_object_get (deciding->root, "device"));
  epoch = json_string_value (json_object_get (deciding->root, "epoch"));
  if (deciding->device == NULL || !baton_id_is_valid (deciding->device) || epoch == NULL ||
      !json_is_array (json_object_get (deciding->root, "ops")))
    push->status = baton_hub_fail (push->reply, 400, "bad-request", _ ("This push is not well-formed."), 0);
  else if (json_array_size (json_object_get (deciding->root, "ops")) > BATON_HUB_OPS)
    push->status = baton_hub_fail (push->reply, 413, "too-large", _ ("Too many operations in one push."), 0);
  else if (!g_str_equal (epoch, deciding->hub->epoch))
    push->status = baton_hub_fail_epoch (baton_store_reader (deciding->hub->store), push->reply);
  return push->status == 0;
}

static void
answer_entries (Deciding *deciding, BatonJson *json)
{
  json_t *cursor = json_object_get (deciding->root, "cursor");
  json_int_t most = json_integer_value (json_object_get (deciding->root, "most"));
  guint n;
  gint64 last;

  if (!json_is_integer (cursor) || deciding->push->caller.protocol == 1)
    return;
  baton_json_begin_array (json, "entries");
  baton_reader_entries (baton_store_reader (deciding->hub->store), json_integer_value (cursor),
      (guint) CLAMP (most, 0, BATON_HUB_ENTRIES), BATON_HUB_BYTES, FALSE, json->text, &n, &last, NULL);
  baton_json_end_array (json);
}

static void
answer (Deciding *deciding)
{
  BatonHubPush *push = deciding->push;
  BatonReader *reader = baton_store_reader (deciding->hub->store);
  gint64 last = baton_reader_device_last (reader, deciding->device);
  BatonJson json;

  baton_json_init (&json, push->reply);
  baton_json_begin_object (&json, NULL);
  push->status = 200;
  if (deciding->copied != 0 || deciding->gap)
    {
      push->status = 409;
      baton_json_string (&json, "error", deciding->gap ? "gap" : "copied");
      baton_json_string (&json, "message",
          deciding->gap ? _ ("A number of this device was left out.")
                        : _ ("Another copy of this workspace has used the same numbers."));
      baton_json_int (&json, "number", deciding->copied);
    }
  else if (deciding->error != NULL && !is_transient (deciding->error))
    {
      push->status = 400;
      baton_json_string (&json, "error", "bad-request");
      baton_json_string (&json, "message", deciding->error->message);
    }
  baton_json_string (&json, "epoch", deciding->hub->epoch);
  baton_json_int (&json, "last", last);
  baton_json_begin_array (&json, "receipts");
  g_string_append (push->reply, deciding->receipts->str);
  baton_json_end_array (&json);
  json.comma = TRUE;
  baton_json_int (&json, "time", push->caller.now);
  baton_json_int (&json, "head", baton_reader_last_seq (reader));
  baton_json_int (&json, "backup", baton_hub_backup_seq (reader));
  if (push->status == 200)
    answer_entries (deciding, &json);
  baton_json_end_object (&json);
}

static void
clear_deciding (Deciding *deciding)
{
  json_decref (deciding->root);
  g_clear_error (&deciding->error);
  if (deciding->receipts != NULL)
    g_string_free (deciding->receipts, TRUE);
}

/* Everything is as if none of these pushes had come. */
static void
fail_all (BatonHubPush *pushes, Deciding *deciding, guint n, const GError *error)
{
  gboolean full = g_error_matches (error, BATON_ERROR, BATON_ERROR_FULL);

  g_warning ("Pushes could not be decided: %s", error != NULL ? error->message : "unknown");
  for (guint i = 0; i < n; i++)
    {
      if (deciding[i].receipts == NULL)
        continue;
      pushes[i].status = baton_hub_fail (pushes[i].reply, full ? 507 : 503, full ? "full" : "busy",
          full ? _ ("The server’s disk is full. What you do is kept on this device.")
               : _ ("The server cannot store anything just now."),
          full ? 60 : 5);
    }
}

void
baton_hub_push (BatonHub *hub, BatonHubPush *pushes, guint n)
{
  g_autofree Deciding *deciding = g_new0 (Deciding, n);
  g_autoptr (GError) error = NULL;
  gboolean ok = baton_store_begin (hub->store, &error);

  for (guint i = 0; i < n; i++)
    {
      deciding[i] = (Deciding){ .hub = hub, .push = &pushes[i] };
      pushes[i].status = 0;
      if (!check_push (&deciding[i], NULL))
        continue;
      deciding[i].receipts = g_string_new (NULL);
      if (ok)
        decide_all (&deciding[i]);
      if (deciding[i].error != NULL && is_transient (deciding[i].error) && ok)
        {
          ok = FALSE;
          baton_store_abort (hub->store);
          error = g_error_copy (deciding[i].error);
        }
    }
  if (ok)
    ok = baton_store_end (hub->store, &error);
  for (guint i = 0; ok && i < n; i++)
    {
      if (deciding[i].receipts != NULL)
        answer (&deciding[i]);
    }
  if (!ok)
    fail_all (pushes, deciding, n, error);
  for (guint i = 0; i < n; i++)
    clear_deciding (&deciding[i]);
}

gboolean
baton_hub_perform (BatonHub *hub, BatonOp *op, gint64 now, GError **error)
{
  g_autoptr (BatonOp) held = op;
  BatonReader *reader = baton_store_reader (hub->store);
  BatonSubmission submission = { .device = baton_store_device (hub->store),
    .op = op,
    .happened = now,
    .received = now,
    .quality = BATON_QUALITY_EXACT };
  BatonRefusal *refusal = NULL;
  BatonDecided decided;
  gint64 seq;

  submission.number = baton_reader_device_last (reader, submission.device) + 1;
  g_free (op->device);
  op->device = g_strdup (submission.device);
  op->number = submission.number;
  op->base = baton_reader_last_seq (reader);
  op->at = now;
  if (!baton_store_begin (hub->store, error))
    return FALSE;
  decided = baton_store_decide (hub->store, &submission, &seq, &refusal, error);
  if (decided != BATON_DECIDED_ACCEPTED)
    baton_store_abort (hub->store);
  if (refusal != NULL)
    g_set_error_literal (error, BATON_ERROR, (int) baton_error_by_name (refusal->code),
        refusal->why != NULL ? refusal->why : refusal->code);
  g_clear_pointer (&refusal, baton_refusal_free);
  return decided == BATON_DECIDED_ACCEPTED && baton_store_end (hub->store, error);
}

gboolean
baton_hub_backup (BatonHub *hub, gint64 now, char **path, GError **error)
{
  g_autofree char *written = NULL;
  g_autofree char *covered = NULL;
  BatonReader *copy;

  if (!baton_backup_create (hub->folder, baton_store_database (hub->store), now, &written, error))
    return FALSE;
  copy = baton_reader_open (written, error);
  if (copy == NULL)
    return FALSE;
  covered = g_strdup_printf ("%" G_GINT64_FORMAT, baton_reader_last_seq (copy));
  baton_reader_close (copy);
  if (!baton_store_set_meta (hub->store, "server.backup", covered, error))
    return FALSE;
  if (path != NULL)
    *path = g_steal_pointer (&written);
  return TRUE;
}

gboolean
baton_hub_restore (const char *folder, const char *backup, gint64 now, GError **error)
{
  g_autofree char *mark = restored_mark (folder);

  /* First the mark: whatever happens afterwards, the next start begins a new epoch. */
  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (
          mark, "", 0, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The folder %s cannot be made: %s."), folder,
            g_strerror (errno));
      return FALSE;
    }
  return baton_backup_restore (folder, backup, now, NULL, error);
}
