/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-pane-private.h"

#include "card-actions.h"
#include "card-copy.h"
#include "papers.h"
#include "window.h"

#include <glib/gi18n.h>

/* What can be done with the card as a whole. */

static void
toast (BatonCardPane *self, const char *message, gboolean undo)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (BATON_IS_WINDOW (root))
    baton_window_toast (BATON_WINDOW (root), message, undo);
}

static void
archived_cb (gpointer owner, const BatonEffect *effect)
{
  if (effect != NULL)
    toast (owner, _ ("The card is in the archive"), TRUE);
}

static void
binned_cb (gpointer owner, const BatonEffect *effect)
{
  if (effect != NULL)
    toast (owner, _ ("The card is in the bin"), TRUE);
}

static void
template_cb (gpointer owner, const BatonEffect *effect)
{
  if (effect != NULL)
    toast (owner, _ ("A template was made of this card"), TRUE);
}

/* The copy is what the person wants to go on with. */
static void
copied_cb (gpointer owner, const BatonEffect *effect)
{
  for (guint i = 0; effect != NULL && i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->created && change->entity == BATON_ENTITY_CARD)
        {
          toast (owner, _ ("A new card was made"), TRUE);
          g_signal_emit_by_name (owner, "open-card", change->id);
          return;
        }
    }
}

static void
perform (GtkWidget *widget, BatonOp *op, BatonPerformedFunc func)
{
  BatonCardPane *self = BATON_CARD_PANE (widget);

  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, func, self);
}

static void
simple_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const struct
  {
    const char *action;
    BatonVerb verb;
    BatonPerformedFunc func;
  } table[] = {
    { "card.archive", BATON_VERB_CARD_ARCHIVE, archived_cb },
    { "card.unarchive", BATON_VERB_CARD_UNARCHIVE, NULL },
    { "card.bin", BATON_VERB_CARD_BIN, binned_cb },
    { "card.restore", BATON_VERB_CARD_RESTORE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i].action, action))
        perform (
            widget, baton_card_simple_op (BATON_CARD_PANE (widget)->model, table[i].verb), table[i].func);
    }
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonCardPane *self = BATON_CARD_PANE (widget);
  BatonCopyKind kind = g_str_equal (action, "card.make-template")  ? BATON_COPY_TO_TEMPLATE
                       : g_str_equal (action, "card.use-template") ? BATON_COPY_FROM_TEMPLATE
                                                                   : BATON_COPY_DUPLICATE;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  BatonOp *op = baton_card_copy (baton_workspace_reader (baton_card_model_workspace (self->model)),
      baton_card_model_id (self->model), kind, NULL, &id, &error);

  if (op == NULL)
    baton_notice_say (self->notice, error->message);
  else
    perform (widget, op, kind == BATON_COPY_TO_TEMPLATE ? template_cb : copied_cb);
}

static void
copy_text_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonCardPane *self = BATON_CARD_PANE (widget);
  const char *text = g_str_equal (action, "card.copy-id")
                         ? baton_card_model_id (self->model)
                         : baton_item_text (baton_card_model_card (self->model), BATON_CARD_TITLE);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  toast (self, _ ("Copied"), FALSE);
}

/* Paper leaves everything as it is: these are there for whoever may read. */
static void
papers_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonCardModel *model = BATON_CARD_PANE (widget)->model;
  BatonWorkspace *workspace = baton_card_model_workspace (model);
  const char *card = baton_card_model_id (model);

  if (g_str_equal (action, "card.print-passport"))
    baton_papers_print (widget, workspace, card);
  else
    baton_papers_save (widget, workspace, card,
        g_str_equal (action, "card.save-notes") ? BATON_PAPERS_NOTES : BATON_PAPERS_PASSPORT);
}

void
baton_card_pane_install_actions (GtkWidgetClass *klass)
{
  static const char *const simple[] = { "card.archive", "card.unarchive", "card.bin", "card.restore" };
  static const char *const copies[] = { "card.duplicate", "card.use-template", "card.make-template" };
  static const char *const papers[] = { "card.print-passport", "card.save-passport", "card.save-notes" };

  for (guint i = 0; i < G_N_ELEMENTS (simple); i++)
    gtk_widget_class_install_action (klass, simple[i], NULL, simple_cb);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    gtk_widget_class_install_action (klass, copies[i], NULL, copy_cb);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    gtk_widget_class_install_action (klass, papers[i], NULL, papers_cb);
  gtk_widget_class_install_action (klass, "card.copy-id", NULL, copy_text_cb);
  gtk_widget_class_install_action (klass, "card.copy-title", NULL, copy_text_cb);
}

/* What cannot be done now is not offered. */
void
baton_card_pane_update_actions (BatonCardPane *self)
{
  BatonItem *card = baton_card_model_card (self->model);
  gboolean editable = baton_card_model_can_edit (self->model);
  gboolean binned = baton_item_is_removed (card);
  gboolean archived = baton_item_int (card, BATON_CARD_ARCHIVED) != 0;
  const struct
  {
    const char *action;
    gboolean enabled;
  } table[] = {
    { "card.archive", editable && !binned && !archived },
    { "card.unarchive", editable && archived },
    { "card.bin", editable && !binned },
    { "card.restore", editable && binned },
    { "card.duplicate", editable },
    { "card.use-template", editable },
    { "card.make-template", editable },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), table[i].action, table[i].enabled);
}
