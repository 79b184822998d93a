/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "comment-list.h"

#include "comment-row.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonCommentList
{
  GtkBox parent_instance;

  BatonCardModel *model;
  GtkWidget *heading;
  GtkWidget *list;
  BatonTextEditor *composer;
  GtkWidget *send;
  gboolean sending;
  BatonNotice *notice;
};

G_DEFINE_FINAL_TYPE (BatonCommentList, baton_comment_list, GTK_TYPE_BOX)

static GtkWidget *
create_row (gpointer object, gpointer data)
{
  BatonCommentList *self = data;

  return baton_comment_row_new (self->model, object, self->notice);
}

static void
update_count (BatonCommentList *self)
{
  guint n = baton_column_size (baton_card_model_comments (self->model));
  g_autofree char *count = n > 0 ? g_strdup_printf ("%u", n) : NULL;

  baton_section_set_note (self->heading, count);
  gtk_widget_set_visible (self->list, n > 0);
}

static void
update_send (BatonCommentList *self)
{
  gtk_widget_set_sensitive (self->send, !self->sending && !baton_text_editor_is_blank (self->composer));
}

static void
sent_cb (gpointer owner, const BatonEffect *effect)
{
  BatonCommentList *self = owner;

  if (self->model == NULL)
    return;
  self->sending = FALSE;
  if (effect != NULL)
    {
      baton_text_editor_forget (self->composer);
      baton_text_editor_set (self->composer, "", "");
    }
  update_send (self);
}

static void
send_text (BatonCommentList *self)
{
  g_autofree char *text = g_strstrip (baton_text_editor_text (self->composer));
  g_autofree char *id = NULL;
  BatonOp *op;
  BatonRow *row;

  if (*text == '\0' || self->sending)
    return;
  self->sending = TRUE;
  update_send (self);
  id = baton_store_new_id ();
  op = baton_op_new (BATON_VERB_COMMENT_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
  baton_row_set_text (row, BATON_COMMENT_CARD, baton_card_model_id (self->model));
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, sent_cb, self);
}

static void
escape_cb (BatonTextEditor *composer, BatonCommentList *self)
{
  gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
baton_comment_list_dispose (GObject *object)
{
  g_clear_object (&BATON_COMMENT_LIST (object)->model);
  G_OBJECT_CLASS (baton_comment_list_parent_class)->dispose (object);
}

static void
baton_comment_list_class_init (BatonCommentListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_comment_list_dispose;
}

static void
baton_comment_list_init (BatonCommentList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static void
add_composer (BatonCommentList *self)
{
  g_autofree char *key = g_strconcat (baton_card_model_id (self->model), "/comment", NULL);
  g_autofree char *draft = baton_workspace_draft (baton_card_model_workspace (self->model), key);
  GtkWidget *hint = baton_wrapped_label (_ ("Ctrl+Enter sends"), "caption");
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->composer = BATON_TEXT_EDITOR (baton_text_editor_new (baton_card_model_workspace (self->model), key,
      BATON_EDITOR_MANY_LINES, _ ("New comment"), _ ("Write a comment…")));
  baton_text_editor_set (self->composer, draft != NULL ? draft : "", "");
  gtk_widget_add_css_class (GTK_WIDGET (self->composer), "composer");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->composer));
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_set_hexpand (hint, TRUE);
  gtk_box_append (GTK_BOX (line), hint);
  self->send = gtk_button_new_with_label (_ ("Comment"));
  gtk_box_append (GTK_BOX (line), self->send);
  gtk_box_append (GTK_BOX (self), line);
  g_signal_connect_swapped (self->composer, "submit", G_CALLBACK (send_text), self);
  g_signal_connect_swapped (self->composer, "typed", G_CALLBACK (update_send), self);
  g_signal_connect (self->composer, "escape", G_CALLBACK (escape_cb), self);
  g_signal_connect_swapped (self->send, "clicked", G_CALLBACK (send_text), self);
  update_send (self);
}

void
baton_comment_list_write (BatonCommentList *self)
{
  if (self->composer != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

GtkWidget *
baton_comment_list_new (BatonCardModel *model)
{
  BatonCommentList *self = g_object_new (BATON_TYPE_COMMENT_LIST, NULL);
  GListModel *comments = G_LIST_MODEL (baton_card_model_comments (model));

  self->model = g_object_ref (model);
  self->heading = baton_section_heading (_ ("Conversation"));
  gtk_box_append (GTK_BOX (self), self->heading);
  self->notice = BATON_NOTICE (baton_notice_new ());
  self->list = baton_section_list (_ ("Comments"), comments, create_row, self);
  gtk_box_append (GTK_BOX (self), self->list);
  if (baton_card_model_can_comment (model))
    add_composer (self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
  g_signal_connect_object (comments, "items-changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  update_count (self);
  return GTK_WIDGET (self);
}
