/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "conversation.h"

#include "mention-popup.h"
#include "review-ops.h"
#include "review-words.h"
#include "section.h"
#include "text-editor.h"
#include "thread-row.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

static const struct
{
  BatonMarkShape shape;
  const char *icon;
  const char *name;
} tools[] = {
  { BATON_MARK_POINT, "baton-mark-point-symbolic", N_ ("Pin a point (P)") },
  { BATON_MARK_RECTANGLE, "baton-mark-rectangle-symbolic", N_ ("Draw a rectangle (R)") },
  { BATON_MARK_STROKE, "baton-mark-stroke-symbolic", N_ ("Draw freehand (F)") },
  { BATON_MARK_ARROW, "baton-mark-arrow-symbolic", N_ ("Draw an arrow (G)") },
};

struct _BatonConversation
{
  GtkBox parent_instance;

  BatonReviewModel *model;
  BatonNotice *notice; /* borrowed */
  char *version;
  GtkWidget *heading;
  GtkWidget *filter;
  GtkListBox *list;
  GtkWidget *nothing;
  GtkWidget *composer_box;
  BatonTextEditor *composer;
  GtkWidget *tool_buttons[G_N_ELEMENTS (tools)];
  GtkWidget *pinned; /* says that a mark waits */
  GtkWidget *send;
  BatonMark *draft;
  int draft_page;
  gboolean showing; /* buttons are set by the program */
  gboolean sending;
};

enum
{
  CHOSEN,
  TOOL,
  DRAFT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonConversation, baton_conversation, GTK_TYPE_BOX)

static BatonThreadRow *
row_of (BatonConversation *self, const char *comment)
{
  GtkListBoxRow *row;

  for (int i = 0; comment != NULL && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (g_str_equal (baton_thread_row_comment (BATON_THREAD_ROW (row)), comment))
        return BATON_THREAD_ROW (row);
    }
  return NULL;
}

/* What is open first, and of that the newest first. */
static int
compare_threads (gconstpointer a, gconstpointer b)
{
  const BatonThread *one = *(BatonThread *const *) a, *other = *(BatonThread *const *) b;

  if (one->resolved != other->resolved)
    return one->resolved ? 1 : -1;
  return one->number > other->number ? -1 : one->number < other->number;
}

static gboolean
has_thread (const GPtrArray *threads, const char *comment)
{
  for (guint i = 0; i < threads->len; i++)
    {
      if (g_str_equal (((BatonThread *) g_ptr_array_index (threads, i))->comment->id, comment))
        return TRUE;
    }
  return FALSE;
}

static void
remove_gone (BatonConversation *self, const GPtrArray *threads)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL;)
    {
      if (has_thread (threads, baton_thread_row_comment (BATON_THREAD_ROW (row))))
        i++;
      else
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
}

/* Rows stay where they are in use; those that stand elsewhere now are moved. */
static void
place_rows (BatonConversation *self, const GPtrArray *threads, const BatonRow *shown)
{
  for (guint i = 0; i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);
      BatonThreadRow *row = row_of (self, thread->comment->id);

      if (row == NULL)
        {
          row = BATON_THREAD_ROW (baton_thread_row_new (self->model, thread, self->notice));
          gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) i);
        }
      else if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) != (int) i)
        {
          g_object_ref (row);
          gtk_list_box_remove (self->list, GTK_WIDGET (row));
          gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) i);
          g_object_unref (row);
        }
      baton_thread_row_update (row, thread, shown);
    }
}

static void
show_counts (BatonConversation *self, const GPtrArray *threads)
{
  guint resolved = 0;
  g_autofree char *open_words = NULL, *resolved_words = NULL, *words = NULL;

  for (guint i = 0; i < threads->len; i++)
    resolved += ((BatonThread *) g_ptr_array_index (threads, i))->resolved;
  open_words =
      g_strdup_printf (ngettext ("%u open", "%u open", threads->len - resolved), threads->len - resolved);
  resolved_words = g_strdup_printf (ngettext ("%u resolved", "%u resolved", resolved), resolved);
  /* Translators: "1 open, 2 resolved". */
  words = g_strdup_printf (_ ("%s, %s"), open_words, resolved_words);
  baton_section_set_note (self->heading, threads->len > 0 ? words : NULL);
  gtk_widget_set_visible (self->nothing, threads->len == 0);
  gtk_widget_set_visible (self->filter, resolved > 0);
}

static void
update (BatonConversation *self)
{
  const BatonRow *shown = baton_review_model_version (self->model, self->version);
  g_autoptr (GPtrArray) threads = NULL;

  if (shown == NULL)
    return;
  threads = baton_review_model_threads (self->model, shown);
  g_ptr_array_sort (threads, compare_threads);
  remove_gone (self, threads);
  place_rows (self, threads, shown);
  show_counts (self, threads);
  gtk_list_box_invalidate_filter (self->list);
  /* Only the newest version takes new marks; what was said about others is there to be read and answered. */
  gtk_widget_set_visible (self->composer_box,
      baton_review_model_can_edit (self->model) && baton_review_model_is_newest (self->model, shown));
}

static gboolean
filter_row (GtkListBoxRow *row, gpointer data)
{
  return !baton_conversation_unresolved_only (data) ||
         !baton_thread_view_is_resolved (baton_thread_row_view (BATON_THREAD_ROW (row)));
}

static char *
mark_key (BatonConversation *self)
{
  return g_strconcat (baton_review_model_asset_id (self->model), "/mark", NULL);
}

static void
update_send (BatonConversation *self)
{
  gtk_widget_set_visible (self->pinned, self->draft != NULL);
  gtk_widget_set_sensitive (self->send, !self->sending && !baton_text_editor_is_blank (self->composer));
}

static void
set_draft (BatonConversation *self, const BatonMark *mark, int page)
{
  g_clear_pointer (&self->draft, baton_mark_free);
  self->draft = mark != NULL ? baton_mark_copy (mark) : NULL;
  self->draft_page = page;
  update_send (self);
  g_signal_emit (self, signals[DRAFT_CHANGED], 0);
}

/* "version page shape place": what was drawn is kept as what was typed is. */
static void
save_draft (BatonConversation *self)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  g_autofree char *key = mark_key (self);
  g_autofree char *place = self->draft != NULL ? baton_mark_format (self->draft) : NULL;
  g_autofree char *text = self->draft != NULL
                              ? g_strdup_printf ("%s %d %s %s", self->version, self->draft_page,
                                    baton_mark_shape_name (self->draft->shape), place)
                              : NULL;

  baton_workspace_set_draft (workspace, key, text);
}

static void
load_draft (BatonConversation *self)
{
  g_autofree char *key = mark_key (self);
  g_autofree char *text = baton_workspace_draft (baton_review_model_workspace (self->model), key);
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", 4) : NULL;
  g_autoptr (BatonMark) mark = NULL;

  if (words != NULL && g_strv_length (words) == 4 && g_strcmp0 (words[0], self->version) == 0)
    mark = baton_mark_parse (baton_mark_shape (words[2]), words[3]);
  set_draft (self, mark, mark != NULL ? atoi (words[1]) : 0);
}

void
baton_conversation_pin (BatonConversation *self, const BatonMark *mark, int page)
{
  set_draft (self, mark, page);
  save_draft (self);
  if (mark != NULL)
    baton_text_editor_focus (self->composer);
}

const BatonMark *
baton_conversation_draft (BatonConversation *self, int *page)
{
  if (page != NULL)
    *page = self->draft_page;
  return self->draft;
}

static void
unpin_cb (GtkButton *button, BatonConversation *self)
{
  baton_conversation_pin (self, NULL, 0);
  baton_text_editor_focus (self->composer);
}

static void
sent_cb (gpointer owner, const BatonEffect *effect)
{
  BatonConversation *self = owner;

  self->sending = FALSE;
  if (self->model == NULL)
    return;
  if (effect != NULL)
    {
      baton_text_editor_forget (self->composer);
      baton_text_editor_set (self->composer, "", "");
      set_draft (self, NULL, 0);
      save_draft (self);
    }
  update_send (self);
}

static void
send_text (BatonConversation *self)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  const BatonRow *card = baton_review_model_card (self->model);
  g_autofree char *text = g_strstrip (baton_text_editor_text (self->composer));
  g_autoptr (GHashTable) names = baton_mention_names (workspace);
  g_autoptr (GPtrArray) mentions = baton_review_mentions (text, names);

  if (*text == '\0' || self->sending || card == NULL || self->version == NULL)
    return;
  self->sending = TRUE;
  update_send (self);
  baton_notice_perform (self->notice, workspace,
      baton_review_op_comment (
          card->id, self->version, self->draft, self->draft_page, text, NULL, mentions, NULL),
      sent_cb, self);
}

static void
escape_cb (BatonTextEditor *composer, BatonConversation *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
tool_toggled_cb (GtkToggleButton *button, BatonConversation *self)
{
  if (self->showing)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      if (self->tool_buttons[i] == GTK_WIDGET (button))
        g_signal_emit (self, signals[TOOL], 0,
            (int) (gtk_toggle_button_get_active (button) ? tools[i].shape : BATON_MARK_NONE));
    }
}

void
baton_conversation_show_tool (BatonConversation *self, BatonMarkShape tool)
{
  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tool_buttons[i]), tools[i].shape == tool);
  self->showing = FALSE;
}

void
baton_conversation_offer_tools (BatonConversation *self, gboolean offer, const char *hint)
{
  gtk_label_set_label (GTK_LABEL (self->nothing), hint);
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    gtk_widget_set_visible (self->tool_buttons[i], offer);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonConversation *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, baton_thread_row_comment (BATON_THREAD_ROW (row)));
}

void
baton_conversation_select (BatonConversation *self, const char *comment)
{
  BatonThreadRow *row = row_of (self, comment);

  if (row == NULL)
    {
      gtk_list_box_unselect_all (self->list);
      return;
    }
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (row)); /* brings it into view */
}

/* A list brings a row into view only with the keyboard. */
static void
bring_into_view (BatonConversation *self, GtkWidget *row)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *body = scrolled != NULL ? gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT) : NULL;
  GtkAdjustment *vertical;
  graphene_rect_t bounds;

  body = body != NULL ? gtk_viewport_get_child (GTK_VIEWPORT (body)) : NULL;
  if (body == NULL || !gtk_widget_compute_bounds (row, body, &bounds))
    return;
  vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_clamp_page (vertical, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

void
baton_conversation_show (BatonConversation *self, const char *comment)
{
  BatonThreadRow *row = row_of (self, comment);

  gtk_list_box_unselect_all (self->list);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  bring_into_view (self, GTK_WIDGET (row));
}

/* Where the ranges stand may be known only later. */
void
baton_conversation_set_quotes (BatonConversation *self, const GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);
      BatonThreadRow *row = row_of (self, mark->comment);

      if (row != NULL)
        baton_thread_view_set_quote (baton_thread_row_view (row), mark->quote, mark->fate);
    }
}

const char *
baton_conversation_selected (BatonConversation *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? baton_thread_row_comment (BATON_THREAD_ROW (row)) : NULL;
}

void
baton_conversation_step (BatonConversation *self, gboolean forward)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : (forward ? -1 : 0);

  do
    {
      index += forward ? 1 : -1;
      row = gtk_list_box_get_row_at_index (self->list, index);
    }
  while (row != NULL && !gtk_widget_get_child_visible (GTK_WIDGET (row)));
  if (row != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, baton_thread_row_comment (BATON_THREAD_ROW (row)));
}

void
baton_conversation_reply (BatonConversation *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    baton_thread_view_reply (baton_thread_row_view (BATON_THREAD_ROW (row)));
}

void
baton_conversation_resolve (BatonConversation *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    baton_thread_view_resolve (baton_thread_row_view (BATON_THREAD_ROW (row)));
}

void
baton_conversation_write (BatonConversation *self)
{
  if (gtk_widget_get_visible (self->composer_box))
    baton_text_editor_focus (self->composer);
}

void
baton_conversation_set_unresolved_only (BatonConversation *self, gboolean only)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filter), only);
}

gboolean
baton_conversation_unresolved_only (BatonConversation *self)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filter));
}

void
baton_conversation_set_version (BatonConversation *self, const char *version)
{
  if (g_strcmp0 (self->version, version) == 0)
    return;
  g_free (self->version);
  self->version = g_strdup (version);
  load_draft (self);
  update (self);
}

static void
baton_conversation_dispose (GObject *object)
{
  BatonConversation *self = BATON_CONVERSATION (object);

  /* The rows know the model only as long as this does. */
  if (self->list != NULL)
    {
      GtkListBoxRow *row;

      while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
      self->list = NULL;
    }
  g_clear_object (&self->model);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->draft, baton_mark_free);
  G_OBJECT_CLASS (baton_conversation_parent_class)->dispose (object);
}

static void
baton_conversation_class_init (BatonConversationClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_conversation_dispose;
  signals[CHOSEN] =
      g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TOOL] =
      g_signal_new ("tool", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[DRAFT_CHANGED] =
      g_signal_new ("draft-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_tools (BatonConversation *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_icon_name (GTK_BUTTON (button), tools[i].icon);
      gtk_widget_set_tooltip_text (button, _ (tools[i].name));
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (tools[i].name), -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "mark-tool");
      gtk_widget_set_focus_on_click (button, FALSE);
      g_signal_connect (button, "toggled", G_CALLBACK (tool_toggled_cb), self);
      gtk_box_append (GTK_BOX (line), button);
      self->tool_buttons[i] = button;
    }
  self->pinned = gtk_button_new_with_label (_ ("Pinned"));
  gtk_widget_add_css_class (self->pinned, "flat");
  gtk_widget_add_css_class (self->pinned, "small-button");
  gtk_widget_set_tooltip_text (
      self->pinned, _ ("The comment is pinned to what was drawn. A click takes the mark away."));
  g_signal_connect (self->pinned, "clicked", G_CALLBACK (unpin_cb), self);
  gtk_box_append (GTK_BOX (line), self->pinned);
  self->send = gtk_button_new_with_label (_ ("Comment"));
  gtk_widget_set_hexpand (self->send, TRUE);
  gtk_widget_set_halign (self->send, GTK_ALIGN_END);
  g_signal_connect_swapped (self->send, "clicked", G_CALLBACK (send_text), self);
  gtk_box_append (GTK_BOX (line), self->send);
  return line;
}

static void
add_composer (BatonConversation *self)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  g_autofree char *key = g_strconcat (baton_review_model_asset_id (self->model), "/comment", NULL);
  g_autofree char *draft = baton_workspace_draft (workspace, key);

  self->composer_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->composer = BATON_TEXT_EDITOR (baton_text_editor_new (workspace, key, BATON_EDITOR_MANY_LINES,
      _ ("New comment"), _ ("Say something about this version… (N)")));
  baton_text_editor_set (self->composer, draft != NULL ? draft : "", "");
  g_signal_connect_swapped (self->composer, "submit", G_CALLBACK (send_text), self);
  g_signal_connect_swapped (self->composer, "typed", G_CALLBACK (update_send), self);
  g_signal_connect (self->composer, "escape", G_CALLBACK (escape_cb), self);
  baton_mention_popup_attach (GTK_WIDGET (self->composer), workspace);
  gtk_box_append (GTK_BOX (self->composer_box), GTK_WIDGET (self->composer));
  gtk_box_append (GTK_BOX (self->composer_box), create_tools (self));
  gtk_box_append (GTK_BOX (self), self->composer_box);
  update_send (self);
}

static void
baton_conversation_init (BatonConversation *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->heading = baton_section_heading (_ ("Conversation"));
  self->filter = gtk_toggle_button_new_with_label (_ ("Open only"));
  gtk_widget_add_css_class (self->filter, "flat");
  gtk_widget_add_css_class (self->filter, "small-button");
  gtk_widget_set_tooltip_text (self->filter, _ ("Hide what is resolved (U)"));
  baton_section_add_end (self->heading, self->filter);
  gtk_box_append (GTK_BOX (self), self->heading);
}

static void
add_list (BatonConversation *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "threads");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Comments"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_object (
      self->filter, "toggled", G_CALLBACK (gtk_list_box_invalidate_filter), self->list, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  self->nothing = baton_wrapped_label (NULL, "dim-label");
  gtk_box_append (GTK_BOX (self), self->nothing);
}

GtkWidget *
baton_conversation_new (BatonReviewModel *model, BatonNotice *notice)
{
  BatonConversation *self = g_object_new (BATON_TYPE_CONVERSATION, NULL);

  self->model = g_object_ref (model);
  self->notice = notice;
  add_composer (self);
  add_list (self);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
