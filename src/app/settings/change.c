/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "change.h"

#include "toasts.h"

#include <glib/gi18n.h>

#define TELLING "baton-telling"
#define TELL_SECONDS 8

typedef struct
{
  GtkWidget *near;
  GtkWidget *window; /* keeps the dialog's toasts reachable when the row itself is gone */
  GtkWidget *dialog; /* the same once its toast is shown: weak, because the dialog holds the toast */
  BatonChangeFunc after;
  BatonWorkspace *workspace;
  char *done;
  char *button;
  BatonOp *reverse;
} Change;

static void
change_free (Change *change)
{
  g_clear_object (&change->near);
  g_clear_object (&change->window);
  g_clear_weak_pointer (&change->dialog);
  g_object_unref (change->workspace);
  g_free (change->done);
  g_free (change->button);
  g_clear_pointer (&change->reverse, baton_op_free);
  g_free (change);
}

static AdwToastOverlay *
find_toasts (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay == NULL && ADW_IS_WINDOW (widget))
    overlay = adw_window_get_content (ADW_WINDOW (widget));
  return overlay != NULL && ADW_IS_TOAST_OVERLAY (overlay) ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *what = baton_workspace_undo_finish (BATON_WORKSPACE (source), result, &error);

  if (error != NULL)
    baton_change_toast (window, error->message);
}

static void
reverse_cb (AdwToast *toast, Change *change)
{
  if (change->dialog == NULL)
    return;
  if (change->reverse != NULL)
    baton_change (change->dialog, change->workspace, g_steal_pointer (&change->reverse), NULL);
  else
    baton_workspace_undo_async (change->workspace, FALSE, undone_cb, g_object_ref (change->dialog));
}

static void
add_toast (GtkWidget *widget, AdwToast *toast)
{
  AdwToastOverlay *overlay = find_toasts (widget);

  if (overlay != NULL)
    baton_toasts_add (overlay, toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

void
baton_change_toast (GtkWidget *near, const char *message)
{
  g_autofree char *title = g_markup_escape_text (message, -1);

  add_toast (near, adw_toast_new (title));
}

static void
tell_done (Change *change)
{
  g_autofree char *title = g_markup_escape_text (change->done, -1);
  AdwToast *toast = adw_toast_new (title);

  if (change->button == NULL)
    {
      add_toast (change->window, toast);
      change_free (change);
      return;
    }
  adw_toast_set_button_label (toast, change->button);
  /* The change lives as long as the toast can still be pressed. */
  g_set_weak_pointer (&change->dialog, change->window);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (reverse_cb), change);
  g_object_set_data_full (G_OBJECT (toast), "change", change, (GDestroyNotify) change_free);
  add_toast (change->window, toast);
  g_clear_object (&change->near);
  g_clear_object (&change->window);
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (error != NULL)
    baton_change_tell (change->near, error->message);
  if (change->after != NULL)
    change->after (change->near, error);
  if (error == NULL && change->done != NULL && change->window != NULL)
    tell_done (change);
  else
    change_free (change);
}

void
baton_change_with_toast (GtkWidget *near, BatonWorkspace *workspace, BatonOp *op, const char *done,
    const char *button, BatonOp *reverse)
{
  Change *change = g_new0 (Change, 1);
  GtkRoot *root = gtk_widget_get_root (near);

  change->near = g_object_ref (near);
  change->window = root != NULL ? g_object_ref (GTK_WIDGET (root)) : NULL;
  change->workspace = g_object_ref (workspace);
  change->done = g_strdup (done);
  change->button = g_strdup (button);
  change->reverse = reverse;
  baton_workspace_perform_async (workspace, op, performed_cb, change);
}

void
baton_change (GtkWidget *near, BatonWorkspace *workspace, BatonOp *op, BatonChangeFunc after)
{
  Change *change = g_new0 (Change, 1);

  change->near = g_object_ref (near);
  change->workspace = g_object_ref (workspace);
  change->after = after;
  baton_workspace_perform_async (workspace, op, performed_cb, change);
}

static void
untell (gpointer near)
{
  GtkWidget *popover = g_object_get_data (near, TELLING);

  if (popover == NULL)
    return;
  g_source_remove (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "timeout")));
  g_object_set_data (near, TELLING, NULL);
  g_signal_handlers_disconnect_by_func (near, untell, NULL);
  gtk_widget_unparent (popover);
}

static gboolean
untell_cb (gpointer near)
{
  GtkWidget *popover = g_object_get_data (near, TELLING);

  /* The source ends by itself. */
  g_object_set_data (near, TELLING, NULL);
  g_signal_handlers_disconnect_by_func (near, untell, NULL);
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

void
baton_change_tell (GtkWidget *near, const char *message)
{
  GtkWidget *popover, *label;
  guint timeout;

  if (!gtk_widget_get_mapped (near))
    {
      GtkRoot *root = gtk_widget_get_root (near);

      if (root != NULL)
        baton_change_toast (GTK_WIDGET (root), message);
      return;
    }
  untell (near);
  popover = gtk_popover_new ();
  label = gtk_label_new (message);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_popover_set_child (GTK_POPOVER (popover), label);
  /* It tells and does not ask: the keyboard stays where it is. */
  gtk_popover_set_autohide (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_can_focus (popover, FALSE);
  gtk_widget_add_css_class (popover, "refusal");
  gtk_widget_set_parent (popover, near);
  gtk_popover_popup (GTK_POPOVER (popover));
  timeout = g_timeout_add_seconds (TELL_SECONDS, untell_cb, near);
  g_object_set_data (G_OBJECT (popover), "timeout", GUINT_TO_POINTER (timeout));
  g_object_set_data (G_OBJECT (near), TELLING, popover);
  g_signal_connect (near, "unmap", G_CALLBACK (untell), NULL);
  g_signal_connect (near, "destroy", G_CALLBACK (untell), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, message, -1);
}

BatonVerb
baton_change_verb (BatonEntity entity, BatonAction action)
{
  for (guint i = 0; i < BATON_N_VERBS; i++)
    {
      const BatonVerbInfo *info = baton_verb_info (i);

      if (info->entity == entity && info->action == action)
        return i;
    }
  return BATON_VERB_UNKNOWN;
}

BatonOp *
baton_change_row (BatonEntity entity, BatonAction action, const char *id)
{
  BatonOp *op = baton_op_new (baton_change_verb (entity, action));

  baton_op_add_id (op, id);
  return op;
}

BatonOp *
baton_change_text (BatonEntity entity, const char *id, BatonField field, const char *text)
{
  BatonOp *op = baton_change_row (entity, BATON_ACTION_SET, id);

  baton_op_set_text (op, field, text);
  return op;
}

BatonOp *
baton_change_int (BatonEntity entity, const char *id, BatonField field, gint64 number)
{
  BatonOp *op = baton_change_row (entity, BATON_ACTION_SET, id);

  if (number != 0)
    baton_op_set_int (op, field, number);
  else
    baton_op_set_none (op, field);
  return op;
}

BatonField
baton_change_name_field (BatonEntity entity)
{
  BatonField field = baton_field_find (entity, "name");

  return field != BATON_FIELD_NONE ? field : baton_field_find (entity, "text");
}

BatonOp *
baton_change_new_row (BatonEntity entity, const char *parent, const char *name, BatonRow **row)
{
  BatonOp *op = baton_op_new (baton_change_verb (entity, BATON_ACTION_ADD));
  g_autofree char *id = baton_store_new_id ();
  BatonField above = baton_entity_info (entity)->parent;

  *row = baton_op_add_row (op, entity, id);
  if (above != BATON_FIELD_NONE)
    baton_row_set_text (*row, above, parent);
  baton_row_set_text (*row, baton_change_name_field (entity), name);
  return op;
}

char *
baton_change_typed (GtkEditable *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}
