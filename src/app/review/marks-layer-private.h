/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "marks-layer.h"

#include "mark-draw.h"

G_BEGIN_DECLS

struct _BatonMarksLayer
{
  GtkWidget parent_instance;

  BatonImageView *view; /* borrowed: it owns this */
  GPtrArray *marks;     /* BatonShownMark */
  GHashTable *pins;     /* comment → BatonPin; its children */
  char *selected;
  BatonMark *draft;
  BatonMarkShape tool;
  BatonMarkDraw *drawing;
  gboolean by_keys; /* the crosshair is shown */
  BatonMarkPoint cross;
};

/* marks-tool.c: taking a new mark, by the pointer or by keys. */
void baton_marks_layer_add_tool (BatonMarksLayer *self);
void baton_marks_layer_paint_tool (
    BatonMarksLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *place);

/* marks-layer.c */
void baton_marks_layer_say_drawn (BatonMarksLayer *self, const BatonMark *mark);
void baton_marks_layer_tool_changed (BatonMarksLayer *self);

G_END_DECLS
