/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "words-popover.h"

#include "mark-geometry.h"
#include "mention-popup.h"
#include "review-ops.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

#define WIDTH 300
#define QUOTE 120 /* characters of the words that are shown */

struct _BatonWordsPopover
{
  GtkPopover parent_instance;

  BatonCardModel *model;
  BatonNotice *notice; /* borrowed: of the widget that this stands upon */
  char *version;
  BatonMark *mark;
  BatonTextEditor *editor;
  GtkWidget *send;
  gboolean sending;
};

G_DEFINE_FINAL_TYPE (BatonWordsPopover, baton_words_popover, GTK_TYPE_POPOVER)

static void
update_send (BatonWordsPopover *self)
{
  gtk_widget_set_sensitive (self->send, !self->sending && !baton_text_editor_is_blank (self->editor));
}

static void
sent_cb (gpointer owner, const BatonEffect *effect)
{
  BatonWordsPopover *self = owner;

  self->sending = FALSE;
  if (self->model == NULL)
    return;
  update_send (self);
  if (effect == NULL)
    return;
  baton_text_editor_forget (self->editor);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
send_words (BatonWordsPopover *self)
{
  BatonWorkspace *workspace = baton_card_model_workspace (self->model);
  g_autofree char *text = g_strstrip (baton_text_editor_text (self->editor));
  g_autoptr (GHashTable) names = baton_mention_names (workspace);
  g_autoptr (GPtrArray) mentions = baton_review_mentions (text, names);

  if (*text == '\0' || self->sending)
    return;
  self->sending = TRUE;
  update_send (self);
  baton_notice_perform (self->notice, workspace,
      baton_review_op_comment (
          baton_card_model_id (self->model), self->version, self->mark, 0, text, NULL, mentions, NULL),
      sent_cb, self);
}

static void
closed_cb (BatonWordsPopover *self)
{
  baton_text_editor_flush (self->editor);
}

static void
baton_words_popover_dispose (GObject *object)
{
  BatonWordsPopover *self = BATON_WORDS_POPOVER (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->mark, baton_mark_free);
  G_OBJECT_CLASS (baton_words_popover_parent_class)->dispose (object);
}

static void
baton_words_popover_class_init (BatonWordsPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_words_popover_dispose;
}

static void
baton_words_popover_init (BatonWordsPopover *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "thread-popover");
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
}

static GtkWidget *
create_quote (const char *words)
{
  g_autofree char *line = g_strdelimit (g_strdup (words), "\n\r\t", ' ');
  g_autofree char *cut = g_utf8_strlen (line, -1) > QUOTE ? g_utf8_substring (line, 0, QUOTE) : NULL;
  g_autofree char *quoted =
      g_strdup_printf (cut != NULL ? _ ("“%s…”") : _ ("“%s”"), cut != NULL ? cut : line);

  return baton_wrapped_label (quoted, "quoted");
}

static GtkWidget *
create_content (BatonWordsPopover *self, const char *words)
{
  BatonWorkspace *workspace = baton_card_model_workspace (self->model);
  g_autofree char *key = g_strconcat (self->version, "/words", NULL);
  g_autofree char *draft = baton_workspace_draft (workspace, key);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), create_quote (words));
  self->editor = BATON_TEXT_EDITOR (baton_text_editor_new (workspace, key, BATON_EDITOR_MANY_LINES,
      _ ("New comment"), _ ("Comment on these words… Ctrl+Enter sends")));
  baton_text_editor_set (self->editor, draft != NULL ? draft : "", "");
  g_signal_connect_swapped (self->editor, "submit", G_CALLBACK (send_words), self);
  g_signal_connect_swapped (self->editor, "typed", G_CALLBACK (update_send), self);
  g_signal_connect_swapped (self->editor, "escape", G_CALLBACK (gtk_popover_popdown), self);
  baton_mention_popup_attach (GTK_WIDGET (self->editor), workspace);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->editor));
  self->send = gtk_button_new_with_label (_ ("Comment"));
  gtk_widget_set_halign (self->send, GTK_ALIGN_END);
  g_signal_connect_swapped (self->send, "clicked", G_CALLBACK (send_words), self);
  gtk_box_append (GTK_BOX (box), self->send);
  gtk_widget_set_size_request (box, WIDTH, -1);
  update_send (self);
  return box;
}

/* One that has closed stays until the next one comes: taken away under the pointer, it would still be asked
 * where the pointer is. */
static void
forget_last (GtkWidget *over)
{
  for (GtkWidget *child = gtk_widget_get_first_child (over), *next; child != NULL; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (BATON_IS_WORDS_POPOVER (child))
        gtk_widget_unparent (child);
    }
}

BatonWordsPopover *
baton_words_popover_open (GtkWidget *over, const GdkRectangle *place, BatonCardModel *model,
    BatonItem *version, const BatonMark *mark, const char *words, BatonNotice *notice)
{
  BatonWordsPopover *self = g_object_new (BATON_TYPE_WORDS_POPOVER, NULL);

  forget_last (over);
  self->model = g_object_ref (model);
  self->notice = notice;
  self->version = g_strdup (baton_item_id (version));
  self->mark = baton_mark_copy (mark);
  gtk_popover_set_child (GTK_POPOVER (self), create_content (self, words));
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Comment on the selection"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self), over);
  gtk_popover_popup (GTK_POPOVER (self));
  baton_text_editor_focus (self->editor);
  return self;
}
