/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "comment-row.h"

#include "person-face.h"
#include "section.h"
#include "text-field.h"
#include "when.h"

#include <glib/gi18n.h>

struct _BatonCommentRow
{
  GtkListBoxRow parent_instance;

  BatonCardModel *model;
  BatonItem *comment;
  BatonNotice *notice; /* borrowed */
  BatonPersonFace *face;
  GtkLabel *author;
  GtkLabel *when;
  BatonTextField *text;
};

G_DEFINE_FINAL_TYPE (BatonCommentRow, baton_comment_row, GTK_TYPE_LIST_BOX_ROW)

static void
update (BatonCommentRow *self)
{
  const char *name =
      baton_card_model_person (self->model, baton_item_text (self->comment, BATON_COMMENT_AUTHOR));
  gint64 at = baton_item_int (self->comment, BATON_COMMENT_CREATED);
  gboolean edited = baton_item_int (self->comment, BATON_COMMENT_EDITED) != 0;
  g_autofree char *relative = baton_when_relative (at, g_get_real_time ());
  g_autofree char *exact = baton_when_exact (at);
  g_autofree char *words = edited ? g_strdup_printf (_ ("%s, edited"), relative) : g_strdup (relative);
  /* Translators: a comment for a screen reader: "Comment by Lea, 5 minutes ago". */
  g_autofree char *label = g_strdup_printf (_ ("Comment by %s, %s"), name, words);

  baton_person_face_set (self->face,
      baton_workspace_lookup (baton_card_model_workspace (self->model), BATON_ENTITY_PERSON,
          baton_item_text (self->comment, BATON_COMMENT_AUTHOR)),
      name);
  gtk_label_set_text (self->author, name);
  gtk_label_set_text (self->when, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->when), exact);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
baton_comment_row_edit (BatonCommentRow *self)
{
  baton_text_field_set_editable (self->text, TRUE);
  baton_text_field_edit (self->text);
}

/* A click on a comment is for reading; only the button edits. */
static void
edited_cb (BatonTextField *text, gboolean editing, BatonCommentRow *self)
{
  if (!editing)
    baton_text_field_set_editable (text, FALSE);
}

static void
remove_cb (GtkButton *button, BatonCommentRow *self)
{
  BatonOp *op = baton_op_new (BATON_VERB_COMMENT_REMOVE);

  baton_op_add_id (op, baton_item_id (self->comment));
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, NULL, NULL);
}

static void
baton_comment_row_dispose (GObject *object)
{
  BatonCommentRow *self = BATON_COMMENT_ROW (object);

  g_clear_object (&self->model);
  g_clear_object (&self->comment);
  G_OBJECT_CLASS (baton_comment_row_parent_class)->dispose (object);
}

static void
baton_comment_row_class_init (BatonCommentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_comment_row_dispose;
}

static void
baton_comment_row_init (BatonCommentRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "comment-row");
}

static void
add_own_buttons (BatonCommentRow *self, GtkWidget *line)
{
  GtkWidget *edit = baton_icon_button ("document-edit-symbolic", _ ("Edit this comment"));
  GtkWidget *remove = baton_icon_button ("user-trash-symbolic", _ ("Remove this comment"));

  gtk_widget_add_css_class (edit, "quiet");
  gtk_widget_add_css_class (remove, "quiet");
  g_signal_connect_swapped (edit, "clicked", G_CALLBACK (baton_comment_row_edit), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (line), edit);
  gtk_box_append (GTK_BOX (line), remove);
}

static GtkWidget *
create_line (BatonCommentRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->author = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->author, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->author, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->author), "heading");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->author));
  self->when = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->when, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->when, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->when), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->when), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->when), "caption");
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->when));
  return line;
}

GtkWidget *
baton_comment_row_new (BatonCardModel *model, BatonItem *comment, BatonNotice *notice)
{
  BatonCommentRow *self = g_object_new (BATON_TYPE_COMMENT_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = create_line (self);
  const char *me = baton_workspace_me (baton_card_model_workspace (model));
  gboolean own = me != NULL && g_strcmp0 (baton_item_text (comment, BATON_COMMENT_AUTHOR), me) == 0;

  self->model = g_object_ref (model);
  self->comment = g_object_ref (comment);
  self->notice = notice;
  self->face = BATON_PERSON_FACE (baton_person_face_new (24));
  gtk_widget_set_valign (GTK_WIDGET (self->face), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->face));
  if (own && baton_card_model_can_comment (model))
    add_own_buttons (self, line);
  gtk_box_append (GTK_BOX (texts), line);
  self->text = BATON_TEXT_FIELD (baton_text_field_new (model,
      baton_text_target_new (BATON_ENTITY_COMMENT, BATON_COMMENT_TEXT, baton_item_id (comment)),
      BATON_TEXT_MARKDOWN, _ ("Comment"), NULL, NULL));
  baton_text_field_set_editable (self->text, FALSE);
  g_signal_connect (self->text, "edited", G_CALLBACK (edited_cb), self);
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->text));
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  g_signal_connect_object (comment, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
