/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lazy-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A stand-in for a card: a title of one to three lines, or a fixed height for tests that count pixels. */
#define FIXTURE_TYPE_ITEM (fixture_item_get_type ())
G_DECLARE_FINAL_TYPE (FixtureItem, fixture_item, FIXTURE, ITEM, GObject)

struct _FixtureItem
{
  GObject parent_instance;
  char *title;
  int number;
  int height;   /* px; 0: as the title needs */
  int estimate; /* px; 0: a good guess */
};

/* Counts what a list asks for. */
typedef struct
{
  guint created;
  guint bound;
  guint unbound;
  guint estimated;
} FixtureCounts;

FixtureItem *fixture_item_new (int number);
FixtureItem *fixture_item_new_sized (int number, int height, int estimate);
GListStore *fixture_store_new (int n);
GtkWidget *fixture_list_new (GListModel *model, FixtureCounts *counts);
FixtureItem *fixture_row_get_item (GtkWidget *row);

void fixture_init (int *argc, char ***argv);
void fixture_load_style (void);
void fixture_settle (GtkWidget *widget);
void fixture_wait (guint ms);

G_END_DECLS
