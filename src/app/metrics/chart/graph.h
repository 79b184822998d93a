/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart.h"

G_BEGIN_DECLS

/* Who passes to whom: boxes with names, arrows as wide as what passes, what is written on them. */

typedef struct
{
  char *name;
  double weight; /* of all that comes and goes */
  guint layer;   /* found by the layout: from left to right, from top to bottom */
  guint row;
} BatonGraphNode;

typedef struct
{
  guint from;
  guint to;
  double volume;
  char *label; /* written beside the arrow */
  char *words; /* said when it is looked at */
  BatonInk tone;
} BatonGraphEdge;

typedef struct
{
  GArray *nodes; /* BatonGraphNode */
  GArray *edges; /* BatonGraphEdge */
  guint n_layers;
  guint n_rows;
} BatonGraphContent;

BatonGraphContent *baton_graph_content_new (void);
void baton_graph_content_free (BatonGraphContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonGraphContent, baton_graph_content_free)
guint baton_graph_add_node (BatonGraphContent *content, const char *name);
/* From a node to itself is left out; FALSE then. */
gboolean baton_graph_add_edge (BatonGraphContent *content, guint from, guint to, double volume,
    const char *label, const char *words, BatonInk tone);
/* Finds layers and rows: work flows from left to right, what goes back is the least of it. */
void baton_graph_arrange (BatonGraphContent *content);

#define BATON_TYPE_GRAPH (baton_graph_get_type ())
G_DECLARE_FINAL_TYPE (BatonGraph, baton_graph, BATON, GRAPH, BatonChart)

BatonGraph *baton_graph_new (void);
/* Takes the content, which is arranged; FALSE when it looks like what is shown. A mark is an edge. */
gboolean baton_graph_set_content (BatonGraph *self, BatonGraphContent *content);
const BatonGraphContent *baton_graph_content (BatonGraph *self);

/* Where the labels of the edges stand on a canvas; an empty one has no room and is not drawn. Of edges, those
 * that come first choose first. Transfer full, of graphene_rect_t. */
GArray *baton_graph_place_labels (const BatonGraphContent *content, BatonCanvas *canvas);

G_END_DECLS
