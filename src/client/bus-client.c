/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "bus.h"

#include "codec.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define INTERFACE "io.github.batonboard.Baton.Workspace1"

/* A batch may hold a whole board of years. */
#define BATCH_TIMEOUT_MS (10 * 60 * 1000)

gboolean
baton_bus_is_owned (const char *folder)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *name = baton_bus_name (folder);
  g_autoptr (GVariant) answer = NULL;
  gboolean owned = FALSE;

  if (connection == NULL)
    return FALSE;
  answer = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
      "org.freedesktop.DBus", "NameHasOwner", g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"),
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  if (answer != NULL)
    g_variant_get (answer, "(b)", &owned);
  return owned;
}

/* What the owner said stays what it said; everything else that goes wrong on the way means that nobody
 * answers. */
static void
take_error (const char *folder, GError *problem, GError **error)
{
  if (problem->domain == BATON_ERROR)
    {
      g_dbus_error_strip_remote_error (problem);
      g_propagate_error (error, problem);
      return;
    }
  g_debug ("The bus says: %s", problem->message);
  g_error_free (problem);
  g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
      _ ("The workspace %s is open in another program (and it does not answer). Close it there first."),
      folder);
}

static GVariant *
call (const char *folder, const char *method, GVariant *parameters, const char *type, GUnixFDList *fds,
    int timeout, GError **error)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (parameters);
  g_autofree char *name = baton_bus_name (folder);
  g_autofree char *path = baton_bus_path (folder);
  g_autoptr (GDBusConnection) connection = NULL;
  GError *problem = NULL;
  GVariant *answer = NULL;

  baton_bus_register_errors ();
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &problem);
  if (connection != NULL)
    answer = g_dbus_connection_call_with_unix_fd_list_sync (connection, name, path, INTERFACE, method, sunk,
        G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NO_AUTO_START, timeout, fds, NULL, NULL, &problem);
  if (answer == NULL)
    take_error (folder, problem, error);
  return answer;
}

gboolean
baton_bus_perform (const char *folder, const BatonOp *op, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GVariant) answer = NULL;

  baton_op_write (op, text);
  answer = call (folder, "Perform", g_variant_new ("(s)", text->str), "(x)", NULL, -1, error);
  return answer != NULL;
}

/* Writes the operations into a file without a name, which ends with the last program that has it open. */
static int
write_batch (GPtrArray *ops, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gsize written = 0;
  int fd = g_file_open_tmp ("baton-XXXXXX", &path, error);

  if (fd < 0)
    return -1;
  g_unlink (path);
  for (guint i = 0; i < ops->len; i++)
    {
      baton_op_write (g_ptr_array_index (ops, i), text);
      g_string_append_c (text, '\n');
    }
  while (written < text->len)
    {
      gssize n = write (fd, text->str + written, text->len - written);

      if (n < 0)
        {
          g_set_error_literal (error, BATON_ERROR, BATON_ERROR_FULL,
              _ ("There is no room for a temporary file. Nothing was changed."));
          close (fd);
          return -1;
        }
      written += (gsize) n;
    }
  lseek (fd, 0, SEEK_SET);
  return fd;
}

gboolean
baton_bus_perform_batch (const char *folder, GPtrArray *ops, GError **error)
{
  int fd = write_batch (ops, error);
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) answer = NULL;

  if (fd < 0)
    return FALSE;
  fds = g_unix_fd_list_new_from_array (&fd, 1);
  answer = call (folder, "PerformBatch", g_variant_new ("(h)", 0), "(x)", fds, BATCH_TIMEOUT_MS, error);
  return answer != NULL;
}

gboolean
baton_bus_undo (const char *folder, gboolean redo, char **sentence, GError **error)
{
  g_autoptr (GVariant) answer = call (folder, "Undo", g_variant_new ("(b)", redo), "(s)", NULL, -1, error);
  const char *text;

  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(&s)", &text);
  if (sentence != NULL)
    *sentence = *text != '\0' ? g_strdup (text) : NULL;
  return TRUE;
}
