/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "new-board-dialog.h"

#include "button-names.h"
#include "change.h"
#include "template-row.h"
#include "templates.h"

#include <glib/gi18n.h>

#define BATON_TYPE_NEW_BOARD_DIALOG (baton_new_board_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonNewBoardDialog, baton_new_board_dialog, BATON, NEW_BOARD_DIALOG, AdwWindow)

struct _BatonNewBoardDialog
{
  AdwWindow parent_instance;

  /* Template */
  GtkWidget *create_button;
  AdwEntryRow *name_row;
  AdwPreferencesGroup *template_group;

  BatonWindow *window; /* borrowed: it is the transient parent */
  GPtrArray *checks;   /* borrowed GtkCheckButton, in the order of the templates */
  gboolean named;      /* the name was typed, not proposed */
  gboolean proposing;
  char *board; /* id of the new board */
};

G_DEFINE_FINAL_TYPE (BatonNewBoardDialog, baton_new_board_dialog, ADW_TYPE_WINDOW)

static const char *
chosen (BatonNewBoardDialog *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);

      if (gtk_check_button_get_active (check))
        return g_object_get_data (G_OBJECT (check), "template");
    }
  return baton_template_list ()[0];
}

static void
name_changed_cb (BatonNewBoardDialog *self)
{
  g_autofree char *name = baton_change_typed (GTK_EDITABLE (self->name_row));

  if (!self->proposing)
    self->named = name != NULL;
  gtk_widget_set_sensitive (self->create_button, name != NULL);
}

/* A name that nobody typed follows the template. */
static void
template_toggled_cb (GtkCheckButton *check, BatonNewBoardDialog *self)
{
  if (self->named || !gtk_check_button_get_active (check))
    return;
  self->proposing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), baton_template_name (chosen (self)));
  self->proposing = FALSE;
}

static void
created_cb (GtkWidget *near, const GError *refusal)
{
  BatonNewBoardDialog *self = BATON_NEW_BOARD_DIALOG (gtk_widget_get_root (near));

  if (self == NULL)
    return;
  gtk_widget_set_sensitive (self->create_button, TRUE);
  if (refusal != NULL)
    return;
  baton_window_open_board (self->window, self->board);
  gtk_window_close (GTK_WINDOW (self));
}

static void
create_cb (BatonNewBoardDialog *self)
{
  g_autofree char *name = baton_change_typed (GTK_EDITABLE (self->name_row));
  const BatonNewRow *row;
  BatonOp *op;

  if (name == NULL || !gtk_widget_get_sensitive (self->create_button))
    return;
  gtk_widget_set_sensitive (self->create_button, FALSE);
  op = baton_template_make_board (chosen (self), name);
  row = g_ptr_array_index (op->rows, 0);
  g_free (self->board);
  self->board = g_strdup (row->row->id);
  baton_change (GTK_WIDGET (self->name_row), baton_window_workspace (self->window), op, created_cb);
}

static void
add_template (BatonNewBoardDialog *self, const char *id, gboolean active)
{
  GtkWidget *row = baton_template_row_new (id);
  GtkWidget *check = gtk_check_button_new ();

  if (self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), g_ptr_array_index (self->checks, 0));
  g_ptr_array_add (self->checks, check);
  g_object_set_data (G_OBJECT (check), "template", (char *) id);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, baton_template_name (id), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->template_group, row);
  g_signal_connect (check, "toggled", G_CALLBACK (template_toggled_cb), self);
  if (active)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
}

static void
baton_new_board_dialog_finalize (GObject *object)
{
  BatonNewBoardDialog *self = BATON_NEW_BOARD_DIALOG (object);

  g_ptr_array_unref (self->checks);
  g_free (self->board);
  G_OBJECT_CLASS (baton_new_board_dialog_parent_class)->finalize (object);
}

static void
baton_new_board_dialog_class_init (BatonNewBoardDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_new_board_dialog_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/start/new-board-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonNewBoardDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, BatonNewBoardDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BatonNewBoardDialog, template_group);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
baton_new_board_dialog_init (BatonNewBoardDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  baton_name_buttons (GTK_WIDGET (self));
}

void
baton_new_board_dialog_present (BatonWindow *window, const char *template_name)
{
  BatonNewBoardDialog *self =
      g_object_new (BATON_TYPE_NEW_BOARD_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  const char *const *ids = baton_template_list ();
  const char *wanted = template_name != NULL ? template_name : ids[0];

  self->window = window;
  for (guint i = 0; ids[i] != NULL; i++)
    add_template (self, ids[i], g_str_equal (ids[i], wanted));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  gtk_editable_select_region (GTK_EDITABLE (self->name_row), 0, -1);
  gtk_window_present (GTK_WINDOW (self));
}
