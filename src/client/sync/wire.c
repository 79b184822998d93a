/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "wire.h"

#include "defect.h"
#include "baton-error.h"
#include "blobs.h"
#include "codec-json.h"
#include "json.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

BatonCall *
baton_call_new (BatonCallKind kind)
{
  BatonCall *call = g_new0 (BatonCall, 1);

  call->kind = kind;
  return call;
}

void
baton_call_free (BatonCall *call)
{
  g_free (call->body);
  g_free (call->epoch);
  g_free (call->device);
  g_free (call->id);
  g_free (call);
}

gboolean
baton_wire_is_sound (const char *text, gsize length)
{
  static const char begin[] = "{\"sum\":\"";
  const gsize before = strlen (begin) + BATON_BLOB_HASH_LENGTH + strlen ("\",");
  char hex[BATON_BLOB_HASH_LENGTH + 1];

  if (length < before || strncmp (text, begin, strlen (begin)) != 0)
    return TRUE;
  baton_blob_hex_of (text + before, length - before, hex);
  return memcmp (text + strlen (begin), hex, BATON_BLOB_HASH_LENGTH) == 0;
}

json_t *
baton_wire_parse (const char *text, gsize length)
{
  json_t *root = text != NULL ? json_loadb (text, length, JSON_REJECT_DUPLICATES, NULL) : NULL;

  if (root != NULL && !json_is_object (root))
    g_clear_pointer (&root, json_decref);
  return root;
}

const char *
baton_wire_text (json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

gint64
baton_wire_int (json_t *object, const char *key, gint64 fallback)
{
  json_t *value = json_object_get (object, key);

  return json_is_integer (value) ? json_integer_value (value) : fallback;
}

char *
baton_wire_dump (json_t *value)
{
  char *text = value != NULL ? json_dumps (value, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
  char *copy = g_strdup (text);

  free (text);
  return copy;
}

static void
read_history (BatonArrival *arrival, json_t *entry)
{
  json_t *cards = json_object_get (entry, "cards");
  size_t i;
  json_t *card;

  arrival->effect = baton_wire_dump (json_object_get (entry, "effect"));
  arrival->board = g_strdup (baton_wire_text (entry, "board"));
  arrival->cards = g_ptr_array_new_with_free_func (g_free);
  json_array_foreach (cards, i, card)
    {
      if (json_is_string (card))
        g_ptr_array_add (arrival->cards, g_strdup (json_string_value (card)));
    }
}

static BatonArrival *
read_entry (json_t *entry, gboolean history, GError **error)
{
  json_t *object = json_object_get (entry, "op");
  gint64 seq = baton_wire_int (entry, "seq", 0);
  BatonOp *op = json_is_object (object) ? baton_op_read_json (object, error) : NULL;
  BatonArrival *arrival;

  if (op == NULL || op->device == NULL || op->number <= 0 || seq <= 0)
    {
      if (op != NULL || !json_is_object (object))
        g_set_error_literal (
            error, BATON_ERROR, BATON_ERROR_CODEC, _ ("The server sent an entry that cannot be read."));
      g_clear_pointer (&op, baton_op_free);
      return NULL;
    }
  arrival = baton_arrival_new (seq, op);
  arrival->at = baton_wire_int (entry, "at", op->at);
  arrival->received = baton_wire_int (entry, "received", 0);
  arrival->quality = baton_quality_by_name (baton_wire_text (entry, "q"));
  arrival->author = g_strdup (baton_wire_text (entry, "author"));
  if (history)
    read_history (arrival, entry);
  return arrival;
}

GPtrArray *
baton_wire_entries (json_t *array, gboolean history, GError **error)
{
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_arrival_free);
  size_t i;
  json_t *entry;

  json_array_foreach (array, i, entry)
    {
      BatonArrival *arrival = read_entry (entry, history, error);

      if (arrival == NULL)
        return NULL;
      g_ptr_array_add (arrivals, arrival);
    }
  return g_steal_pointer (&arrivals);
}

GPtrArray *
baton_wire_refusals (json_t *receipts, const char *device)
{
  GPtrArray *refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_refusal_free);
  size_t i;
  json_t *receipt;

  json_array_foreach (receipts, i, receipt)
    {
      const char *code = baton_wire_text (receipt, "no");

      if (code != NULL)
        g_ptr_array_add (refusals, baton_refusal_new (device, baton_wire_int (receipt, "n", 0), code,
                                       baton_wire_text (receipt, "why")));
    }
  return refusals;
}

char *
baton_wire_hello (const char *program, const char *device, const char *epoch, gint64 cursor)
{
  GString *out = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  baton_json_begin_array (&json, "protocols");
  baton_json_int (&json, NULL, 2);
  baton_json_int (&json, NULL, 1);
  baton_json_end_array (&json);
  baton_json_string (&json, "program", program);
  baton_json_string (&json, "device", device);
  if (epoch != NULL)
    {
      baton_json_string (&json, "epoch", epoch);
      baton_json_int (&json, "cursor", cursor);
    }
  baton_json_end_object (&json);
  return g_string_free (out, FALSE);
}

static void
write_outgoing (BatonJson *json, const BatonOutgoing *outgoing, gint64 boot)
{
  baton_json_begin_object (json, NULL);
  if (outgoing->text == NULL)
    baton_json_int (json, "void", outgoing->number);
  else
    {
      g_string_append (json->text, "\"op\":");
      g_string_append (json->text, outgoing->text);
      json->comma = TRUE;
      if (outgoing->this_boot && boot >= outgoing->boot)
        baton_json_int (json, "age", boot - outgoing->boot);
    }
  baton_json_end_object (json);
}

char *
baton_wire_push (const char *device, const char *epoch, gint64 wall, gint64 boot, GPtrArray *outgoing,
    gint64 cursor, guint most)
{
  GString *out = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "device", device);
  baton_json_string (&json, "epoch", epoch);
  baton_json_int (&json, "wall", wall);
  baton_json_begin_array (&json, "ops");
  for (guint i = 0; i < outgoing->len; i++)
    write_outgoing (&json, g_ptr_array_index (outgoing, i), boot);
  baton_json_end_array (&json);
  if (most > 0)
    {
      baton_json_int (&json, "cursor", cursor);
      baton_json_int (&json, "most", most);
    }
  baton_json_end_object (&json);
  return g_string_free (out, FALSE);
}

static gint64
first_of (json_t *lineage, size_t index)
{
  json_t *member = json_array_get (lineage, index);

  return member != NULL ? json_integer_value (json_array_get (member, 1)) : G_MAXINT64;
}

gint64
baton_wire_common (const char *ours, const char *theirs, gint64 cursor)
{
  json_t *left = ours != NULL ? json_loads (ours, 0, NULL) : NULL;
  json_t *right = theirs != NULL ? json_loads (theirs, 0, NULL) : NULL;
  size_t i = 0;
  gint64 common;

  while (i < json_array_size (left) && i < json_array_size (right) &&
         g_strcmp0 (json_string_value (json_array_get (json_array_get (left, i), 0)),
             json_string_value (json_array_get (json_array_get (right, i), 0))) == 0)
    i++;
  common = i == 0 ? 0 : MIN (first_of (left, i), first_of (right, i)) - 1;
  json_decref (left);
  json_decref (right);
  return MIN (common + (BATON_DEFECT (COMMON_TOO_LONG) ? 1 : 0), cursor);
}
