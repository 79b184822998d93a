/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "inbox-row.h"

#include "review-words.h"
#include "when.h"

#include <glib/gi18n.h>

struct _BatonInboxRow
{
  GtkListBoxRow parent_instance;

  BatonInbox *inbox; /* borrowed */
  const BatonInboxEntry *entry;
  char *id; /* of its own: the entry goes first */
};

G_DEFINE_FINAL_TYPE (BatonInboxRow, baton_inbox_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
symbol_of (BatonInboxKind kind)
{
  switch (kind)
    {
    case BATON_INBOX_MENTION:
      return "user-available-symbolic";
    case BATON_INBOX_REVIEW:
      return "object-select-symbolic";
    case BATON_INBOX_TIME:
      return "document-open-recent-symbolic";
    case BATON_INBOX_REFUSED:
    case BATON_INBOX_REPLACED:
    default:
      return "dialog-warning-symbolic";
    }
}

/* What it is about in more words, and how long there is. Transfer full; NULL when there is nothing. */
static char *
detail_of (const BatonInboxEntry *entry)
{
  gint64 now = g_get_real_time ();
  gboolean over = FALSE;
  g_autofree char *left =
      entry->kind == BATON_INBOX_REVIEW ? baton_review_left (entry->ends, now, &over) : NULL;
  g_autofree char *until = entry->kind == BATON_INBOX_TIME ? baton_when_exact (entry->ends) : NULL;
  g_autofree char *wanted = until != NULL ? g_strdup_printf (_ ("Until %s"), until) : NULL;
  const char *time = left != NULL ? left : wanted;
  const char *text = entry->text != NULL && *entry->text != '\0' ? entry->text : NULL;

  if (time != NULL && text != NULL)
    return g_strdup_printf ("%s · %s", time, text);
  return g_strdup (time != NULL ? time : text);
}

static const char *
verb_of (BatonInboxKind kind)
{
  switch (kind)
    {
    case BATON_INBOX_MENTION:
      return _ ("Answer");
    case BATON_INBOX_REVIEW:
      return C_ ("verb", "Review");
    case BATON_INBOX_TIME:
      return _ ("Open the card");
    case BATON_INBOX_REFUSED:
    case BATON_INBOX_REPLACED:
    default:
      return _ ("Decide…");
    }
}

const char *
baton_inbox_row_id (BatonInboxRow *self)
{
  return self->id;
}

const BatonInboxEntry *
baton_inbox_row_entry (BatonInboxRow *self)
{
  return self->entry;
}

void
baton_inbox_row_act (BatonInboxRow *self, BatonWindow *window)
{
  const BatonInboxEntry *entry = self->entry;

  switch (entry->kind)
    {
    case BATON_INBOX_MENTION:
      baton_window_edit_card (window, entry->card, BATON_COMMENT_TEXT);
      break;
    case BATON_INBOX_REVIEW:
      gtk_widget_activate_action (GTK_WIDGET (window), "win.review", "s", entry->review);
      break;
    case BATON_INBOX_TIME:
      baton_window_edit_card (window, entry->card, BATON_FIELD_NONE);
      break;
    case BATON_INBOX_REFUSED:
    case BATON_INBOX_REPLACED:
    default:
      gtk_widget_activate_action (GTK_WIDGET (window), "win.attention", NULL);
      break;
    }
}

static void
act_cb (GtkWidget *button, BatonInboxRow *self)
{
  baton_inbox_row_act (self, BATON_WINDOW (gtk_widget_get_root (button)));
}

static void
put_aside_cb (GtkWidget *button, BatonInboxRow *self)
{
  baton_inbox_put_aside (self->inbox, self->entry);
}

static void
baton_inbox_row_finalize (GObject *object)
{
  g_free (BATON_INBOX_ROW (object)->id);
  G_OBJECT_CLASS (baton_inbox_row_parent_class)->finalize (object);
}

static void
baton_inbox_row_class_init (BatonInboxRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_inbox_row_finalize;
}

static void
baton_inbox_row_init (BatonInboxRow *self)
{
}

static GtkWidget *
new_label (const char *text, const char *style, int lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_buttons (BatonInboxRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *act = gtk_button_new_with_label (verb_of (self->entry->kind)), *aside;

  gtk_widget_set_margin_top (box, 6);
  g_signal_connect_object (act, "clicked", G_CALLBACK (act_cb), self, 0);
  gtk_box_append (GTK_BOX (box), act);
  if (self->entry->kind != BATON_INBOX_MENTION)
    return box;
  aside = gtk_button_new_with_label (_ ("Put aside"));
  gtk_widget_add_css_class (aside, "flat");
  gtk_widget_set_tooltip_text (aside, _ ("Nothing is to be done about it (Delete)"));
  g_signal_connect_object (aside, "clicked", G_CALLBACK (put_aside_cb), self, 0);
  gtk_box_append (GTK_BOX (box), aside);
  return box;
}

/* “New”, and since when it waits. */
static GtkWidget *
new_when (BatonInboxRow *self)
{
  gint64 now = g_get_real_time ();
  g_autofree char *ago = baton_when_relative (self->entry->at, now);
  g_autofree char *exact = baton_when_exact (self->entry->at);
  gboolean is_new = baton_inbox_is_new (self->inbox, self->entry);
  /* Translators: what came since one last looked, and when: “New · 5 minutes ago”. */
  g_autofree char *words = is_new ? g_strdup_printf (_ ("New · %s"), ago) : g_strdup (ago);
  GtkWidget *label = new_label (words, "caption", 1);

  gtk_widget_add_css_class (label, is_new ? "accent" : "dim-label");
  gtk_widget_set_tooltip_text (label, exact);
  return label;
}

GtkWidget *
baton_inbox_row_new (BatonWorkspace *workspace, BatonInbox *inbox, const BatonInboxEntry *entry)
{
  BatonInboxRow *self = g_object_new (BATON_TYPE_INBOX_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *symbol = gtk_image_new_from_icon_name (symbol_of (entry->kind));
  g_autofree char *detail = detail_of (entry);

  self->inbox = inbox;
  self->entry = entry;
  self->id = g_strdup (entry->id);
  gtk_widget_set_valign (symbol, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), new_label (entry->sentence, "heading", 3));
  if (detail != NULL)
    gtk_box_append (GTK_BOX (texts), new_label (detail, "body", 3));
  gtk_box_append (GTK_BOX (texts), new_when (self));
  gtk_box_append (GTK_BOX (texts), new_buttons (self));
  gtk_box_append (GTK_BOX (box), symbol);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, entry->sentence, -1);
  if (detail != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  return GTK_WIDGET (self);
}
