/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "attention-dialog.h"

#include "attention-edit.h"
#include "attention-words.h"
#include "sharing.h"
#include "toasts.h"
#include "wrap-box.h"

#include <glib/gi18n.h>

#define BATON_TYPE_ATTENTION_DIALOG (baton_attention_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonAttentionDialog, baton_attention_dialog, BATON, ATTENTION_DIALOG, AdwWindow)

struct _BatonAttentionDialog
{
  AdwWindow parent_instance;

  BatonWindow *window; /* borrowed: it is the transient parent */
  GtkStack *stack;
  GtkListBox *list;
  AdwToastOverlay *toasts; /* NULL once the dialog has been closed */
};

G_DEFINE_FINAL_TYPE (BatonAttentionDialog, baton_attention_dialog, ADW_TYPE_WINDOW)

static void refresh (BatonAttentionDialog *self);

static BatonWorkspace *
workspace_of (BatonAttentionDialog *self)
{
  return baton_window_workspace (self->window);
}

static void
toast (BatonAttentionDialog *self, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  baton_toasts_add (self->toasts, adw_toast_new (title));
}

static gint64
id_of (GtkWidget *button)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (button), "id");
}

/* The answer of the disk. The dialog may have been closed by then. */
static void
attended (BatonAttentionDialog *self, GObject *workspace, GAsyncResult *result, const char *done)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = baton_workspace_attend_finish (BATON_WORKSPACE (workspace), result, &error);

  if (self->toasts != NULL)
    toast (self, ok ? done : error->message);
}

static void
reapplied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonAttentionDialog) self = data;

  attended (self, source, result, _ ("It is done now, as a new change."));
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonAttentionDialog) self = data;

  attended (self, source, result, _ ("It is let go."));
}

static void
reapply_cb (GtkWidget *button, BatonAttentionDialog *self)
{
  gtk_widget_set_sensitive (button, FALSE);
  baton_workspace_reapply_async (
      workspace_of (self), id_of (button), NULL, reapplied_cb, g_object_ref (self));
}

static void
discard_cb (GtkWidget *button, BatonAttentionDialog *self)
{
  gtk_widget_set_sensitive (button, FALSE);
  baton_workspace_discard_async (workspace_of (self), id_of (button), discarded_cb, g_object_ref (self));
}

/* The text goes where it belongs, to be changed there. */
static void
edit_cb (GtkWidget *button, BatonAttentionDialog *self)
{
  g_autoptr (BatonAttention) attention =
      baton_reader_attention_one (baton_workspace_reader (workspace_of (self)), id_of (button), NULL);
  BatonWindow *window = self->window;

  if (attention == NULL)
    {
      refresh (self);
      return;
    }
  gtk_window_close (GTK_WINDOW (self));
  baton_attention_edit (window, attention);
}

static void
copy_cb (GtkWidget *button, BatonAttentionDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), g_object_get_data (G_OBJECT (button), "text"));
  toast (self, _ ("Copied."));
}

static GtkWidget *
add_button (BatonAttentionDialog *self, GtkWidget *box, const char *label, const BatonAttention *attention,
    GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "id", g_memdup2 (&attention->id, sizeof attention->id), g_free);
  g_signal_connect (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* The texts of the operation: what would otherwise have to be typed again. */
static char *
texts_of (const BatonAttention *attention, const char *what)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; attention->op->sets != NULL && i < attention->op->sets->len; i++)
    {
      const BatonSet *set = &g_array_index (attention->op->sets, BatonSet, i);

      if (set->value.kind == BATON_VALUE_TEXT)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", set->value.text);
    }
  return g_strdup (text->len > 0 ? text->str : what);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_value (GtkWidget *box, const char *format, const char *value)
{
  g_autofree char *words = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  words = g_strdup_printf (format, value);
#pragma GCC diagnostic pop
  gtk_box_append (GTK_BOX (box), new_label (words, NULL));
}

/* What there is now where the operation wanted something: for a move the place, else each value. */
static void
add_values (BatonWorkspace *workspace, BatonNames *names, GtkWidget *box, const BatonAttention *attention)
{
  const BatonOp *op = attention->op;
  const BatonVerbInfo *verb = op->verb != BATON_VERB_UNKNOWN ? baton_verb_info (op->verb) : NULL;
  g_autoptr (BatonRow) row = verb != NULL && op->ids->len == 1
                                 ? baton_reader_row (baton_workspace_reader (workspace), verb->entity,
                                       g_ptr_array_index (op->ids, 0))
                                 : NULL;
  BatonField parent = verb != NULL ? baton_entity_info (verb->entity)->parent : BATON_FIELD_NONE;

  if (row == NULL)
    return;
  if (verb->action == BATON_ACTION_MOVE && parent != BATON_FIELD_NONE)
    {
      g_autofree char *place = baton_words_value (names, parent, baton_row_value (row, parent));

      add_value (box, _ ("It is now in: %s"), place);
    }
  for (guint i = 0; verb->action == BATON_ACTION_SET && i < op->sets->len; i++)
    {
      const BatonSet *set = &g_array_index (op->sets, BatonSet, i);
      g_autofree char *mine = baton_words_value (names, set->field, &set->value);
      g_autofree char *now = baton_words_value (names, set->field, baton_row_value (row, set->field));

      add_value (box,
          attention->kind == BATON_ATTENTION_REPLACED ? _ ("You had written: %s") : _ ("You wanted: %s"),
          mine);
      add_value (box, _ ("There is now: %s"), now);
    }
}

static GtkWidget *
new_row (BatonAttentionDialog *self, BatonNames *names, const BatonAttention *attention)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = baton_wrap_box_new (6), *copy;
  g_autofree char *what = baton_words_intent (names, attention->op);
  gboolean replaced = attention->kind == BATON_ATTENTION_REPLACED;
  g_auto (BatonAttentionWords) words = { 0 };

  baton_attention_words_init (&words, names, baton_workspace_reader (workspace_of (self)), attention);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), new_label (words.sentence, "heading"));
  if (attention->why != NULL)
    gtk_box_append (GTK_BOX (box), new_label (attention->why, "dim-label"));
  add_values (workspace_of (self), names, box, attention);
  add_button (
      self, buttons, replaced ? _ ("Restore mine") : _ ("Do it now"), attention, G_CALLBACK (reapply_cb));
  if (baton_attention_can_edit (workspace_of (self), attention))
    add_button (self, buttons, _ ("Edit…"), attention, G_CALLBACK (edit_cb));
  copy = add_button (self, buttons, C_ ("clipboard", "Copy"), attention, G_CALLBACK (copy_cb));
  g_object_set_data_full (G_OBJECT (copy), "text", texts_of (attention, what), g_free);
  add_button (self, buttons, _ ("Let it go"), attention, G_CALLBACK (discard_cb));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words.sentence, -1);
  return row;
}

static void
refresh (BatonAttentionDialog *self)
{
  BatonWorkspace *workspace = workspace_of (self);
  BatonReader *reader = baton_workspace_reader (workspace);
  g_autoptr (GPtrArray) all = baton_reader_attention (reader, NULL);
  g_autoptr (BatonNames) names = baton_names_new (reader);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; all != NULL && i < all->len; i++)
    gtk_list_box_append (self->list, new_row (self, names, g_ptr_array_index (all, i)));
  gtk_stack_set_visible_child_name (self->stack, all != NULL && all->len > 0 ? "list" : "empty");
}

static void
baton_attention_dialog_dispose (GObject *object)
{
  BATON_ATTENTION_DIALOG (object)->toasts = NULL;
  G_OBJECT_CLASS (baton_attention_dialog_parent_class)->dispose (object);
}

static void
baton_attention_dialog_class_init (BatonAttentionDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_attention_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
baton_attention_dialog_init (BatonAttentionDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *empty = adw_status_page_new (), *clamp = adw_clamp_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing needs attention"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (empty), _ ("When two people change the same thing at once and only one of them can "
                                  "have it, the other’s change waits here "
                                  "instead of being lost."));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->toasts));
  adw_window_set_content (ADW_WINDOW (self), box);
}

void
baton_attention_dialog_present (BatonWindow *window)
{
  BatonAttentionDialog *self = g_object_new (BATON_TYPE_ATTENTION_DIALOG, "transient-for", window, "modal",
      TRUE, "title", _ ("Needs attention"), "default-width", 560, "default-height", 480, NULL);

  self->window = window;
  g_signal_connect_object (
      baton_window_workspace (window), "attended", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
}
