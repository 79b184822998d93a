/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "request-dialog.h"

#include "groups.h"
#include "notice.h"
#include "request-people.h"
#include "review-ops.h"
#include "review-window.h"
#include "review-words.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonRequestDialog
{
  AdwWindow parent_instance;

  BatonWorkspace *workspace;
  char *version;
  char *type;       /* asset type of the card, or NULL */
  BatonItem *board; /* borrowed */
  BatonRequestPeople *people;
  GtkDropDown *who; /* all, any one, so many */
  GtkSpinButton *many;
  GtkSpinButton *hours;
  GtkLabel *ends;
  BatonTextEditor *note;
  BatonNotice *notice;
  GtkWidget *send;
};

enum
{
  ALL,
  ANY,
  MANY,
};

G_DEFINE_FINAL_TYPE (BatonRequestDialog, baton_request_dialog, ADW_TYPE_WINDOW)

static gint64
end_of_window (BatonRequestDialog *self)
{
  int hours = gtk_spin_button_get_value_as_int (self->hours);

  return baton_review_window_end (g_get_real_time (), hours,
      self->board != NULL ? baton_item_text (self->board, BATON_BOARD_WORKING_HOURS) : NULL,
      self->board != NULL ? baton_item_text (self->board, BATON_BOARD_TIME_ZONE) : NULL);
}

static void
update (BatonRequestDialog *self)
{
  g_autoptr (GPtrArray) chosen = baton_request_people_chosen (self->people);
  const char *hours = self->board != NULL ? baton_item_text (self->board, BATON_BOARD_WORKING_HOURS) : NULL;
  g_autofree char *end = baton_review_window_words (end_of_window (self), g_get_real_time ());
  g_autofree char *words = hours != NULL && baton_working_hours_are_valid (hours)
                               ? g_strdup_printf (_ ("%s, in working hours"), end)
                               : g_strdup (end);

  gtk_label_set_label (self->ends, words);
  gtk_widget_set_sensitive (self->send, chosen->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->many), gtk_drop_down_get_selected (self->who) == MANY);
  gtk_spin_button_set_range (self->many, 1, MAX (chosen->len, 1));
}

static void
sent_cb (gpointer owner, const BatonEffect *effect)
{
  BatonRequestDialog *self = owner;

  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->send, TRUE);
  if (effect == NULL)
    return;
  baton_text_editor_forget (self->note);
  gtk_window_close (GTK_WINDOW (self));
}

void
baton_request_dialog_send (BatonRequestDialog *self)
{
  g_autoptr (GPtrArray) chosen = baton_request_people_chosen (self->people);
  g_autofree char *note = g_strstrip (baton_text_editor_text (self->note));
  guint who = gtk_drop_down_get_selected (self->who);
  guint needed = who == ALL ? 0 : who == ANY ? 1 : (guint) gtk_spin_button_get_value_as_int (self->many);

  if (chosen->len == 0)
    return;
  gtk_widget_set_sensitive (self->send, FALSE);
  baton_notice_perform (self->notice, self->workspace,
      baton_review_op_request (self->version, chosen, needed, end_of_window (self), note), sent_cb, self);
}

void
baton_request_dialog_choose (BatonRequestDialog *self, const char *person, gboolean on)
{
  baton_request_people_choose (self->people, person, on);
}

static void
add_row (AdwPreferencesGroup *group, const char *title, GtkWidget *first, GtkWidget *second)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (first), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_valign (first, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), first);
  if (second != NULL)
    {
      gtk_widget_set_valign (second, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), second);
    }
  adw_preferences_group_add (group, row);
}

static void
add_people (BatonRequestDialog *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = baton_add_group (page, _ ("Reviewers"), NULL);
  const char *const who[] = { _ ("All of them"), _ ("Any one"), _ ("So many:"), NULL };

  self->people = baton_request_people_new (self->workspace, group);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->who = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (who));
  self->many = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, 500, 1));
  g_signal_connect_object (self->who, "notify::selected", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  add_row (group, _ ("Who must decide"), GTK_WIDGET (self->who), GTK_WIDGET (self->many));
}

static void
add_window (BatonRequestDialog *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = baton_add_group (page, _ ("Window"), NULL);
  gint64 hours = self->board != NULL ? baton_item_int (self->board, BATON_BOARD_REVIEW_HOURS) : 0;

  self->hours = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (1, 10000, 1));
  gtk_spin_button_set_value (self->hours, (double) (hours > 0 ? hours : BATON_REVIEW_HOURS));
  g_signal_connect_object (self->hours, "value-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  add_row (group, _ ("Hours"), GTK_WIDGET (self->hours), NULL);
  self->ends = GTK_LABEL (baton_wrapped_label (NULL, "dim-label"));
  gtk_widget_set_margin_top (GTK_WIDGET (self->ends), 6);
  adw_preferences_group_add (group, GTK_WIDGET (self->ends));
}

static void
add_criteria (BatonRequestDialog *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = baton_add_group (page, _ ("Criteria"), NULL);
  BatonColumn *checks = self->type != NULL
                            ? baton_workspace_list (self->workspace, BATON_ENTITY_REVIEW_CHECK, self->type)
                            : NULL;

  for (guint i = 0; checks != NULL && i < baton_column_size (checks); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
          baton_item_text (baton_column_peek (checks, i), BATON_REVIEW_CHECK_TEXT));
      adw_preferences_group_add (group, row);
    }
  adw_preferences_group_set_description (group,
      self->type == NULL ? _ ("This card has no asset type, and so no criteria.")
      : baton_column_size (checks) == 0
          ? _ ("This asset type has no criteria yet. They are written in the board settings, page “Reviews”.")
          : _ ("Of the card's asset type; they are changed in the board settings, page “Reviews”."));
}

static void
add_note (BatonRequestDialog *self, GtkWidget *page)
{
  AdwPreferencesGroup *group = baton_add_group (page, _ ("A word to the reviewers"), NULL);
  g_autofree char *key = g_strconcat (self->version, "/request", NULL);
  g_autofree char *draft = baton_workspace_draft (self->workspace, key);

  self->note = BATON_TEXT_EDITOR (baton_text_editor_new (self->workspace, key, BATON_EDITOR_MANY_LINES,
      _ ("A word to the reviewers"), _ ("What they should look at")));
  baton_text_editor_set (self->note, draft != NULL ? draft : "", "");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "composer");
  g_signal_connect_object (
      self->note, "submit", G_CALLBACK (baton_request_dialog_send), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "escape", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, GTK_WIDGET (self->note));
}

/* Who was asked the last time is probably asked again. */
static void
choose_last (BatonRequestDialog *self, const char *asset)
{
  g_autoptr (GPtrArray) reviews = baton_reader_rows (
      baton_workspace_reader (self->workspace), BATON_ENTITY_REVIEW, BATON_REVIEW_ASSET, asset, FALSE, NULL);
  const BatonRow *last =
      reviews != NULL && reviews->len > 0 ? g_ptr_array_index (reviews, reviews->len - 1) : NULL;
  g_auto (GStrv) people =
      last != NULL ? baton_set_split (baton_row_text (last, BATON_REVIEW_REVIEWERS)) : NULL;

  for (guint i = 0; people != NULL && people[i] != NULL; i++)
    baton_request_dialog_choose (self, people[i], TRUE);
}

static void
baton_request_dialog_dispose (GObject *object)
{
  BatonRequestDialog *self = BATON_REQUEST_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (baton_request_dialog_parent_class)->dispose (object);
}

static void
baton_request_dialog_class_init (BatonRequestDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_request_dialog_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
baton_request_dialog_init (BatonRequestDialog *self)
{
}

static GtkWidget *
create_header (BatonRequestDialog *self)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_label (_ ("Cancel"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  self->send = gtk_button_new_with_label (_ ("Request review"));
  gtk_widget_add_css_class (self->send, "suggested-action");
  g_signal_connect_object (
      self->send, "clicked", G_CALLBACK (baton_request_dialog_send), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->send);
  return header;
}

static void
fill (BatonRequestDialog *self, const char *asset)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *page = adw_preferences_page_new ();

  gtk_box_append (GTK_BOX (box), create_header (self));
  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notice));
  add_people (self, page);
  add_window (self, page);
  add_criteria (self, page);
  add_note (self, page);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  choose_last (self, asset);
  update (self);
}

BatonRequestDialog *
baton_request_dialog_present (GtkWidget *near, BatonWorkspace *workspace, const char *version)
{
  BatonReader *reader = baton_workspace_reader (workspace);
  g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_VERSION, version);
  g_autoptr (BatonRow) card =
      row != NULL ? baton_reader_row (reader, BATON_ENTITY_CARD, baton_row_text (row, BATON_VERSION_CARD))
                  : NULL;
  GtkRoot *root = gtk_widget_get_root (near);
  g_autofree char *title = NULL;
  BatonRequestDialog *self;

  g_return_val_if_fail (card != NULL, NULL);
  self = g_object_new (BATON_TYPE_REQUEST_DIALOG, NULL);
  self->workspace = g_object_ref (workspace);
  self->version = g_strdup (version);
  self->type = g_strdup (baton_row_text (card, BATON_CARD_ASSET_TYPE));
  self->board =
      baton_workspace_lookup (workspace, BATON_ENTITY_BOARD, baton_row_text (card, BATON_CARD_BOARD));
  /* Translators: title of a dialog: "Review of “Hero image”, v4". */
  title = g_strdup_printf (_ ("Review of “%s”, v%d"), baton_row_text (card, BATON_CARD_TITLE),
      (int) baton_row_int (row, BATON_VERSION_NUMBER));
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 640);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  fill (self, baton_row_text (row, BATON_VERSION_ASSET));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
