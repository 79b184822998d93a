/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "excuse-popover.h"

#include "review-ops.h"
#include "review-window.h"
#include "section.h"
#include "text-editor.h"

#include <glib/gi18n.h>

struct _BatonExcusePopover
{
  GtkPopover parent_instance;

  BatonReviewModel *model;
  BatonTextEditor *reason;
  GtkCheckButton *leave, *pass, *wait;
  GtkDropDown *person;
  GPtrArray *people; /* ids, as in the drop-down */
  GtkDropDown *time;
  GtkWidget *say;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Hours that are asked for. */
static const int times[] = { 4, 8, 24, 48, 72 };

G_DEFINE_FINAL_TYPE (BatonExcusePopover, baton_excuse_popover, GTK_TYPE_POPOVER)

/* Counted from the end of the window, or from now when that is over. */
static gint64
more_time (BatonExcusePopover *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  const BatonRow *card = baton_review_model_card (self->model);
  BatonItem *board = baton_workspace_lookup (baton_review_model_workspace (self->model), BATON_ENTITY_BOARD,
      card != NULL ? baton_row_text (card, BATON_CARD_BOARD) : NULL);
  gint64 from = MAX (baton_row_int (review, BATON_REVIEW_ENDS), g_get_real_time ());

  return baton_review_window_end (from, times[gtk_drop_down_get_selected (self->time)],
      board != NULL ? baton_item_text (board, BATON_BOARD_WORKING_HOURS) : NULL,
      board != NULL ? baton_item_text (board, BATON_BOARD_TIME_ZONE) : NULL);
}

static void
say_cb (gpointer source, BatonExcusePopover *self)
{
  const BatonRow *review = baton_review_model_review (self->model);
  g_autofree char *reason = g_strstrip (baton_text_editor_text (self->reason));
  gboolean passes = gtk_check_button_get_active (self->pass);
  guint chosen = gtk_drop_down_get_selected (self->person);

  if (review == NULL || (passes && chosen >= self->people->len))
    return;
  baton_text_editor_forget (self->reason);
  g_signal_emit (self, signals[CHOSEN], 0,
      baton_review_op_excuse (review->id, reason, passes ? g_ptr_array_index (self->people, chosen) : NULL,
          gtk_check_button_get_active (self->wait) ? more_time (self) : 0));
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
escape_cb (BatonTextEditor *editor, BatonExcusePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* Choosing from a list says that this is meant. */
static void
activate_cb (GObject *list, GParamSpec *pspec, GtkCheckButton *choice)
{
  gtk_check_button_set_active (choice, TRUE);
}

/* Everybody who is not a reviewer already. */
static GtkWidget *
create_people (BatonExcusePopover *self)
{
  BatonColumn *people =
      baton_workspace_list (baton_review_model_workspace (self->model), BATON_ENTITY_PERSON, NULL);
  const char *reviewers = baton_row_text (baton_review_model_review (self->model), BATON_REVIEW_REVIEWERS);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < baton_column_size (people); i++)
    {
      BatonItem *person = baton_column_peek (people, i);

      if (baton_set_contains (reviewers, baton_item_id (person)))
        continue;
      gtk_string_list_append (names, baton_item_text (person, BATON_PERSON_NAME));
      g_ptr_array_add (self->people, g_strdup (baton_item_id (person)));
    }
  self->person = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  return GTK_WIDGET (self->person);
}

static GtkWidget *
create_times (BatonExcusePopover *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *words =
          g_strdup_printf (ngettext ("%d more hour", "%d more hours", (gulong) times[i]), times[i]);

      gtk_string_list_append (names, words);
    }
  self->time = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_drop_down_set_selected (self->time, 2);
  return GTK_WIDGET (self->time);
}

static GtkCheckButton *
add_choice (BatonExcusePopover *self, GtkBox *box, const char *words, GtkWidget *list)
{
  GtkWidget *choice = gtk_check_button_new_with_label (words);

  if (self->leave != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), self->leave);
  gtk_box_append (box, choice);
  if (list != NULL)
    {
      gtk_widget_set_margin_start (list, 24);
      gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      g_signal_connect_object (list, "notify::selected", G_CALLBACK (activate_cb), choice, 0);
      gtk_box_append (box, list);
    }
  return GTK_CHECK_BUTTON (choice);
}

static void
baton_excuse_popover_dispose (GObject *object)
{
  BatonExcusePopover *self = BATON_EXCUSE_POPOVER (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  G_OBJECT_CLASS (baton_excuse_popover_parent_class)->dispose (object);
}

static void
baton_excuse_popover_class_init (BatonExcusePopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_excuse_popover_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
baton_excuse_popover_init (BatonExcusePopover *self)
{
  self->people = g_ptr_array_new_with_free_func (g_free);
}

static void
add_reason (BatonExcusePopover *self, GtkBox *box)
{
  const BatonRow *review = baton_review_model_review (self->model);
  BatonWorkspace *workspace = baton_review_model_workspace (self->model);
  g_autofree char *key = g_strconcat (review->id, "/excuse", NULL);
  g_autofree char *draft = baton_workspace_draft (workspace, key);

  gtk_box_append (box, baton_section_heading (_ ("I cannot make the window")));
  self->reason = BATON_TEXT_EDITOR (
      baton_text_editor_new (workspace, key, BATON_EDITOR_ONE_LINE, _ ("Reason"), _ ("Why, in a few words")));
  baton_text_editor_set (self->reason, draft != NULL ? draft : "", "");
  gtk_widget_set_size_request (GTK_WIDGET (self->reason), 280, -1);
  g_signal_connect (self->reason, "submit", G_CALLBACK (say_cb), self);
  g_signal_connect (self->reason, "escape", G_CALLBACK (escape_cb), self);
  gtk_box_append (box, GTK_WIDGET (self->reason));
}

GtkWidget *
baton_excuse_popover_new (BatonReviewModel *model)
{
  BatonExcusePopover *self = g_object_new (BATON_TYPE_EXCUSE_POPOVER, NULL);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gboolean alone;

  self->model = g_object_ref (model);
  alone = baton_set_size (baton_row_text (baton_review_model_review (model), BATON_REVIEW_REVIEWERS)) < 2;
  add_reason (self, box);
  self->leave = add_choice (
      self, box, alone ? _ ("Nobody reviews it for now") : _ ("The others decide without me"), NULL);
  self->pass = add_choice (self, box, _ ("Pass it on to"), create_people (self));
  self->wait = add_choice (self, box, _ ("Ask for time"), create_times (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->pass), self->people->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->person), self->people->len > 0);
  gtk_check_button_set_active (self->people->len > 0 && alone ? self->pass
                               : alone                        ? self->wait
                                                              : self->leave,
      TRUE);
  self->say = gtk_button_new_with_label (_ ("Say so"));
  gtk_widget_add_css_class (self->say, "suggested-action");
  gtk_widget_set_halign (self->say, GTK_ALIGN_END);
  g_signal_connect (self->say, "clicked", G_CALLBACK (say_cb), self);
  gtk_box_append (box, self->say);
  gtk_widget_add_css_class (GTK_WIDGET (box), "popover-box");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (box));
  return GTK_WIDGET (self);
}
