/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "words.h"
#include "permits.h"

#include <glib/gi18n.h>

/* The menus of cards: the context menu, the chooser of stages (M), and the bar for several cards at once. */

#define DAY (G_USEC_PER_SEC * G_GINT64_CONSTANT (86400))

static void
add_target (GMenu *menu, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (menu, item);
}

static GMenuModel *
stages_menu (BatonBoardView *self)
{
  GMenu *menu = g_menu_new ();
  BatonColumn *stages = baton_board_stages (self->board);

  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonItem *stage = baton_column_peek (stages, i);

      if (baton_item_int (stage, BATON_STAGE_ARCHIVED) == 0)
        add_target (menu, baton_item_text (stage, BATON_STAGE_NAME), "board.move-to",
            g_variant_new_string (baton_item_id (stage)));
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
names_menu (BatonBoardView *self, BatonEntity entity, const char *action, const char *none)
{
  GMenu *menu = g_menu_new ();
  BatonColumn *list = baton_workspace_list (baton_board_workspace (self->board), entity,
      entity == BATON_ENTITY_PERSON ? NULL : baton_board_id (self->board));
  BatonField name = baton_field_find (entity, "name");

  for (guint i = 0; i < baton_column_size (list); i++)
    {
      BatonItem *item = baton_column_peek (list, i);

      add_target (menu, baton_item_text (item, name), action, g_variant_new_string (baton_item_id (item)));
    }
  if (none != NULL)
    add_target (menu, none, action, g_variant_new_string (""));
  return G_MENU_MODEL (menu);
}

/* The end of the day that is so many days from now. */
static gint64
end_of_day (int days)
{
  BatonFilterClock clock = baton_filter_clock (g_get_real_time () + days * DAY);

  return clock.end_of_today - G_USEC_PER_SEC;
}

static GMenuModel *
due_menu (void)
{
  GMenu *menu = g_menu_new ();

  add_target (menu, _ ("Today"), "board.due", g_variant_new_int64 (end_of_day (0)));
  add_target (menu, _ ("Tomorrow"), "board.due", g_variant_new_int64 (end_of_day (1)));
  add_target (menu, _ ("In three days"), "board.due", g_variant_new_int64 (end_of_day (3)));
  add_target (menu, _ ("In a week"), "board.due", g_variant_new_int64 (end_of_day (7)));
  add_target (menu, _ ("In two weeks"), "board.due", g_variant_new_int64 (end_of_day (14)));
  add_target (menu, _ ("No due date"), "board.due", g_variant_new_int64 (0));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
urgency_menu (void)
{
  static const char *const urgencies[] = { "fast", "high", "normal", "low" };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (urgencies); i++)
    add_target (
        menu, baton_words_urgency (urgencies[i]), "board.urgency", g_variant_new_string (urgencies[i]));
  return G_MENU_MODEL (menu);
}

static void
add_submenu (GMenu *menu, const char *label, GMenuModel *submenu)
{
  if (g_menu_model_get_n_items (submenu) > 0)
    g_menu_append_submenu (menu, label, submenu);
  g_object_unref (submenu);
}

static void
add_changes (BatonBoardView *self, GMenu *menu)
{
  add_submenu (menu, _ ("Owner"), names_menu (self, BATON_ENTITY_PERSON, "board.assign", _ ("Nobody")));
  add_submenu (
      menu, _ ("Channel"), names_menu (self, BATON_ENTITY_CHANNEL, "board.channel", _ ("No channel")));
  add_submenu (
      menu, _ ("Campaign"), names_menu (self, BATON_ENTITY_CAMPAIGN, "board.campaign", _ ("No campaign")));
  add_submenu (menu, _ ("Label"), names_menu (self, BATON_ENTITY_LABEL, "board.label", NULL));
  add_submenu (menu, _ ("Due"), due_menu ());
  add_submenu (menu, _ ("Urgency"), urgency_menu ());
}

static void
add_away (GMenu *menu)
{
  g_menu_append (menu, C_ ("verb", "Archive"), "board.archive");
  g_menu_append (menu, _ ("Put into the bin"), "board.bin");
}

/* Whoever may not move cards may not change them either. */
static const char *
why_not_move (BatonBoardView *self)
{
  return baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_CARD_MOVE);
}

static GMenuModel *
card_menu (BatonBoardView *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();
  g_autoptr (GMenu) away = g_menu_new ();

  g_menu_append (open, _ ("Open"), "board.open");
  if (why_not_move (self) != NULL)
    {
      g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
      return G_MENU_MODEL (menu);
    }
  add_submenu (open, _ ("Move to"), stages_menu (self));
  add_changes (self, change);
  g_menu_append (away, _ ("Duplicate"), "board.duplicate");
  g_menu_append (away, _ ("Make a template"), "board.make-template");
  add_away (away);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  return G_MENU_MODEL (menu);
}

/* The focus was in the menu and would be nowhere now. What is chosen may lead it on. */
static void
closed_cb (GtkPopover *popover, BatonBoardView *self)
{
  baton_board_view_focus (self);
  /* Not at once: the chosen action still has to find its way up through the popover. */
  g_idle_add_once ((GSourceOnceFunc) (void (*) (void)) gtk_widget_unparent, popover);
}

static void
pop_up (BatonBoardView *self, GMenuModel *menu)
{
  BatonItem *card = baton_board_view_cursor_card (self);
  guint position;
  BatonCell *cell = card != NULL ? baton_board_view_cell_of (self, card, &position) : NULL;
  GtkWidget *face, *popover;

  if (cell == NULL || cell->list == NULL)
    return;
  face = baton_lazy_list_get_row (cell->list, position);
  popover = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  {
    graphene_rect_t bounds;

    if (gtk_widget_compute_bounds (face, GTK_WIDGET (self), &bounds))
      gtk_popover_set_pointing_to (
          GTK_POPOVER (popover), &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                     (int) bounds.size.width, (int) bounds.size.height });
  }
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, 0);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
menu_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GMenuModel) menu = card_menu (BATON_BOARD_VIEW (widget));

  pop_up (BATON_BOARD_VIEW (widget), menu);
}

static void
choose_stage_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  g_autoptr (GMenuModel) stages = stages_menu (self);
  g_autoptr (GMenu) menu = g_menu_new ();
  const char *why = why_not_move (self);

  if (why != NULL)
    {
      baton_card_drag_show_message (self->drag, why, 60, 90);
      baton_board_view_announce (self, why);
      return;
    }
  g_menu_append_section (menu, _ ("Move to"), stages);
  pop_up (self, G_MENU_MODEL (menu));
}

void
baton_board_view_install_menus (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "board.menu", NULL, menu_cb);
  gtk_widget_class_install_action (klass, "board.choose-stage", NULL, choose_stage_cb);
}

/* A menu for the selected cards: "move", "assign", "label", "due", or "change" for all but the first.
 * Transfer full. */
GMenuModel *
baton_board_view_make_menu (BatonBoardView *self, const char *kind)
{
  GMenu *menu;
  g_autoptr (GMenu) change = NULL, away = NULL;

  if (g_str_equal (kind, "move"))
    return stages_menu (self);
  if (g_str_equal (kind, "assign"))
    return names_menu (self, BATON_ENTITY_PERSON, "board.assign", _ ("Nobody"));
  if (g_str_equal (kind, "label"))
    return names_menu (self, BATON_ENTITY_LABEL, "board.label", NULL);
  if (g_str_equal (kind, "due"))
    return due_menu ();
  menu = g_menu_new ();
  change = g_menu_new ();
  away = g_menu_new ();
  add_changes (self, change);
  add_away (away);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  return G_MENU_MODEL (menu);
}
