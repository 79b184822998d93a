/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-face-private.h"

/* The keys of a card are the board's actions. They are bound here, on the card that has the focus, because a
 * scrolled window on the way up would take Ctrl and the arrows for itself. */
void
baton_card_face_add_keys (GtkWidgetClass *klass)
{
  static const struct
  {
    guint key;
    guint keypad;
    const char *way;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, "left" },
    { GDK_KEY_Right, GDK_KEY_KP_Right, "right" },
    { GDK_KEY_Up, GDK_KEY_KP_Up, "up" },
    { GDK_KEY_Down, GDK_KEY_KP_Down, "down" },
    { GDK_KEY_Home, GDK_KEY_KP_Home, "first" },
    { GDK_KEY_End, GDK_KEY_KP_End, "last" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      guint keys[] = { arrows[i].key, arrows[i].keypad };

      for (guint j = 0; j < 2; j++)
        {
          gtk_widget_class_add_binding_action (klass, keys[j], 0, "board.walk", "s", arrows[i].way);
          gtk_widget_class_add_binding_action (
              klass, keys[j], GDK_SHIFT_MASK, "board.extend", "s", arrows[i].way);
          gtk_widget_class_add_binding_action (
              klass, keys[j], GDK_CONTROL_MASK, "board.move", "s", arrows[i].way);
        }
    }
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Return, 0, "board.enter", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Enter, 0, "board.enter", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_space, 0, "board.toggle", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_m, 0, "board.choose-stage", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, 0, "board.bin", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_Delete, 0, "board.bin", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_d, GDK_CONTROL_MASK, "board.duplicate", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_a, GDK_CONTROL_MASK, "board.select-all", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "board.unselect", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "board.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Menu, 0, "board.menu", NULL);
}

/* The accessible actions of a card: without parameters, so that assistive technology can call them. */
static const struct
{
  const char *name;
  const char *action;
  const char *way; /* NULL: the action takes nothing */
} accessible_actions[] = {
  { "card.open", "board.enter", NULL },
  { "card.move-left", "board.move", "left" },
  { "card.move-right", "board.move", "right" },
  { "card.move-up", "board.move", "up" },
  { "card.move-down", "board.move", "down" },
  { "card.select", "board.toggle", NULL },
  { "card.bin", "board.bin", NULL },
};

static void
accessible_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (widget);
  for (guint i = 0; i < G_N_ELEMENTS (accessible_actions); i++)
    {
      const char *way = accessible_actions[i].way;

      if (g_str_equal (accessible_actions[i].name, name))
        gtk_widget_activate_action (widget, accessible_actions[i].action, way != NULL ? "s" : NULL, way);
    }
}

void
baton_card_face_add_accessible_actions (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (accessible_actions); i++)
    gtk_widget_class_install_action (klass, accessible_actions[i].name, NULL, accessible_action_cb);
}
