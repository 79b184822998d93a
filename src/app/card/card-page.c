/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-page.h"

#include "asset-section.h"
#include "card-chips.h"
#include "card-columns.h"
#include "fact-grid.h"
#include "file-drop.h"
#include "checklist-view.h"
#include "comment-list.h"
#include "dependency-list.h"
#include "done-list.h"
#include "history-list.h"
#include "link-list.h"
#include "review-section.h"
#include "section.h"
#include "when.h"
#include "permits.h"

#include <glib/gi18n.h>

struct _BatonCardPage
{
  AdwBin parent_instance;

  BatonCardModel *model;
  BatonTextField *title;
  BatonTextField *texts[3];
  GtkWidget *state; /* says that the card is in the archive, in the bin, or a template */
  GtkLabel *state_label;
  GtkButton *state_button;
  GtkWidget *body;
  GtkWidget *assets;
  GtkWidget *comments;
};

static const BatonField text_fields[] = { BATON_CARD_BRIEF, BATON_CARD_NOTES, BATON_CARD_AUDIENCE };

enum
{
  OPEN_CARD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCardPage, baton_card_page, ADW_TYPE_BIN)

static void
say_state (BatonCardPage *self, const char *words, const char *label, const char *action)
{
  gtk_widget_set_visible (self->state, words != NULL);
  if (words == NULL)
    return;
  gtk_label_set_text (self->state_label, words);
  gtk_button_set_label (self->state_button, label != NULL ? label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->state_button), action);
  gtk_widget_set_visible (
      GTK_WIDGET (self->state_button), label != NULL && baton_card_model_can_edit (self->model));
}

/* What a role forbids is said once, above what cannot be changed for that reason. That a workspace is
 * read-only is said by the window. */
static const char *
why_not (BatonCardPage *self)
{
  BatonWorkspace *workspace = baton_card_model_workspace (self->model);

  return baton_workspace_read_only_reason (workspace) == NULL
             ? baton_workspace_why_not (workspace, BATON_VERB_CARD_SET)
             : NULL;
}

static void
update_state (BatonCardPage *self)
{
  BatonItem *card = baton_card_model_card (self->model);
  gint64 now = g_get_real_time ();
  gint64 archived = baton_item_int (card, BATON_CARD_ARCHIVED);
  g_autofree char *since =
      baton_when_relative (archived != 0 ? archived : baton_item_int (card, BATON_CARD_REMOVED), now);
  g_autofree char *words = NULL;

  if (baton_item_is_removed (card))
    {
      since = (g_free (since), baton_when_relative (baton_item_int (card, BATON_CARD_REMOVED), now));
      words = g_strdup_printf (_ ("In the bin (%s)"), since);
      say_state (self, words, _ ("Restore"), "card.restore");
    }
  else if (archived != 0)
    {
      words = g_strdup_printf (_ ("In the archive (%s)"), since);
      say_state (self, words, _ ("Take out"), "card.unarchive");
    }
  else if (baton_item_int (card, BATON_CARD_TEMPLATE) != 0)
    say_state (self, _ ("A template: not on the board"), _ ("Use it"), "card.use-template");
  else
    say_state (self, why_not (self), NULL, NULL);
}

static void
loaded_cb (BatonCardPage *self)
{
  gtk_widget_set_opacity (self->body, 1);
}

static void
open_card_cb (GtkWidget *source, const char *card, BatonCardPage *self)
{
  g_signal_emit (self, signals[OPEN_CARD], 0, card);
}

static GtkWidget *
create_state (BatonCardPage *self)
{
  self->state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->state, "card-state");
  self->state_label = GTK_LABEL (baton_wrapped_label (NULL, NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->state_label), TRUE);
  gtk_box_append (GTK_BOX (self->state), GTK_WIDGET (self->state_label));
  self->state_button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->state_button), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->state), GTK_WIDGET (self->state_button));
  return self->state;
}

static GtkWidget *
create_head (BatonCardPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title =
      baton_text_field_new (self->model, baton_text_target_new (BATON_ENTITY_CARD, BATON_CARD_TITLE, NULL),
          BATON_TEXT_PLAIN, _ ("Title"), NULL, "card-title");

  self->title = BATON_TEXT_FIELD (title);
  gtk_widget_add_css_class (title, "card-title-field");
  gtk_box_append (GTK_BOX (head), create_state (self));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), baton_card_chips_new (self->model));
  return head;
}

static GtkWidget *
create_facts (BatonCardPage *self)
{
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *dependencies = baton_dependency_list_new (self->model);

  gtk_box_append (GTK_BOX (facts), baton_fact_grid_new (self->model));
  gtk_box_append (GTK_BOX (facts), baton_done_list_new (self->model));
  gtk_box_append (GTK_BOX (facts), dependencies);
  g_signal_connect (dependencies, "open-card", G_CALLBACK (open_card_cb), self);
  return facts;
}

static GtkWidget *
create_text (BatonCardPage *self, guint index, const char *name, const char *placeholder)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *field =
      baton_text_field_new (self->model, baton_text_target_new (BATON_ENTITY_CARD, text_fields[index], NULL),
          BATON_TEXT_MARKDOWN, name, placeholder, NULL);

  self->texts[index] = BATON_TEXT_FIELD (field);
  gtk_box_append (GTK_BOX (box), baton_section_heading (name));
  gtk_box_append (GTK_BOX (box), field);
  return box;
}

static GtkWidget *
create_body (BatonCardPage *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_box_append (GTK_BOX (body), baton_review_section_new (self->model));
  gtk_box_append (GTK_BOX (body), create_text (self, 0, _ ("Brief"), _ ("What shall be made, and why")));
  gtk_box_append (
      GTK_BOX (body), create_text (self, 1, _ ("Context notes"), _ ("What the next person must know")));
  gtk_box_append (GTK_BOX (body), create_text (self, 2, _ ("Audience"), _ ("Who it is for")));
  gtk_box_append (GTK_BOX (body), baton_checklists_new (self->model));
  gtk_box_append (GTK_BOX (body), baton_link_list_new (self->model));
  self->comments = baton_comment_list_new (self->model);
  gtk_box_append (GTK_BOX (body), self->comments);
  return body;
}

static void
dropped_cb (GtkWidget *widget, GPtrArray *paths, gpointer data)
{
  if (!baton_card_model_can_edit (BATON_CARD_PAGE (widget)->model))
    return;
  baton_asset_section_add_files (BATON_ASSET_SECTION (BATON_CARD_PAGE (widget)->assets), paths);
}

static void
baton_card_page_dispose (GObject *object)
{
  g_clear_object (&BATON_CARD_PAGE (object)->model);
  G_OBJECT_CLASS (baton_card_page_parent_class)->dispose (object);
}

static void
baton_card_page_class_init (BatonCardPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_card_page_dispose;
  signals[OPEN_CARD] = g_signal_new ("open-card", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_card_page_init (BatonCardPage *self)
{
}

GtkWidget *
baton_card_page_new (BatonCardModel *model)
{
  BatonCardPage *self = g_object_new (BATON_TYPE_CARD_PAGE, NULL);
  GtkWidget *head, *facts, *whole;

  self->model = g_object_ref (model);
  head = create_head (self);
  facts = create_facts (self);
  self->body = create_body (self);
  /* What the card is about goes from edge to edge, above everything that is said about it. */
  whole = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->assets = baton_asset_section_new (model);
  gtk_box_append (GTK_BOX (whole), self->assets);
  gtk_box_append (
      GTK_BOX (whole), baton_card_columns_new (head, facts, self->body, baton_history_list_new (model)));
  adw_bin_set_child (ADW_BIN (self), whole);
  baton_file_drop_add (GTK_WIDGET (self), dropped_cb, NULL);
  /* Until it is read, nothing is shown that would have to be taken back. */
  if (!baton_card_model_is_loaded (model))
    gtk_widget_set_opacity (self->body, 0);
  g_signal_connect_object (model, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  update_state (self);
  return GTK_WIDGET (self);
}

void
baton_card_page_comment (BatonCardPage *self)
{
  baton_comment_list_write (BATON_COMMENT_LIST (self->comments));
}

BatonTextField *
baton_card_page_title (BatonCardPage *self)
{
  return self->title;
}

BatonTextField *
baton_card_page_text (BatonCardPage *self, BatonField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (text_fields); i++)
    {
      if (text_fields[i] == field)
        return self->texts[i];
    }
  return NULL;
}
