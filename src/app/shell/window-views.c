/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "window-private.h"

#include <glib/gi18n.h>

/* Board, review and metrics: three ways of looking at one board, one of which is shown. Which one is
 * remembered for each workspace. */

static const struct
{
  const char *name;
  const char *title;
  gboolean apart; /* not about the board: it stands in the sidebar instead of the switcher */
} known[] = {
  { "board", N_ ("Board"), FALSE },
  { "review", N_ ("Review"), FALSE },
  { "metrics", N_ ("Metrics"), FALSE },
  { "inbox", NC_ ("place", "Inbox"), TRUE },
};

static const char *
title_of (guint place)
{
  return known[place].apart ? g_dpgettext2 (NULL, "place", known[place].title) : _ (known[place].title);
}

typedef struct
{
  const char *name;
  BatonViewBuild build;
  GtkWidget *page;  /* borrowed: a child of the stack, NULL before it was built */
  GPtrArray *tools; /* borrowed: in the header */
  GStrv sections;   /* titles; NULL: none */
  BatonViewJump jump;
} View;

static void
view_free (gpointer data)
{
  View *view = data;

  g_ptr_array_unref (view->tools);
  g_strfreev (view->sections);
  g_free (view);
}

/* Where a view stands among the known ones, or their number. */
static guint
place_of (const char *name)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (known) && g_strcmp0 (known[i].name, name) != 0)
    i++;
  return i;
}

static View *
find (BatonWindow *self, const char *name)
{
  for (guint i = 0; self->views != NULL && i < self->views->len; i++)
    {
      View *view = g_ptr_array_index (self->views, i);

      if (g_strcmp0 (view->name, name) == 0)
        return view;
    }
  return NULL;
}

static void
show_tools (BatonWindow *self)
{
  gboolean any = self->board != NULL;

  for (guint i = 0; i < self->views->len; i++)
    {
      View *view = g_ptr_array_index (self->views, i);

      for (guint j = 0; j < view->tools->len; j++)
        gtk_widget_set_visible (g_ptr_array_index (view->tools, j), any && view->name == self->view);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), any && self->views->len > 1);
  gtk_menu_button_set_label (self->switcher_menu, title_of (place_of (self->view)));
}

static void
ensure_page (BatonWindow *self, View *view)
{
  if (view->page != NULL)
    return;
  view->page = view->build (self);
  gtk_stack_add_named (self->board_stack, view->page, view->name);
}

/* Shows what the chosen view has to show now: itself, or that there is no board yet. */
void
baton_window_refresh_view (BatonWindow *self)
{
  View *view = find (self, self->view);
  gboolean apart = known[place_of (self->view)].apart;

  baton_sidebar_set_inbox_shown (self->sidebar, g_str_equal (self->view, "inbox"));
  if (self->board != NULL)
    gtk_label_set_label (
        self->title, apart ? title_of (place_of (self->view)) : baton_board_name (self->board));
  show_tools (self);
  baton_sidebar_set_sections (
      self->sidebar, self->board != NULL ? (const char *const *) view->sections : NULL);
  if (self->board == NULL && !apart)
    {
      gtk_stack_set_visible_child_name (self->board_stack, "no-board");
      return;
    }
  ensure_page (self, view);
  gtk_stack_set_visible_child (self->board_stack, view->page);
}

/* Only what can still be opened from the list of recent workspaces is kept. */
static void
remember_view (BatonWindow *self)
{
  GSettings *settings = baton_window_settings (self);
  g_autoptr (GVariant) views = g_settings_get_value (settings, "views");
  g_auto (GStrv) recent = g_settings_get_strv (settings, "recent-workspaces");
  GVariantBuilder builder;
  const char *folder, *name;
  GVariantIter iter;

  if (self->folder == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", self->folder, self->view);
  g_variant_iter_init (&iter, views);
  while (g_variant_iter_next (&iter, "{&s&s}", &folder, &name))
    {
      if (!g_str_equal (folder, self->folder) && g_strv_contains ((const char *const *) recent, folder))
        g_variant_builder_add (&builder, "{ss}", folder, name);
    }
  g_settings_set_value (settings, "views", g_variant_builder_end (&builder));
}

static gboolean
choose (BatonWindow *self, const char *name)
{
  View *view = find (self, name);

  if (view == NULL || view->name == self->view)
    return FALSE;
  self->view = view->name;
  baton_window_refresh_view (self);
  g_object_notify (G_OBJECT (self), "view");
  return TRUE;
}

void
baton_window_show_view (BatonWindow *self, const char *name)
{
  if (choose (self, name))
    remember_view (self);
}

/* The view that this workspace was left in. */
void
baton_window_restore_view (BatonWindow *self)
{
  g_autoptr (GVariant) views = g_settings_get_value (baton_window_settings (self), "views");
  const char *name = "board";

  g_variant_lookup (views, self->folder, "&s", &name);
  choose (self, find (self, name) != NULL ? name : "board");
  baton_window_refresh_view (self);
}

const char *
baton_window_view (BatonWindow *self)
{
  return self->view;
}

GtkWidget *
baton_window_view_page (BatonWindow *self, const char *name)
{
  View *view = find (self, name);

  return view != NULL ? view->page : NULL;
}

static void
add_button (BatonWindow *self, const char *name, const char *title)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (title);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.view");
  gtk_box_append (self->switcher_buttons, button);
}

static void
add_menu_item (BatonWindow *self, const char *name, const char *title)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

  g_menu_item_set_action_and_target (item, "win.view", "s", name);
  g_menu_append_item (self->views_menu, item);
}

/* A button and a menu item for each view that there is, in the order of the known ones. */
static void
fill_switcher (BatonWindow *self)
{
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->switcher_buttons))) != NULL)
    gtk_box_remove (self->switcher_buttons, button);
  g_menu_remove_all (self->views_menu);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (known[i].apart || find (self, known[i].name) == NULL)
        continue;
      add_button (self, known[i].name, _ (known[i].title));
      add_menu_item (self, known[i].name, _ (known[i].title));
    }
}

void
baton_window_add_view (BatonWindow *self, const char *name, BatonViewBuild build)
{
  View *view;

  g_return_if_fail (place_of (name) < G_N_ELEMENTS (known) && find (self, name) == NULL);
  view = g_new0 (View, 1);
  view->name = known[place_of (name)].name;
  view->build = build;
  view->tools = g_ptr_array_new ();
  g_ptr_array_add (self->views, view);
  fill_switcher (self);
  show_tools (self);
}

void
baton_window_add_view_tool (BatonWindow *self, const char *name, GtkWidget *tool)
{
  View *view = find (self, name);

  g_return_if_fail (view != NULL);
  if (gtk_widget_get_parent (tool) == NULL)
    adw_header_bar_pack_end (self->header, tool);
  g_ptr_array_add (view->tools, tool);
  show_tools (self);
}

void
baton_window_set_view_sections (
    BatonWindow *self, const char *name, const char *const *titles, BatonViewJump jump)
{
  View *view = find (self, name);

  g_return_if_fail (view != NULL);
  g_strfreev (view->sections);
  view->sections = g_strdupv ((GStrv) titles);
  view->jump = jump;
  if (view->name == self->view)
    baton_sidebar_set_sections (self->sidebar, self->board != NULL ? titles : NULL);
}

void
baton_window_jump (BatonWindow *self, guint section)
{
  View *view = find (self, self->view);

  if (view->page != NULL && view->jump != NULL)
    view->jump (view->page, section);
}

static GtkWidget *
build_board (BatonWindow *self)
{
  return GTK_WIDGET (self->board_view);
}

void
baton_window_init_views (BatonWindow *self)
{
  self->views = g_ptr_array_new_with_free_func (view_free);
  self->views_menu = g_menu_new ();
  self->view = known[0].name;
  gtk_menu_button_set_menu_model (self->switcher_menu, G_MENU_MODEL (self->views_menu));
  baton_window_add_view (self, "board", build_board);
  ensure_page (self, find (self, "board"));
  baton_window_add_view_tool (self, "board", GTK_WIDGET (self->new_button));
  baton_window_add_view_tool (self, "board", GTK_WIDGET (self->lanes_button));
  baton_window_add_view_tool (self, "board", GTK_WIDGET (self->search_button));
}
