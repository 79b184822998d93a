/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "inline-edit.h"

#include "change.h"

#include <math.h>

/* Steps that follow each other faster than this are one change. */
#define SETTLE_MS 600

typedef struct
{
  GtkWidget *control; /* borrowed: it owns this */
  BatonWorkspace *workspace;
  BatonItem *item;
  BatonField field;
  gint64 factor;
  char *none;
  guint settling;
  gboolean showing; /* the control is told a value and must not change it */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_clear_handle_id (&row->settling, g_source_remove);
  g_object_unref (row->workspace);
  g_object_unref (row->item);
  g_free (row->none);
  g_free (row);
}

static Row *
row_of (GtkWidget *control)
{
  return g_object_get_data (G_OBJECT (control), "field-row");
}

static Row *
new_row (GtkWidget *control, BatonWorkspace *workspace, BatonItem *item, BatonField field)
{
  Row *row = g_new0 (Row, 1);

  row->control = control;
  row->workspace = g_object_ref (workspace);
  row->item = g_object_ref (item);
  row->field = field;
  g_object_set_data_full (G_OBJECT (control), "field-row", row, row_free);
  return row;
}

static void
show (Row *row)
{
  gint64 value = baton_item_int (row->item, row->field);

  row->showing = TRUE;
  if (GTK_IS_SWITCH (row->control))
    gtk_switch_set_active (GTK_SWITCH (row->control), value != 0);
  else
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (row->control), (double) (value / row->factor));
  row->showing = FALSE;
}

static void
follow_cb (BatonItem *item, GtkWidget *control)
{
  Row *row = row_of (control);

  if (row->settling == 0)
    show (row);
}

static void
changed_cb (GtkWidget *control, const GError *refusal)
{
  if (refusal != NULL)
    show (row_of (control));
}

static void
perform (Row *row, gint64 value)
{
  if (row->showing || value == baton_item_int (row->item, row->field))
    return;
  baton_change (row->control, row->workspace,
      baton_change_int (baton_item_entity (row->item), baton_item_id (row->item), row->field, value),
      changed_cb);
}

static void
switched_cb (GtkSwitch *control)
{
  perform (row_of (GTK_WIDGET (control)), gtk_switch_get_active (control));
}

static gboolean
settled_cb (gpointer data)
{
  Row *row = data;

  row->settling = 0;
  perform (row, gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (row->control)) * row->factor);
  return G_SOURCE_REMOVE;
}

static void
stepped_cb (GtkSpinButton *control)
{
  Row *row = row_of (GTK_WIDGET (control));

  if (row->showing)
    return;
  g_clear_handle_id (&row->settling, g_source_remove);
  row->settling = g_timeout_add (SETTLE_MS, settled_cb, row);
}

static void
left_cb (GtkEventControllerFocus *focus, GtkWidget *control)
{
  Row *row = row_of (control);

  gtk_spin_button_update (GTK_SPIN_BUTTON (control));
  if (row->settling == 0)
    return;
  g_clear_handle_id (&row->settling, g_source_remove);
  settled_cb (row);
}

static gboolean
output_cb (GtkSpinButton *control)
{
  Row *row = row_of (GTK_WIDGET (control));
  int value = gtk_spin_button_get_value_as_int (control);
  g_autofree char *text = value == 0 ? g_strdup (row->none) : g_strdup_printf ("%d", value);

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (control))))
    gtk_editable_set_text (GTK_EDITABLE (control), text);
  return TRUE;
}

static int
input_cb (GtkSpinButton *control, double *value)
{
  *value = floor (g_strtod (gtk_editable_get_text (GTK_EDITABLE (control)), NULL));
  return TRUE;
}

static GtkWidget *
new_action_row (GtkWidget *control, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle, -1);
  g_object_set_data (G_OBJECT (row), "control", control);
  return row;
}

GtkWidget *
baton_row_control (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "control");
}

GtkWidget *
baton_switch_row_new (
    BatonWorkspace *workspace, BatonItem *item, BatonField field, const char *title, const char *subtitle)
{
  GtkWidget *control = gtk_switch_new ();

  show (new_row (control, workspace, item, field));
  g_signal_connect (control, "notify::active", G_CALLBACK (switched_cb), NULL);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_cb), control, 0);
  return new_action_row (control, title, subtitle);
}

GtkWidget *
baton_number_row_new (BatonWorkspace *workspace, BatonItem *item, BatonField field, gint64 factor,
    const char *title, const char *subtitle, const char *none)
{
  GtkWidget *control = gtk_spin_button_new_with_range (0, 9999, 1);
  Row *row = new_row (control, workspace, item, field);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  /* Words for zero are no number. */
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (control), FALSE);
  row->factor = factor;
  row->none = g_strdup (none);
  gtk_editable_set_width_chars (GTK_EDITABLE (control), MAX (5, (int) g_utf8_strlen (none, -1)));
  g_signal_connect (control, "output", G_CALLBACK (output_cb), NULL);
  g_signal_connect (control, "input", G_CALLBACK (input_cb), NULL);
  show (row);
  output_cb (GTK_SPIN_BUTTON (control));
  g_signal_connect (control, "value-changed", G_CALLBACK (stepped_cb), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (left_cb), control);
  gtk_widget_add_controller (control, focus);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_cb), control, 0);
  return new_action_row (control, title, subtitle);
}
