/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "block-row.h"

#include "card-actions.h"
#include "markdown-view.h"
#include "notice.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonBlockRow
{
  GtkBox parent_instance;

  BatonCardModel *model;
  GtkWidget *banner;
  BatonMarkdownView *reason;
  GtkWidget *unblock;
  GtkWidget *ask; /* button; owned, shown elsewhere */
  BatonTextEditor *editor;
  BatonNotice *notice;
};

G_DEFINE_FINAL_TYPE (BatonBlockRow, baton_block_row, GTK_TYPE_BOX)

/* The widget of ours that has the focus, or NULL. */
static GtkWidget *
focus_of (BatonBlockRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == self->ask || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))) ? focus
                                                                                                    : NULL;
}

/* When what had the focus goes out of sight, what can be done next gets it. GTK itself looks for another only
 * with the next frame, and finds the page around. */
static void
pass_focus (BatonBlockRow *self)
{
  GtkWidget *focus = focus_of (self);

  if (focus != NULL && !gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (gtk_widget_get_visible (self->banner) ? self->unblock : self->ask);
}

static void
update (BatonBlockRow *self)
{
  const char *reason = baton_item_text (baton_card_model_card (self->model), BATON_CARD_BLOCKED_REASON);
  gboolean editable = baton_card_model_can_edit (self->model);

  gtk_widget_set_visible (self->banner, reason != NULL);
  gtk_widget_set_visible (self->unblock, editable);
  gtk_widget_set_visible (
      self->ask, reason == NULL && editable && !gtk_widget_get_visible (GTK_WIDGET (self->editor)));
  if (reason != NULL)
    baton_markdown_view_set_plain (self->reason, reason);
  pass_focus (self);
}

static void
hide_editor (BatonBlockRow *self)
{
  if (self->model == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->editor), FALSE);
  update (self);
}

static void
blocked_cb (gpointer owner, const BatonEffect *effect)
{
  BatonBlockRow *self = owner;

  if (effect == NULL || self->model == NULL)
    return;
  baton_text_editor_forget (self->editor);
  baton_text_editor_set (self->editor, "", "");
  hide_editor (self);
}

static void
submit_cb (BatonTextEditor *editor, BatonBlockRow *self)
{
  g_autofree char *text = g_strstrip (baton_text_editor_text (editor));

  if (*text != '\0')
    baton_notice_perform (self->notice, baton_card_model_workspace (self->model),
        baton_card_block_op (self->model, text), blocked_cb, self);
}

static void
escape_cb (BatonTextEditor *editor, BatonBlockRow *self)
{
  hide_editor (self);
}

/* A reason that was begun stays in sight; nothing typed needs no room. */
static void
left_cb (BatonTextEditor *editor, BatonBlockRow *self)
{
  if (baton_text_editor_is_blank (editor))
    hide_editor (self);
}

void
baton_block_row_ask (BatonBlockRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->editor), TRUE);
  update (self);
  baton_text_editor_focus (self->editor);
}

static void
unblock_cb (GtkButton *button, BatonBlockRow *self)
{
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model),
      baton_card_block_op (self->model, NULL), NULL, self);
}

GtkWidget *
baton_block_row_button (BatonBlockRow *self)
{
  return self->ask;
}

gboolean
baton_block_row_is_blocked (BatonBlockRow *self)
{
  return gtk_widget_get_visible (self->banner);
}

static void
baton_block_row_dispose (GObject *object)
{
  BatonBlockRow *self = BATON_BLOCK_ROW (object);

  g_clear_object (&self->model);
  if (self->ask != NULL)
    g_signal_handlers_disconnect_by_data (self->ask, self);
  g_clear_object (&self->ask);
  G_OBJECT_CLASS (baton_block_row_parent_class)->dispose (object);
}

static void
baton_block_row_class_init (BatonBlockRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_block_row_dispose;
}

static void
baton_block_row_init (BatonBlockRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("action-unavailable-symbolic");
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->banner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->banner, "blocked-banner");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->banner), icon);
  gtk_box_append (GTK_BOX (texts), baton_wrapped_label (_ ("Blocked"), "heading"));
  self->reason = BATON_MARKDOWN_VIEW (baton_markdown_view_new ());
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->reason));
  self->unblock = gtk_button_new_with_label (_ ("Unblock"));
  gtk_widget_set_halign (self->unblock, GTK_ALIGN_START);
  g_signal_connect (self->unblock, "clicked", G_CALLBACK (unblock_cb), self);
  gtk_box_append (GTK_BOX (texts), self->unblock);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (self->banner), texts);
  gtk_box_append (GTK_BOX (self), self->banner);
  self->notice = BATON_NOTICE (baton_notice_new ());
  self->ask = g_object_ref_sink (baton_text_button (_ ("Block with a reason…")));
  g_signal_connect_swapped (self->ask, "clicked", G_CALLBACK (baton_block_row_ask), self);
}

GtkWidget *
baton_block_row_new (BatonCardModel *model)
{
  BatonBlockRow *self = g_object_new (BATON_TYPE_BLOCK_ROW, NULL);
  g_autofree char *key = g_strconcat (baton_card_model_id (model), "/block", NULL);
  g_autofree char *draft = NULL;

  self->model = g_object_ref (model);
  self->editor = BATON_TEXT_EDITOR (baton_text_editor_new (baton_card_model_workspace (model), key,
      BATON_EDITOR_ONE_LINE, _ ("Reason for the block"), _ ("What does it wait for? Enter blocks the card")));
  if (baton_card_model_can_edit (model))
    draft = baton_workspace_draft (baton_card_model_workspace (model), key);
  baton_text_editor_set (self->editor, draft != NULL ? draft : "", "");
  gtk_widget_set_visible (GTK_WIDGET (self->editor), draft != NULL);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->editor));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  g_signal_connect (self->editor, "left", G_CALLBACK (left_cb), self);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
