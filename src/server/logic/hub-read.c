/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "hub-private.h"

#include "baton-config.h"
#include "baton-error.h"
#include "blobs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_DEPTH 32

/* jansson's own limit is far beyond what is sensible here; what is nested deeper is not looked at. */
static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted && c == '\\')
        i++;
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted && (c == '{' || c == '['))
        depth++;
      else if (!quoted && (c == '}' || c == ']'))
        depth--;
      if (depth > MOST_DEPTH && depth < G_MAXINT)
        return FALSE;
    }
  return TRUE;
}

json_t *
baton_hub_parse (const char *text, gsize length)
{
  json_t *root;

  if (text == NULL || !is_shallow (text, length))
    return NULL;
  root = json_loadb (text, length, JSON_REJECT_DUPLICATES, NULL);
  if (root != NULL && !json_is_object (root))
    g_clear_pointer (&root, json_decref);
  return root;
}

guint
baton_hub_fail (GString *reply, guint status, const char *code, const char *message, int retry)
{
  BatonJson json;

  g_string_truncate (reply, 0);
  baton_json_init (&json, reply);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "error", code);
  baton_json_string (&json, "message", message);
  if (retry > 0)
    baton_json_int (&json, "retry", retry);
  baton_json_end_object (&json);
  return status;
}

gint64
baton_hub_backup_seq (BatonReader *reader)
{
  g_autofree char *text = baton_reader_meta (reader, "server.backup");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
write_epoch (BatonJson *json, BatonReader *reader)
{
  g_autofree char *epoch = baton_reader_meta (reader, "server.epoch");
  g_autofree char *lineage = baton_reader_server_lineage (reader);

  baton_json_string (json, "epoch", epoch);
  g_string_append (json->text, ",\"lineage\":");
  g_string_append (json->text, lineage != NULL ? lineage : "[]");
}

static guint
fail_with_lineage (BatonReader *reader, GString *reply, const char *code, const char *message)
{
  BatonJson json;

  g_string_truncate (reply, 0);
  baton_json_init (&json, reply);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "error", code);
  baton_json_string (&json, "message", message);
  write_epoch (&json, reader);
  baton_json_int (&json, "head", baton_reader_last_seq (reader));
  baton_json_end_object (&json);
  return 409;
}

guint
baton_hub_fail_epoch (BatonReader *reader, GString *reply)
{
  return fail_with_lineage (reader, reply, "epoch", _ ("The server was restored from a backup."));
}

static gboolean
is_epoch (BatonReader *reader, const char *epoch)
{
  g_autofree char *present = baton_reader_meta (reader, "server.epoch");

  return g_strcmp0 (present, epoch) == 0;
}

/* The greatest protocol that both sides speak; 0: none. */
static int
choose_protocol (json_t *protocols)
{
  int best = 0;
  size_t i;
  json_t *value;

  json_array_foreach (protocols, i, value)
    {
      json_int_t protocol = json_integer_value (value);

      if (protocol >= BATON_PROTOCOL_OLDEST && protocol <= BATON_PROTOCOL)
        best = MAX (best, (int) protocol);
    }
  return best;
}

static void
write_limits (BatonJson *json)
{
  baton_json_begin_object (json, "limits");
  baton_json_int (json, "ops", BATON_HUB_OPS);
  baton_json_int (json, "body", 8 * 1024 * 1024);
  baton_json_int (json, "entries", BATON_HUB_ENTRIES);
  baton_json_int (json, "chunk", 8 * 1024 * 1024);
  baton_json_int (json, "blob", G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024);
  baton_json_end_object (json);
}

static void
write_position (BatonJson *json, BatonReader *reader, const char *device)
{
  baton_json_int (json, "head", baton_reader_last_seq (reader));
  baton_json_int (json, "last", device != NULL ? baton_reader_device_last (reader, device) : 0);
  baton_json_int (json, "backup", baton_hub_backup_seq (reader));
}

guint
baton_hub_hello (
    BatonReader *reader, const char *body, gsize length, gboolean known, gint64 now, GString *reply)
{
  json_t *root = baton_hub_parse (body, length);
  int protocol = choose_protocol (json_object_get (root, "protocols"));
  const char *device = json_string_value (json_object_get (root, "device"));
  g_autofree char *workspace = NULL;
  BatonJson json;

  if (root == NULL)
    return baton_hub_fail (reply, 400, "bad-request", _ ("This greeting is not well-formed."), 0);
  if (protocol == 0)
    {
      json_decref (root);
      baton_hub_fail (reply, 426, "version",
          _ ("This server and this Baton do not understand each other: one of them has to be updated."), 0);
      g_string_truncate (reply, reply->len - 1);
      g_string_append_printf (reply, ",\"protocols\":[%d,%d]}", BATON_PROTOCOL, BATON_PROTOCOL_OLDEST);
      return 426;
    }
  baton_json_init (&json, reply);
  baton_json_begin_object (&json, NULL);
  baton_json_int (&json, "protocol", protocol);
  baton_json_string (&json, "server", "Baton " BATON_VERSION);
  baton_json_int (&json, "time", now);
  if (known)
    {
      workspace = baton_reader_meta (reader, "server.workspace");
      if (workspace != NULL)
        baton_json_string (&json, "workspace", workspace);
      write_epoch (&json, reader);
      write_position (&json, reader, device);
      write_limits (&json);
    }
  baton_json_end_object (&json);
  json_decref (root);
  return 200;
}

guint
baton_hub_fail_to_read (GString *reply, const GError *error)
{
  g_autofree char *words = NULL;

  g_warning ("The workspace cannot be read: %s", error != NULL ? error->message : "no reason is known");
  if (!g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT))
    return baton_hub_fail (reply, 503, "busy", _ ("The server cannot read its workspace just now."), 5);
  words = g_strdup_printf (
      _ ("At the server: %s What is damaged is not passed on, and your work stays here. Whoever runs the "
         "server can check it with “baton-server verify” and restore a backup."),
      error->message);
  return baton_hub_fail (reply, 500, "failed", words, 60);
}

guint
baton_hub_pull (BatonReader *reader, const char *epoch, const char *device, gint64 after, guint most,
    gint64 now, GString *reply)
{
  g_autoptr (GError) error = NULL;
  BatonJson json;
  guint n;
  gint64 last;

  if (!is_epoch (reader, epoch))
    return baton_hub_fail_epoch (reader, reply);
  if (after > baton_reader_last_seq (reader))
    return fail_with_lineage (reader, reply, "ahead", _ ("This device has seen more than the server has."));
  baton_json_init (&json, reply);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "epoch", epoch);
  write_position (&json, reader, device);
  baton_json_int (&json, "time", now);
  baton_json_begin_array (&json, "entries");
  /* What lies before a damaged place is handed out; whoever has it is told. */
  if (!baton_reader_entries (reader, MAX (after, 0), MIN (most, BATON_HUB_ENTRIES), BATON_HUB_BYTES, FALSE,
          reply, &n, &last, &error) &&
      n == 0)
    return baton_hub_fail_to_read (reply, error);
  baton_json_end_array (&json);
  baton_json_end_object (&json);
  return 200;
}

guint
baton_hub_history (BatonReader *reader, const char *epoch, gint64 before, guint most, GString *reply)
{
  g_autoptr (GError) error = NULL;
  BatonJson json;
  guint n;
  gint64 last;

  if (!is_epoch (reader, epoch))
    return baton_hub_fail_epoch (reader, reply);
  baton_json_init (&json, reply);
  baton_json_begin_object (&json, NULL);
  baton_json_begin_array (&json, "entries");
  if (!baton_reader_entries (reader, before, MIN (most, BATON_HUB_ENTRIES), 2 * BATON_HUB_BYTES, TRUE, reply,
          &n, &last, &error) &&
      n == 0)
    return baton_hub_fail_to_read (reply, error);
  baton_json_end_array (&json);
  baton_json_end_object (&json);
  return 200;
}

void
baton_hub_sign (GString *message)
{
  g_autofree char *member = NULL;
  char hex[BATON_BLOB_HASH_LENGTH + 1];

  baton_blob_hex_of (message->str + 1, message->len - 1, hex);
  member = g_strdup_printf ("\"sum\":\"%s\",", hex);
  g_string_insert (message, 1, member);
}

#define MOST_LIVE_BYTES (32 * 1024)

void
baton_hub_live (BatonReader *reader, gint64 after, GString *message)
{
  g_autofree char *epoch = baton_reader_meta (reader, "server.epoch");
  gint64 head = baton_reader_last_seq (reader);
  g_autoptr (GString) entries = g_string_new (NULL);
  gboolean small;
  BatonJson json;
  guint n = 0;
  gint64 last = after;

  small = head > after && head - after <= 100 &&
          baton_reader_entries (reader, after, 100, MOST_LIVE_BYTES, FALSE, entries, &n, &last, NULL) &&
          last == head && entries->len <= MOST_LIVE_BYTES;
  baton_json_init (&json, message);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "t", small ? "tail" : "head");
  baton_json_string (&json, "epoch", epoch);
  baton_json_int (&json, "head", head);
  if (small)
    {
      baton_json_begin_array (&json, "entries");
      g_string_append_len (message, entries->str, (gssize) entries->len);
      baton_json_end_array (&json);
    }
  baton_json_end_object (&json);
  baton_hub_sign (message);
}
