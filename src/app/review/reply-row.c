/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "reply-row.h"

#include "mention-popup.h"
#include "review-ops.h"
#include "section.h"
#include "text-editor.h"
#include "when.h"
#include "text-direction.h"

#include <glib/gi18n.h>

struct _BatonReplyRow
{
  GtkBox parent_instance;

  BatonReviewModel *model; /* borrowed: it outlives the row */
  BatonNotice *notice;     /* borrowed */
  char *comment;
  char *text;       /* as it is saved */
  GtkWidget *shown; /* the words, with the buttons */
  GtkLabel *label;
  GtkWidget *buttons;
  GtkWidget *edit;
  BatonTextEditor *editor; /* NULL while nobody edits */
};

G_DEFINE_FINAL_TYPE (BatonReplyRow, baton_reply_row, GTK_TYPE_BOX)

static void
close_editor (BatonReplyRow *self)
{
  if (self->editor == NULL)
    return;
  gtk_box_remove (GTK_BOX (self), GTK_WIDGET (self->editor));
  self->editor = NULL;
  gtk_widget_set_visible (self->shown, TRUE);
  gtk_widget_grab_focus (self->edit);
}

static void
saved_cb (gpointer owner, const BatonEffect *effect)
{
  BatonReplyRow *self = owner;

  if (effect == NULL || self->editor == NULL)
    return;
  baton_text_editor_forget (self->editor);
  close_editor (self);
}

static void
submit_cb (BatonTextEditor *editor, BatonReplyRow *self)
{
  g_autofree char *text = g_strstrip (baton_text_editor_text (editor));

  if (*text != '\0')
    baton_notice_perform (self->notice, baton_review_model_workspace (self->model),
        baton_review_op_edit (self->comment, text), saved_cb, self);
}

static void
escape_cb (BatonTextEditor *editor, BatonReplyRow *self)
{
  close_editor (self);
}

static void
edit_cb (GtkButton *button, BatonReplyRow *self)
{
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  g_autofree char *key = g_strconcat (self->comment, "/edit", NULL);
  g_autofree char *draft = baton_workspace_draft (workspace, key);

  self->editor =
      BATON_TEXT_EDITOR (baton_text_editor_new (workspace, key, BATON_EDITOR_MANY_LINES, _ ("Answer"), NULL));
  baton_text_editor_set (self->editor, draft != NULL ? draft : self->text, self->text);
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->editor));
  gtk_widget_set_visible (self->shown, FALSE);
  baton_mention_popup_attach (GTK_WIDGET (self->editor), workspace);
  baton_text_editor_focus (self->editor);
}

static void
remove_cb (GtkButton *button, BatonReplyRow *self)
{
  baton_notice_perform (self->notice, baton_review_model_workspace (self->model),
      baton_review_op_remove (self->comment), NULL, NULL);
}

void
baton_reply_row_update (BatonReplyRow *self, const BatonRow *reply)
{
  const char *person = baton_row_text (reply, BATON_COMMENT_AUTHOR);
  const char *author = baton_review_model_person (self->model, person);
  const char *me = baton_workspace_me (baton_review_model_workspace (self->model));
  gboolean own = baton_review_model_can_edit (self->model) && g_strcmp0 (person, me) == 0;
  g_autofree char *exact = baton_when_exact (baton_row_int (reply, BATON_COMMENT_CREATED));
  g_autofree char *edited = g_strdup_printf (_ ("%s, edited"), exact);
  g_autofree char *words = NULL;

  g_free (self->text);
  self->text = g_strdup (baton_row_text (reply, BATON_COMMENT_TEXT));
  words = g_strdup_printf (_ ("%s: %s"), author, self->text);
  gtk_label_set_text (self->label, words);
  baton_follow_text (GTK_WIDGET (self->label), self->text);
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (self->label), baton_row_int (reply, BATON_COMMENT_EDITED) != 0 ? edited : exact);
  gtk_widget_set_visible (self->buttons, own);
}

const char *
baton_reply_row_comment (BatonReplyRow *self)
{
  return self->comment;
}

static void
baton_reply_row_finalize (GObject *object)
{
  BatonReplyRow *self = BATON_REPLY_ROW (object);

  g_free (self->comment);
  g_free (self->text);
  G_OBJECT_CLASS (baton_reply_row_parent_class)->finalize (object);
}

static void
baton_reply_row_class_init (BatonReplyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_reply_row_finalize;
}

static void
baton_reply_row_init (BatonReplyRow *self)
{
  GtkWidget *remove = baton_icon_button ("user-trash-symbolic", _ ("Remove this answer"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->shown = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->label = GTK_LABEL (baton_wrapped_label (NULL, "dim-label"));
  gtk_label_set_selectable (self->label, TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self->label), FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (self->shown), GTK_WIDGET (self->label));
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->edit = baton_icon_button ("document-edit-symbolic", _ ("Edit this answer"));
  g_signal_connect (self->edit, "clicked", G_CALLBACK (edit_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (self->buttons), self->edit);
  gtk_box_append (GTK_BOX (self->buttons), remove);
  gtk_widget_add_css_class (self->buttons, "thread-buttons");
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->shown), self->buttons);
  gtk_box_append (GTK_BOX (self), self->shown);
}

GtkWidget *
baton_reply_row_new (BatonReviewModel *model, const char *comment, BatonNotice *notice)
{
  BatonReplyRow *self = g_object_new (BATON_TYPE_REPLY_ROW, NULL);

  self->model = model;
  self->notice = notice;
  self->comment = g_strdup (comment);
  return GTK_WIDGET (self);
}
