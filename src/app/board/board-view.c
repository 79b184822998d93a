/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view.h"

struct _BatonBoardView
{
  AdwBin parent_instance;
  gboolean search_mode;
};

enum
{
  PROP_0,
  PROP_SEARCH_MODE,
};

G_DEFINE_FINAL_TYPE (BatonBoardView, baton_board_view, ADW_TYPE_BIN)

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, BATON_BOARD_VIEW (object)->search_mode);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BATON_BOARD_VIEW (object)->search_mode = g_value_get_boolean (value);
}

static void
baton_board_view_class_init (BatonBoardViewClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_SEARCH_MODE,
      g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_signal_new ("open-card", BATON_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
      G_TYPE_STRING);
}

static void
baton_board_view_init (BatonBoardView *self)
{
}

BatonBoardView *
baton_board_view_new (void)
{
  return g_object_new (BATON_TYPE_BOARD_VIEW, NULL);
}

void
baton_board_view_set_board (BatonBoardView *self, BatonBoard *board)
{
}

void
baton_board_view_start_search (BatonBoardView *self)
{
}

void
baton_board_view_new_card (BatonBoardView *self)
{
}

void
baton_board_view_focus (BatonBoardView *self)
{
}
