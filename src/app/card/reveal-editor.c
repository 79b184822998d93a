/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "reveal-editor.h"

#include "notice.h"
#include "section.h"
#include "text-editor.h"

struct _BatonRevealEditor
{
  GtkBox parent_instance;

  BatonCardModel *model;
  BatonTypedFunc func;
  GtkWidget *button;
  BatonTextEditor *editor;
  BatonNotice *notice;
};

G_DEFINE_FINAL_TYPE (BatonRevealEditor, baton_reveal_editor, GTK_TYPE_BOX)

static void
show_editor (BatonRevealEditor *self, gboolean shown)
{
  gtk_widget_set_visible (self->button, !shown);
  gtk_widget_set_visible (GTK_WIDGET (self->editor), shown);
}

void
baton_reveal_editor_open (BatonRevealEditor *self)
{
  show_editor (self, TRUE);
  baton_text_editor_focus (self->editor);
}

static void
done_cb (gpointer owner, const BatonEffect *effect)
{
  BatonRevealEditor *self = owner;

  if (effect == NULL || self->model == NULL)
    return;
  baton_text_editor_forget (self->editor);
  baton_text_editor_set (self->editor, "", "");
  show_editor (self, FALSE);
  gtk_widget_grab_focus (self->button);
}

static void
submit_cb (BatonTextEditor *editor, BatonRevealEditor *self)
{
  g_autofree char *text = g_strstrip (baton_text_editor_text (editor));
  g_autofree char *refusal = NULL;
  BatonOp *op = *text != '\0' ? self->func (self->model, text, &refusal) : NULL;

  if (op != NULL)
    baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, done_cb, self);
  else
    baton_notice_say (self->notice, refusal);
}

static void
escape_cb (BatonTextEditor *editor, BatonRevealEditor *self)
{
  show_editor (self, FALSE);
  baton_notice_say (self->notice, NULL);
  gtk_widget_grab_focus (self->button);
}

static void
left_cb (BatonTextEditor *editor, BatonRevealEditor *self)
{
  if (baton_text_editor_is_blank (editor))
    show_editor (self, FALSE);
}

static void
baton_reveal_editor_dispose (GObject *object)
{
  g_clear_object (&BATON_REVEAL_EDITOR (object)->model);
  G_OBJECT_CLASS (baton_reveal_editor_parent_class)->dispose (object);
}

static void
baton_reveal_editor_class_init (BatonRevealEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_reveal_editor_dispose;
}

static void
baton_reveal_editor_init (BatonRevealEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
baton_reveal_editor_new (
    BatonCardModel *model, const char *name, const char *label, const char *prompt, BatonTypedFunc func)
{
  BatonRevealEditor *self = g_object_new (BATON_TYPE_REVEAL_EDITOR, NULL);
  g_autofree char *key = g_strconcat (baton_card_model_id (model), "/new-", name, NULL);
  g_autofree char *draft = baton_workspace_draft (baton_card_model_workspace (model), key);

  self->model = g_object_ref (model);
  self->func = func;
  self->button = baton_text_button (label);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (baton_reveal_editor_open), self);
  gtk_box_append (GTK_BOX (self), self->button);
  self->editor = BATON_TEXT_EDITOR (
      baton_text_editor_new (baton_card_model_workspace (model), key, BATON_EDITOR_ONE_LINE, prompt, prompt));
  baton_text_editor_set (self->editor, draft != NULL ? draft : "", "");
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  g_signal_connect (self->editor, "left", G_CALLBACK (left_cb), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->editor));
  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
  show_editor (self, draft != NULL);
  return GTK_WIDGET (self);
}
