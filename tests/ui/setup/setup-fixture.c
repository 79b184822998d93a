/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "setup-fixture.h"

#include "templates.h"
#include "ui-find.h"

#include <glib/gstdio.h>

static guint n_folders;

void
setup_init (int *argc, char ***argv)
{
  const char *place = g_getenv ("UI_TMP");

  /* The person's own data is not touched. */
  g_setenv ("XDG_DATA_HOME", place != NULL ? place : g_get_tmp_dir (), TRUE);
  ui_init (argc, argv);
}

/* One turn of the loop, which takes ten milliseconds at most. */
void
setup_turn (void)
{
  ui_spin (10);
}

static void
perform (BatonWorkspace *workspace, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);
}

static void
add_card (BatonWorkspace *workspace, const char *stage, guint number)
{
  static const char *const titles[] = { "Hero image", "Story set, three frames",
    "Subject lines, five variants", "Print ad A4, bleed", "Window sticker text", "Carousel, slide 1–4",
    "Landing page copy", "Banner 970×250" };
  g_autofree char *id = baton_store_new_id ();
  g_autofree char *title = g_strdup_printf ("%s %u", titles[number % G_N_ELEMENTS (titles)], number + 1);
  BatonOp *op = baton_op_new (BATON_VERB_CARD_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, stage);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  if (number % 7 == 6)
    baton_row_set_int (row, BATON_CARD_TEMPLATE, 1);
  perform (workspace, op);
  if (number % 4 == 3 || number % 5 == 4)
    {
      op = baton_op_new (number % 4 == 3 ? BATON_VERB_CARD_ARCHIVE : BATON_VERB_CARD_BIN);
      baton_op_add_id (op, id);
      perform (workspace, op);
    }
}

Setup *
setup_new (const char *template_name, guint cards)
{
  Setup *self = g_new0 (Setup, 1);
  g_autofree char *name = g_strdup_printf ("workspace-%u", n_folders++);
  BatonColumn *boards;

  self->application = ui_application ();
  self->folder = g_build_filename (g_getenv ("XDG_DATA_HOME"), "baton-setup-test", name, NULL);
  /* There is no desktop that could be told anything; who has one says so. */
  g_settings_set_boolean (baton_application_settings (self->application), "notify", FALSE);
  self->window = baton_window_new (self->application);
  gtk_window_present (GTK_WINDOW (self->window));
  baton_window_open_folder (self->window, self->folder, BATON_STORE_CREATE);
  setup_until (baton_window_workspace (self->window) != NULL);
  self->workspace = baton_window_workspace (self->window);
  if (template_name == NULL)
    return self;

  perform (self->workspace, baton_template_make_board (template_name, NULL));
  boards = baton_workspace_list (self->workspace, BATON_ENTITY_BOARD, NULL);
  baton_window_open_board (self->window, baton_item_id (baton_column_peek (boards, 0)));
  setup_until (baton_window_board (self->window) != NULL);
  self->board = baton_window_board (self->window);
  for (guint i = 0; i < cards; i++)
    add_card (self->workspace, baton_item_id (baton_column_peek (baton_board_stages (self->board), 0)), i);
  return self;
}

void
setup_free (Setup *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  gtk_window_destroy (GTK_WINDOW (self->window));
  setup_until (g_list_model_get_n_items (windows) == 0);
  ui_spin (50);
  g_free (self->folder);
  g_free (self);
}

GtkWidget *
setup_window (const char *type_name)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (window), type_name) && gtk_widget_get_mapped (window))
        found = window;
    }
  return found;
}

guint
setup_n_windows (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += gtk_widget_get_mapped (window);
    }
  return n;
}

typedef struct
{
  const char *type;
  const char *label; /* NULL: any */
} Wanted;

static const char *
label_of (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget)            ? gtk_button_get_label (GTK_BUTTON (widget))
         : ADW_IS_PREFERENCES_ROW (widget) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget))
         : GTK_IS_LABEL (widget)           ? gtk_label_get_label (GTK_LABEL (widget))
                                           : NULL;
}

static gboolean
is_wanted (GtkWidget *widget, gconstpointer data)
{
  const Wanted *wanted = data;

  return g_type_is_a (G_OBJECT_TYPE (widget), g_type_from_name (wanted->type)) &&
         (wanted->label == NULL || g_strcmp0 (label_of (widget), wanted->label) == 0);
}

GtkWidget *
setup_find_labelled (GtkWidget *below, const char *type_name, const char *label)
{
  return ui_find (below, is_wanted, &(Wanted){ type_name, label });
}

GtkWidget *
setup_find (GtkWidget *below, const char *type_name)
{
  return setup_find_labelled (below, type_name, NULL);
}

GtkWidget *
setup_find_row (GtkWidget *below, const char *title)
{
  return setup_find_labelled (below, "AdwPreferencesRow", title);
}

void
setup_click (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  if (GTK_IS_BUTTON (button))
    g_signal_emit_by_name (button, "clicked");
  else if (GTK_IS_LIST_BOX_ROW (button))
    g_signal_emit_by_name (button, "activate");
  else
    gtk_widget_activate (button);
}

void
setup_respond (GtkWidget *dialog, const char *response)
{
  g_object_ref (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (dialog);
}

void
setup_type (GtkWidget *editable, const char *text)
{
  g_assert_nonnull (editable);
  gtk_editable_set_text (GTK_EDITABLE (editable), text);
  g_signal_emit_by_name (editable, ADW_IS_ENTRY_ROW (editable) ? "entry-activated" : "activate");
}

gint64
setup_seq (BatonWorkspace *workspace)
{
  gint64 seq = baton_reader_last_seq (baton_workspace_reader (workspace));

  for (;;)
    {
      gint64 later;

      ui_spin (150);
      later = baton_reader_last_seq (baton_workspace_reader (workspace));
      if (later == seq)
        return seq;
      seq = later;
    }
}
