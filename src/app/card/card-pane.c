/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-pane-private.h"

#include "baton-config.h"
#include "minutes.h"

#include <glib/gi18n.h>

enum
{
  OPEN_CARD,
  CLOSE_REQUESTED,
  N_SIGNALS,
};

enum
{
  PROP_0,
  PROP_EXPANDED,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCardPane, baton_card_pane, ADW_TYPE_BIN)

static void
open_card_cb (GtkWidget *source, const char *card, BatonCardPane *self)
{
  g_autofree char *id = g_strdup (card);

  g_signal_emit (self, signals[OPEN_CARD], 0, id);
}

void
baton_card_pane_set_card (BatonCardPane *self, BatonBoard *board, const char *card)
{
  gboolean shown = board != NULL && card != NULL && baton_board_card (board, card) != NULL;

  if (shown && self->model != NULL && baton_card_model_board (self->model) == board &&
      g_str_equal (baton_card_model_id (self->model), card))
    return;
  /* What is being typed becomes a draft when its editor leaves the window. */
  adw_bin_set_child (self->holder, NULL);
  self->page = NULL;
  baton_card_header_set_model (self->header, NULL);
  baton_notice_say (self->notice, NULL);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  if (!shown)
    return;
  self->model = baton_card_model_new (board, card);
  baton_card_header_set_model (self->header, self->model);
  self->page = BATON_CARD_PAGE (baton_card_page_new (self->model));
  g_signal_connect (self->page, "open-card", G_CALLBACK (open_card_cb), self);
  adw_bin_set_child (self->holder, GTK_WIDGET (self->page));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  g_signal_connect_swapped (self->model, "changed", G_CALLBACK (baton_card_pane_update_actions), self);
  baton_card_pane_update_actions (self);
}

const char *
baton_card_pane_get_card (BatonCardPane *self)
{
  return self->model != NULL ? baton_card_model_id (self->model) : NULL;
}

gboolean
baton_card_pane_get_expanded (BatonCardPane *self)
{
  return self->expanded;
}

BatonCardPage *
baton_card_pane_page (BatonCardPane *self)
{
  return self->page;
}

BatonCardModel *
baton_card_pane_model (BatonCardPane *self)
{
  return self->model;
}

/* Escape in a field or a popover is theirs; what comes up to here leads back to the board in the steps that
 * led away from it: what fills the window shrinks to its place beside the board first, if that is another. */
static gboolean
key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonCardPane *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (self->expanded && gtk_widget_get_width (GTK_WIDGET (self)) > baton_card_pane_width_beside (self))
    g_object_set (self, "expanded", FALSE, NULL);
  else
    g_signal_emit (self, signals[CLOSE_REQUESTED], 0);
  return GDK_EVENT_STOP;
}

static void
minute_cb (gpointer data)
{
  BatonCardPane *self = data;

  if (self->model != NULL)
    baton_card_model_tick (self->model);
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSE_REQUESTED], 0);
}

static void
set_expanded (BatonCardPane *self, gboolean expanded)
{
  if (self->expanded == expanded)
    return;
  self->expanded = expanded;
  gtk_widget_set_visible (self->handle, !expanded);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "expanded");
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, BATON_CARD_PANE (object)->expanded);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  set_expanded (BATON_CARD_PANE (object), g_value_get_boolean (value));
}

static gboolean
baton_card_pane_grab_focus (GtkWidget *widget)
{
  BatonCardPane *self = BATON_CARD_PANE (widget);

  return self->page != NULL && gtk_widget_grab_focus (GTK_WIDGET (baton_card_page_title (self->page)));
}

static void
baton_card_pane_dispose (GObject *object)
{
  BatonCardPane *self = BATON_CARD_PANE (object);

  if (self->holder != NULL)
    baton_card_pane_set_card (self, NULL, NULL);
  g_clear_pointer (&self->handle, gtk_widget_unparent);
  g_clear_object (&self->settings);
  self->holder = NULL;
  G_OBJECT_CLASS (baton_card_pane_parent_class)->dispose (object);
}

static void
baton_card_pane_class_init (BatonCardPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  g_type_ensure (BATON_TYPE_CARD_HEADER);
  g_type_ensure (BATON_TYPE_NOTICE);
  object_class->dispose = baton_card_pane_dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  widget_class->grab_focus = baton_card_pane_grab_focus;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  baton_card_pane_install_size (widget_class);
  g_object_class_install_property (object_class, PROP_EXPANDED,
      g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  signals[OPEN_CARD] =
      g_signal_new ("open-card", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSE_REQUESTED] =
      g_signal_new ("close-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/batonboard/Baton/card/card-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonCardPane, header);
  gtk_widget_class_bind_template_child (widget_class, BatonCardPane, notice);
  gtk_widget_class_bind_template_child (widget_class, BatonCardPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BatonCardPane, holder);
  gtk_widget_class_install_action (widget_class, "card.close", NULL, close_cb);
  baton_card_pane_install_actions (widget_class);
}

static void
baton_card_pane_init (BatonCardPane *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->settings = g_settings_new (BATON_APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  baton_card_pane_add_handle (self);
  g_object_bind_property (self, "expanded", self->header, "expanded", G_BINDING_BIDIRECTIONAL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  baton_each_minute (GTK_WIDGET (self), minute_cb);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Card"), -1);
}

BatonCardPane *
baton_card_pane_new (void)
{
  return g_object_new (BATON_TYPE_CARD_PANE, NULL);
}
