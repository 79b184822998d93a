/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "thread-view.h"

#include "mention-popup.h"
#include "reply-row.h"
#include "review-ops.h"
#include "review-words.h"
#include "section.h"
#include "text-editor.h"
#include "when.h"
#include "text-direction.h"

#include <glib/gi18n.h>

struct _BatonThreadView
{
  GtkBox parent_instance;

  BatonReviewModel *model; /* borrowed: it outlives the view */
  BatonNotice *notice;     /* borrowed */
  char *comment;
  char *shown; /* the version that is looked at */
  char *name;  /* for a screen reader */
  gboolean resolved, own;
  GtkLabel *head;
  GtkLabel *quote; /* the words of a text that are meant */
  GtkLabel *text;
  GtkBox *replies;
  GtkWidget *resolve, *keep, *reply, *edit, *remove;
  BatonTextEditor *editor; /* for an answer or an edit; NULL while there is none */
  gboolean editing;        /* the comment itself, rather than answering */
  gboolean answers;        /* the place to answer is always open */
};

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonThreadView, baton_thread_view, GTK_TYPE_BOX)

static void open_editor (BatonThreadView *self, gboolean editing);

static void
perform (BatonThreadView *self, BatonOp *op)
{
  baton_notice_perform (self->notice, baton_review_model_workspace (self->model), op, NULL, NULL);
}

void
baton_thread_view_resolve (BatonThreadView *self)
{
  if (baton_review_model_can_edit (self->model))
    perform (self, baton_review_op_resolve (self->comment, !self->resolved));
}

static void
keep_cb (GtkButton *button, BatonThreadView *self)
{
  perform (self, baton_review_op_keep (self->comment, self->shown));
}

static void
remove_cb (GtkButton *button, BatonThreadView *self)
{
  perform (self, baton_review_op_remove (self->comment));
}

static void
close_editor (BatonThreadView *self, gboolean forget)
{
  if (self->editor == NULL)
    return;
  if (forget)
    baton_text_editor_forget (self->editor);
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (self->editor));
  self->editor = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->text), TRUE);
}

/* The keyboard goes back to where it came from. */
static void
finish (BatonThreadView *self, gboolean said)
{
  if (self->answers && baton_review_model_can_edit (self->model))
    open_editor (self, FALSE);
  g_signal_emit (self, signals[FINISHED], 0, said);
}

static void
said_cb (gpointer owner, const BatonEffect *effect)
{
  BatonThreadView *self = owner;

  if (effect != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      close_editor (self, TRUE);
      finish (self, TRUE);
    }
}

static BatonOp *
reply_op (BatonThreadView *self, const char *text)
{
  g_autoptr (GHashTable) names = baton_mention_names (baton_review_model_workspace (self->model));
  g_autoptr (GPtrArray) mentions = baton_review_mentions (text, names);
  const BatonRow *card = baton_review_model_card (self->model);

  return baton_review_op_comment (card->id, self->shown, NULL, 0, text, self->comment, mentions, NULL);
}

static void
submit_cb (BatonTextEditor *editor, BatonThreadView *self)
{
  g_autofree char *text = g_strstrip (baton_text_editor_text (editor));

  if (*text == '\0')
    return;
  baton_notice_perform (self->notice, baton_review_model_workspace (self->model),
      self->editing ? baton_review_op_edit (self->comment, text) : reply_op (self, text), said_cb, self);
}

static void
escape_cb (BatonTextEditor *editor, BatonThreadView *self)
{
  close_editor (self, FALSE);
  finish (self, FALSE);
}

/* Where an answer is written, or the comment is changed. */
static void
open_editor (BatonThreadView *self, gboolean editing)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  g_autofree char *key = g_strdup_printf ("%s/%s", self->comment, editing ? "edit" : "reply");
  g_autofree char *draft = baton_workspace_draft (workspace, key);
  const char *saved = editing ? gtk_label_get_text (self->text) : "";

  close_editor (self, FALSE);
  self->editing = editing;
  self->editor = BATON_TEXT_EDITOR (baton_text_editor_new (workspace, key, BATON_EDITOR_MANY_LINES,
      editing ? _ ("Comment") : _ ("Answer"), editing ? NULL : _ ("Answer… Ctrl+Enter sends")));
  baton_text_editor_set (self->editor, draft != NULL ? draft : saved, saved);
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  gtk_widget_set_visible (GTK_WIDGET (self->text), !editing);
  if (editing)
    gtk_box_insert_child_after (GTK_BOX (self), GTK_WIDGET (self->editor), GTK_WIDGET (self->text));
  else
    gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->editor));
  baton_mention_popup_attach (GTK_WIDGET (self->editor), workspace);
}

void
baton_thread_view_reply (BatonThreadView *self)
{
  if (!baton_review_model_can_edit (self->model))
    return;
  if (self->editor == NULL || self->editing)
    open_editor (self, FALSE);
  baton_text_editor_focus (self->editor);
}

static void
edit_cb (GtkButton *button, BatonThreadView *self)
{
  open_editor (self, TRUE);
  baton_text_editor_focus (self->editor);
}

/* "2 · Rui on v4, rectangle": the number and who in bold, the rest quiet. */
static void
show_head (BatonThreadView *self, const BatonThread *thread)
{
  const char *author =
      baton_review_model_person (self->model, baton_row_text (thread->comment, BATON_COMMENT_AUTHOR));
  g_autofree char *place = baton_review_thread_place (self->model, thread);
  g_autofree char *exact = baton_when_exact (baton_row_int (thread->comment, BATON_COMMENT_CREATED));
  g_autofree char *markup = g_markup_printf_escaped (
      "<b>%u · %s</b> <span alpha=\"65%%\">%s</span>", thread->number, author, place);
  /* Translators: a comment for a screen reader: "Comment 2 by Rui, on v4, rectangle". */
  g_autofree char *name = g_strdup_printf (_ ("Comment %u by %s, %s"), thread->number, author, place);

  gtk_label_set_markup (self->head, markup);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->head), exact);
  g_free (self->name);
  self->name = g_steal_pointer (&name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}

static BatonReplyRow *
reply_row (BatonThreadView *self, const char *comment)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->replies)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (g_str_equal (baton_reply_row_comment (BATON_REPLY_ROW (child)), comment))
        return BATON_REPLY_ROW (child);
    }
  return NULL;
}

static gboolean
has_reply (const BatonThread *thread, const char *comment)
{
  for (guint i = 0; i < thread->replies->len; i++)
    {
      if (g_str_equal (((const BatonRow *) g_ptr_array_index (thread->replies, i))->id, comment))
        return TRUE;
    }
  return FALSE;
}

/* Rows are kept by their comment: somebody may be editing one. */
static void
show_replies (BatonThreadView *self, const BatonThread *thread)
{
  GtkWidget *last = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->replies)), *next; child != NULL;
       child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (!has_reply (thread, baton_reply_row_comment (BATON_REPLY_ROW (child))))
        gtk_box_remove (self->replies, child);
    }
  for (guint i = 0; i < thread->replies->len; i++)
    {
      const BatonRow *reply = g_ptr_array_index (thread->replies, i);
      BatonReplyRow *row = reply_row (self, reply->id);

      if (row == NULL)
        {
          row = BATON_REPLY_ROW (baton_reply_row_new (self->model, reply->id, self->notice));
          gtk_box_append (self->replies, GTK_WIDGET (row));
        }
      gtk_box_reorder_child_after (self->replies, GTK_WIDGET (row), last);
      baton_reply_row_update (row, reply);
      last = GTK_WIDGET (row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->replies), thread->replies->len > 0);
}

static void
show_buttons (BatonThreadView *self, const BatonThread *thread)
{
  gboolean can = baton_review_model_can_edit (self->model);

  gtk_widget_set_visible (self->resolve, can);
  gtk_button_set_icon_name (
      GTK_BUTTON (self->resolve), self->resolved ? "edit-undo-symbolic" : "object-select-symbolic");
  gtk_widget_set_tooltip_text (self->resolve, self->resolved ? _ ("Reopen") : _ ("Resolve"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->resolve), GTK_ACCESSIBLE_PROPERTY_LABEL,
      self->resolved ? _ ("Reopen") : _ ("Resolve"), -1);
  gtk_widget_set_visible (self->keep, can && thread->carried && !thread->kept && !thread->resolved);
  gtk_widget_set_visible (self->reply, can);
  gtk_widget_set_visible (self->edit, can && self->own);
  gtk_widget_set_visible (self->remove, can && self->own);
}

void
baton_thread_view_update (BatonThreadView *self, const BatonThread *thread, const BatonRow *shown)
{
  const char *me = baton_workspace_me (baton_review_model_workspace (self->model));

  g_free (self->shown);
  self->shown = g_strdup (shown->id);
  self->resolved = thread->resolved;
  self->own = g_strcmp0 (baton_row_text (thread->comment, BATON_COMMENT_AUTHOR), me) == 0;
  show_head (self, thread);
  gtk_label_set_text (self->text, baton_row_text (thread->comment, BATON_COMMENT_TEXT));
  baton_follow_text (GTK_WIDGET (self->text), gtk_label_get_text (self->text));
  show_replies (self, thread);
  show_buttons (self, thread);
}

void
baton_thread_view_set_quote (BatonThreadView *self, const char *quote, BatonTextFate fate)
{
  g_autofree char *words = quote != NULL ? g_strdup_printf (_ ("“%s”"), quote) : NULL;
  g_autofree char *more = NULL;

  if (fate == BATON_TEXT_GONE)
    more = g_strdup_printf (_ ("%s is gone from this version"), words);
  else if (fate == BATON_TEXT_CHANGED)
    more = g_strdup_printf (_ ("%s was changed since"), words);
  gtk_label_set_label (self->quote, more != NULL ? more : words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->quote), quote != NULL);
}

const char *
baton_thread_view_name (BatonThreadView *self)
{
  return self->name;
}

const char *
baton_thread_view_comment (BatonThreadView *self)
{
  return self->comment;
}

gboolean
baton_thread_view_is_resolved (BatonThreadView *self)
{
  return self->resolved;
}

static void
baton_thread_view_finalize (GObject *object)
{
  BatonThreadView *self = BATON_THREAD_VIEW (object);

  g_free (self->comment);
  g_free (self->shown);
  g_free (self->name);
  G_OBJECT_CLASS (baton_thread_view_parent_class)->finalize (object);
}

static void
baton_thread_view_class_init (BatonThreadViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_thread_view_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
baton_thread_view_init (BatonThreadView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
}

static GtkWidget *
create_buttons (BatonThreadView *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->reply = baton_icon_button ("mail-reply-sender-symbolic", _ ("Answer"));
  g_signal_connect_swapped (self->reply, "clicked", G_CALLBACK (baton_thread_view_reply), self);
  self->resolve = baton_icon_button ("object-select-symbolic", _ ("Resolve"));
  g_signal_connect_swapped (self->resolve, "clicked", G_CALLBACK (baton_thread_view_resolve), self);
  self->edit = baton_icon_button ("document-edit-symbolic", _ ("Edit this comment"));
  g_signal_connect (self->edit, "clicked", G_CALLBACK (edit_cb), self);
  self->remove = baton_icon_button ("user-trash-symbolic", _ ("Remove this comment"));
  g_signal_connect (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (line), self->reply);
  gtk_box_append (GTK_BOX (line), self->resolve);
  gtk_box_append (GTK_BOX (line), self->edit);
  gtk_box_append (GTK_BOX (line), self->remove);
  gtk_widget_add_css_class (line, "thread-buttons");
  gtk_widget_set_valign (line, GTK_ALIGN_START);
  return line;
}

GtkWidget *
baton_thread_view_new (BatonReviewModel *model, const char *comment, BatonNotice *notice, gboolean answers)
{
  BatonThreadView *self = g_object_new (BATON_TYPE_THREAD_VIEW, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  self->model = model;
  self->notice = notice;
  self->comment = g_strdup (comment);
  self->head = GTK_LABEL (baton_wrapped_label (NULL, NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->head), TRUE);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (line), create_buttons (self));
  gtk_box_append (GTK_BOX (self), line);
  self->quote = GTK_LABEL (baton_wrapped_label (NULL, "quoted"));
  gtk_widget_set_visible (GTK_WIDGET (self->quote), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->quote));
  self->text = GTK_LABEL (baton_wrapped_label (NULL, NULL));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->text));
  self->replies = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->replies));
  self->keep = gtk_button_new_with_label (_ ("Still holds"));
  gtk_widget_add_css_class (self->keep, "small-button");
  gtk_widget_set_halign (self->keep, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->keep, _ ("Keep it for this version"));
  g_signal_connect (self->keep, "clicked", G_CALLBACK (keep_cb), self);
  gtk_box_append (GTK_BOX (self), self->keep);
  self->answers = answers;
  if (answers && baton_review_model_can_edit (model))
    open_editor (self, FALSE);
  return GTK_WIDGET (self);
}
