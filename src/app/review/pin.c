/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pin.h"

#include <glib/gi18n.h>

struct _BatonPin
{
  GtkButton parent_instance;

  char *comment;
};

enum
{
  TOUCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPin, baton_pin, GTK_TYPE_BUTTON)

static void
touch (BatonPin *self, BatonPinTouch how)
{
  g_signal_emit (self, signals[TOUCHED], 0, (int) how);
}

static void
entered_cb (GtkEventControllerMotion *controller, double x, double y, BatonPin *self)
{
  touch (self, BATON_PIN_ENTERED);
}

static void
left_cb (GtkEventControllerMotion *controller, BatonPin *self)
{
  touch (self, BATON_PIN_LEFT);
}

static void
focused_cb (GtkEventControllerFocus *controller, BatonPin *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_get_focus_visible (GTK_WINDOW (root)))
    touch (self, BATON_PIN_FOCUSED);
}

static void
unfocused_cb (GtkEventControllerFocus *controller, BatonPin *self)
{
  touch (self, BATON_PIN_UNFOCUSED);
}

static void
pressed_cb (GtkButton *button, gpointer data)
{
  touch (BATON_PIN (button), BATON_PIN_PRESSED);
}

/* What was opened upon it goes with it. */
static void
baton_pin_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (GTK_IS_POPOVER (child))
        gtk_widget_unparent (child);
      child = next;
    }
  G_OBJECT_CLASS (baton_pin_parent_class)->dispose (object);
}

static void
baton_pin_finalize (GObject *object)
{
  g_free (BATON_PIN (object)->comment);
  G_OBJECT_CLASS (baton_pin_parent_class)->finalize (object);
}

static void
baton_pin_class_init (BatonPinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_pin_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_pin_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "pin");
  signals[TOUCHED] = g_signal_new ("touched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
baton_pin_init (BatonPin *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new (), *focus = gtk_event_controller_focus_new ();

  g_signal_connect (motion, "enter", G_CALLBACK (entered_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (focus, "enter", G_CALLBACK (focused_cb), self);
  g_signal_connect (focus, "leave", G_CALLBACK (unfocused_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "clicked", G_CALLBACK (pressed_cb), NULL);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
}

GtkWidget *
baton_pin_new (const char *comment)
{
  BatonPin *self = g_object_new (BATON_TYPE_PIN, NULL);

  self->comment = g_strdup (comment);
  return GTK_WIDGET (self);
}

const char *
baton_pin_comment (BatonPin *self)
{
  return self->comment;
}

static void
set_class (BatonPin *self, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

void
baton_pin_show (BatonPin *self, BatonPinLook look)
{
  g_autofree char *number = g_strdup_printf ("%u", look.number);
  /* Translators: the number at the place of a comment, for a screen reader. */
  g_autofree char *name =
      g_strdup_printf (look.resolved ? _ ("Comment %u, resolved") : _ ("Comment %u"), look.number);

  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self)), number) != 0)
    gtk_button_set_label (GTK_BUTTON (self), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_class (self, "resolved", look.resolved);
  set_class (self, "carried", look.carried);
  set_class (self, "selected", look.selected);
  set_class (self, "aside", look.aside);
}

BatonPin *
baton_pin_ensure (GHashTable *pins, const char *comment, GCallback func, gpointer owner, gboolean *added)
{
  BatonPin *pin = g_hash_table_lookup (pins, comment);

  *added = pin == NULL;
  if (pin != NULL)
    return pin;
  pin = BATON_PIN (baton_pin_new (comment));
  g_signal_connect (pin, "touched", func, owner);
  g_hash_table_insert (pins, pin->comment, pin);
  return pin;
}
