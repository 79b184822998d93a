/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "swatch.h"

#include <glib/gi18n.h>

struct _BatonSwatch
{
  GtkWidget parent_instance;
  GdkRGBA color;
  gboolean is_set;
};

G_DEFINE_FINAL_TYPE (BatonSwatch, baton_swatch, GTK_TYPE_WIDGET)

/* Alike in lightness and far apart in hue, so that none shouts and white text is readable on each. */
static const struct
{
  const char *color;
  const char *name;
} palette[] = {
  { "#3f76ad", N_ ("Blue") },
  { "#b0527f", N_ ("Rose") },
  { "#2f857c", N_ ("Teal") },
  { "#7566ad", N_ ("Violet") },
  { "#9c6a33", N_ ("Ochre") },
  { "#637f37", N_ ("Green") },
  { "#a8504a", N_ ("Red") },
  { "#4d6673", N_ ("Slate") },
};

const char *
baton_color_next (guint n)
{
  return palette[n % G_N_ELEMENTS (palette)].color;
}

static const char *
color_name (const char *color)
{
  for (guint i = 0; color != NULL && i < G_N_ELEMENTS (palette); i++)
    {
      if (g_ascii_strcasecmp (palette[i].color, color) == 0)
        return _ (palette[i].name);
    }
  return color != NULL ? color : _ ("No colour");
}

static void
baton_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonSwatch *self = BATON_SWATCH (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  float side = MIN (width, height);
  graphene_rect_t box = GRAPHENE_RECT_INIT ((width - side) / 2, (height - side) / 2, side, side);
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &box, side / 2);
  if (self->is_set)
    {
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      gtk_snapshot_append_color (snapshot, &self->color, &box);
      gtk_snapshot_pop (snapshot);
    }
  else
    {
      GdkRGBA ring;

      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ring);
      ring.alpha *= 0.4f;
      gtk_snapshot_append_border (
          snapshot, &round, (float[4]){ 1.5f, 1.5f, 1.5f, 1.5f }, (GdkRGBA[4]){ ring, ring, ring, ring });
    }
}

static void
baton_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 16;
}

static void
baton_swatch_class_init (BatonSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = baton_swatch_snapshot;
  widget_class->measure = baton_swatch_measure;
  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
baton_swatch_init (BatonSwatch *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

void
baton_swatch_set_color (BatonSwatch *self, const char *color)
{
  self->is_set = color != NULL && gdk_rgba_parse (&self->color, color);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
baton_swatch_new (const char *color)
{
  BatonSwatch *self = g_object_new (BATON_TYPE_SWATCH, NULL);

  baton_swatch_set_color (self, color);
  return GTK_WIDGET (self);
}

typedef struct
{
  BatonColorFunc chosen;
  gpointer data;
} Choosing;

static void
color_clicked_cb (GtkButton *choice, GtkWidget *button)
{
  Choosing *choosing = g_object_get_data (G_OBJECT (button), "choosing");

  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  choosing->chosen (button, g_object_get_data (G_OBJECT (choice), "color"), choosing->data);
}

static void
add_choice (GtkGrid *grid, guint index, const char *color, GtkWidget *button)
{
  GtkWidget *choice = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (choice), baton_swatch_new (color));
  gtk_widget_add_css_class (choice, "flat");
  gtk_widget_add_css_class (choice, "circular");
  gtk_widget_set_tooltip_text (choice, color_name (color));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, color_name (color), -1);
  g_object_set_data (G_OBJECT (choice), "color", (char *) color);
  g_signal_connect (choice, "clicked", G_CALLBACK (color_clicked_cb), button);
  gtk_grid_attach (grid, choice, (int) index % 3, (int) index / 3, 1, 1);
}

/* The palette is made when it is first asked for: a list may have a hundred of these buttons. */
static void
create_palette_cb (GtkMenuButton *button, gpointer data)
{
  GtkWidget *grid, *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  grid = gtk_grid_new ();
  for (guint i = 0; i < G_N_ELEMENTS (palette); i++)
    add_choice (GTK_GRID (grid), i, palette[i].color, GTK_WIDGET (button));
  add_choice (GTK_GRID (grid), G_N_ELEMENTS (palette), NULL, GTK_WIDGET (button));
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  gtk_menu_button_set_popover (button, popover);
}

GtkWidget *
baton_color_button_new (BatonColorFunc chosen, gpointer data)
{
  GtkWidget *button = gtk_menu_button_new ();
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->chosen = chosen;
  choosing->data = data;
  g_object_set_data_full (G_OBJECT (button), "choosing", choosing, g_free);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), baton_swatch_new (NULL));
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create_palette_cb, NULL, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "color-button");
  return button;
}

void
baton_color_button_set (GtkWidget *button, const char *color, const char *name)
{
  g_autofree char *label = g_strdup_printf (_ ("Colour of “%s”: %s"), name, color_name (color));

  baton_swatch_set_color (BATON_SWATCH (gtk_menu_button_get_child (GTK_MENU_BUTTON (button))), color);
  gtk_widget_set_tooltip_text (button, color_name (color));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
