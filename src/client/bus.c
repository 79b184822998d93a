/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "bus.h"

#include "codec.h"

#include <gio/gunixfdlist.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define PREFIX "io.github.batonboard.Baton"
#define DIGITS 32

static const char interface_xml[] =
    "<node>"
    "  <interface name='" PREFIX ".Workspace1'>"
    "    <method name='Perform'><arg type='s' direction='in'/><arg type='x' direction='out'/></method>"
    "    <method name='PerformBatch'><arg type='h' direction='in'/><arg type='x' direction='out'/></method>"
    "    <method name='Undo'><arg type='b' direction='in'/><arg type='s' direction='out'/></method>"
    "  </interface>"
    "</node>";

static const GDBusErrorEntry error_entries[] = {
  { BATON_ERROR_INVALID, PREFIX ".Error.Invalid" },
  { BATON_ERROR_NOT_FOUND, PREFIX ".Error.NotFound" },
  { BATON_ERROR_STALE, PREFIX ".Error.Stale" },
  { BATON_ERROR_LIMIT, PREFIX ".Error.Limit" },
  { BATON_ERROR_WIP, PREFIX ".Error.WorkInProgress" },
  { BATON_ERROR_NOT_DONE, PREFIX ".Error.NotDone" },
  { BATON_ERROR_OVERLAP, PREFIX ".Error.Overlap" },
  { BATON_ERROR_CYCLE, PREFIX ".Error.Cycle" },
  { BATON_ERROR_CODEC, PREFIX ".Error.Codec" },
  { BATON_ERROR_READ_ONLY, PREFIX ".Error.ReadOnly" },
  { BATON_ERROR_LOCKED, PREFIX ".Error.Locked" },
  { BATON_ERROR_NEWER, PREFIX ".Error.Newer" },
  { BATON_ERROR_CORRUPT, PREFIX ".Error.Corrupt" },
  { BATON_ERROR_FULL, PREFIX ".Error.Full" },
  { BATON_ERROR_IO, PREFIX ".Error.Io" },
  { BATON_ERROR_EXISTS, PREFIX ".Error.Exists" },
  { BATON_ERROR_CANCELLED, PREFIX ".Error.Cancelled" },
  { BATON_ERROR_UNKNOWN, PREFIX ".Error.Unknown" },
  { BATON_ERROR_FORBIDDEN, PREFIX ".Error.Forbidden" },
  { BATON_ERROR_VOID, PREFIX ".Error.Void" },
  { BATON_ERROR_COPIED, PREFIX ".Error.Copied" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (error_entries) == BATON_ERROR_COPIED + 1);

/* So that GDBus turns our errors into named ones and back. */
void
baton_bus_register_errors (void)
{
  static gsize done = 0;

  if (!g_once_init_enter (&done))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (error_entries); i++)
    g_dbus_error_register_error (BATON_ERROR, error_entries[i].error_code, error_entries[i].dbus_error_name);
  g_once_init_leave (&done, 1);
}

struct _BatonBus
{
  BatonWorkspace *workspace;
  GDBusConnection *connection;
  guint object;
  guint name;
};

/* Two ways to write one folder must give one name. */
static char *
digits_of (const char *folder)
{
  char *real = realpath (folder, NULL);
  g_autofree char *path = real != NULL ? g_strdup (real) : g_canonicalize_filename (folder, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, path, -1);

  free (real);
  return g_strndup (sum, DIGITS);
}

char *
baton_bus_name (const char *folder)
{
  g_autofree char *digits = digits_of (folder);

  return g_strconcat (PREFIX ".Workspace.w", digits, NULL);
}

char *
baton_bus_path (const char *folder)
{
  g_autofree char *digits = digits_of (folder);

  return g_strconcat ("/io/github/batonboard/Baton/Workspace/w", digits, NULL);
}

/* An operation from outside: known, and no undo, which would write fields that only the rules may write. */
static BatonOp *
read_op (const char *text, gssize length, GError **error)
{
  g_autoptr (BatonOp) op = baton_op_read (text, length, error);

  if (op == NULL)
    return NULL;
  if (op->verb == BATON_VERB_UNKNOWN || baton_verb_info (op->verb)->action == BATON_ACTION_UNDO)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” cannot be asked for like this."),
          op->verb == BATON_VERB_UNKNOWN ? op->unknown_verb : baton_verb_info (op->verb)->name);
      return NULL;
    }
  return g_steal_pointer (&op);
}

static void
return_sequence (GDBusMethodInvocation *invocation, BatonWorkspace *workspace)
{
  BatonReader *reader = baton_workspace_reader (workspace);

  /* The files may have been closed between the commit and now. */
  g_dbus_method_invocation_return_value (invocation,
      g_variant_new ("(x)", reader != NULL ? baton_reader_last_seq (reader) : G_GINT64_CONSTANT (0)));
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *invocation = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    return_sequence (invocation, BATON_WORKSPACE (source));
}

static void
batch_performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *invocation = data;
  g_autoptr (GError) error = NULL;

  if (!baton_workspace_perform_batch_finish (BATON_WORKSPACE (source), result, &error))
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    return_sequence (invocation, BATON_WORKSPACE (source));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *invocation = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = baton_workspace_undo_finish (BATON_WORKSPACE (source), result, &error);

  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(s)", sentence != NULL ? sentence : ""));
}

/* A file of many operations is read on a thread of its own. */
static void
read_batch (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (task_data);
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  GError *error = NULL;

  while (TRUE)
    {
      gsize length;
      g_autofree char *line = g_data_input_stream_read_line (lines, &length, NULL, &error);
      BatonOp *op = line != NULL ? read_op (line, (gssize) length, &error) : NULL;

      if (error != NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      if (line == NULL)
        break;
      g_ptr_array_add (ops, op);
    }
  g_task_return_pointer (task, g_steal_pointer (&ops), (GDestroyNotify) g_ptr_array_unref);
}

static void
batch_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *invocation = data;
  BatonWorkspace *workspace = BATON_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ops = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else if (baton_workspace_reader (workspace) == NULL)
    g_dbus_method_invocation_return_error_literal (invocation, BATON_ERROR, BATON_ERROR_CANCELLED,
        _ ("The workspace was closed meanwhile. Nothing was changed."));
  else if (ops->len == 0)
    return_sequence (invocation, workspace);
  else
    baton_workspace_perform_batch_async (
        workspace, g_steal_pointer (&ops), NULL, NULL, NULL, batch_performed_cb, invocation);
}

static void
start_batch (BatonBus *bus, GDBusMethodInvocation *invocation, gint32 handle)
{
  GUnixFDList *fds = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  int fd = -1;

  if (fds != NULL)
    fd = g_unix_fd_list_get (fds, handle, &error);
  if (fd < 0)
    {
      g_dbus_method_invocation_return_error_literal (
          invocation, BATON_ERROR, BATON_ERROR_INVALID, _ ("The file of operations did not arrive."));
      return;
    }
  task = g_task_new (bus->workspace, NULL, batch_read_cb, invocation);
  g_task_set_task_data (task, g_unix_input_stream_new (fd, TRUE), g_object_unref);
  g_task_run_in_thread (task, read_batch);
}

static void
start_perform (BatonBus *bus, GDBusMethodInvocation *invocation, const char *text)
{
  g_autoptr (GError) error = NULL;
  BatonOp *op = read_op (text, -1, &error);

  if (op == NULL)
    g_dbus_method_invocation_return_gerror (invocation, error);
  else
    baton_workspace_perform_async (bus->workspace, op, performed_cb, invocation);
}

static void
method_call_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
    const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  BatonBus *bus = data;

  if (g_str_equal (method, "Perform"))
    {
      const char *text;

      g_variant_get (parameters, "(&s)", &text);
      start_perform (bus, invocation, text);
    }
  else if (g_str_equal (method, "PerformBatch"))
    {
      gint32 handle;

      g_variant_get (parameters, "(h)", &handle);
      start_batch (bus, invocation, handle);
    }
  else
    {
      gboolean redo;

      g_variant_get (parameters, "(b)", &redo);
      baton_workspace_undo_async (bus->workspace, redo, undone_cb, invocation);
    }
}

BatonBus *
baton_bus_export (BatonWorkspace *workspace, GDBusConnection *connection, GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
  g_autoptr (BatonBus) bus = g_new0 (BatonBus, 1);
  g_autofree char *path = baton_bus_path (baton_workspace_folder (workspace));
  g_autofree char *name = baton_bus_name (baton_workspace_folder (workspace));

  baton_bus_register_errors ();
  bus->workspace = g_object_ref (workspace);
  bus->connection = g_object_ref (connection);
  bus->object =
      g_dbus_connection_register_object (connection, path, node->interfaces[0], &vtable, bus, NULL, error);
  if (bus->object == 0)
    return NULL;
  bus->name =
      g_bus_own_name_on_connection (connection, name, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  return g_steal_pointer (&bus);
}

void
baton_bus_free (BatonBus *bus)
{
  if (bus->name != 0)
    g_bus_unown_name (bus->name);
  if (bus->object != 0)
    g_dbus_connection_unregister_object (bus->connection, bus->object);
  g_object_unref (bus->connection);
  g_object_unref (bus->workspace);
  g_free (bus);
}
