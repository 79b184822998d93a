/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "inline-edit.h"

#include "change.h"

typedef struct
{
  GtkWidget *editable; /* borrowed: it owns this */
  BatonWorkspace *workspace;
  BatonItem *item;
  BatonField field;
  gboolean required;
  gboolean writing; /* a text is on its way to the log */
  GtkEventController *focus;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_object_unref (edit->workspace);
  g_object_unref (edit->item);
  g_free (edit);
}

static Edit *
edit_of (GtkWidget *editable)
{
  return g_object_get_data (G_OBJECT (editable), "inline-edit");
}

static const char *
present (Edit *edit)
{
  const char *text = baton_item_text (edit->item, edit->field);

  return text != NULL ? text : "";
}

static void
show (Edit *edit)
{
  gtk_editable_set_text (GTK_EDITABLE (edit->editable), present (edit));
}

/* What is being typed is not overwritten by somebody else's change. */
static void
follow_cb (BatonItem *item, GtkWidget *editable)
{
  Edit *edit = edit_of (editable);
  gboolean typing = gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (edit->focus));

  if (!typing || edit->writing)
    show (edit);
}

static void
committed_cb (GtkWidget *editable, const GError *refusal)
{
  Edit *edit = edit_of (editable);

  edit->writing = FALSE;
  if (refusal != NULL)
    show (edit);
}

void
baton_inline_edit_commit (GtkWidget *editable)
{
  Edit *edit = edit_of (editable);
  g_autofree char *typed = baton_change_typed (GTK_EDITABLE (editable));

  if (edit->writing || baton_item_is_removed (edit->item))
    return;
  if ((typed == NULL && edit->required) || g_str_equal (typed != NULL ? typed : "", present (edit)))
    {
      show (edit);
      return;
    }
  edit->writing = TRUE;
  baton_change (editable, edit->workspace,
      baton_change_text (baton_item_entity (edit->item), baton_item_id (edit->item), edit->field, typed),
      committed_cb);
}

static void
left_cb (GtkEventControllerFocus *focus, GtkWidget *editable)
{
  baton_inline_edit_commit (editable);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWidget *editable)
{
  Edit *edit = edit_of (editable);

  if (key != GDK_KEY_Escape || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (editable)), present (edit)))
    return GDK_EVENT_PROPAGATE;
  show (edit);
  gtk_editable_set_position (GTK_EDITABLE (editable), -1);
  return GDK_EVENT_STOP;
}

void
baton_inline_edit_install (
    GtkWidget *editable, BatonWorkspace *workspace, BatonItem *item, BatonField field, gboolean required)
{
  Edit *edit = g_new0 (Edit, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();

  edit->editable = editable;
  edit->workspace = g_object_ref (workspace);
  edit->item = g_object_ref (item);
  edit->field = field;
  edit->required = required;
  edit->focus = gtk_event_controller_focus_new ();
  g_object_set_data_full (G_OBJECT (editable), "inline-edit", edit, edit_free);
  g_signal_connect (edit->focus, "leave", G_CALLBACK (left_cb), editable);
  gtk_widget_add_controller (editable, edit->focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), editable);
  gtk_widget_add_controller (editable, keys);
  g_signal_connect (editable, ADW_IS_ENTRY_ROW (editable) ? "entry-activated" : "activate",
      G_CALLBACK (baton_inline_edit_commit), NULL);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_cb), editable, 0);
  show (edit);
}

GtkWidget *
baton_text_row_new (
    BatonWorkspace *workspace, BatonItem *item, BatonField field, const char *title, gboolean required)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  baton_inline_edit_install (row, workspace, item, field, required);
  return row;
}
